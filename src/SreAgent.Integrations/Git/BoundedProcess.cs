using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace SreAgent.Integrations.Git;

/// <summary>What to run. Nothing of our own environment is passed on, and no shell is asked.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Environment">All there is.</param>
/// <param name="Folder">Where it runs.</param>
/// <param name="Input">Its standard input.</param>
/// <param name="MostOutput">Bytes; a program that says more is ended.</param>
/// <param name="Timeout">When it is ended, with everything it started.</param>
internal sealed record ProcessRequest(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Folder, ReadOnlyMemory<byte> Input, int MostOutput, TimeSpan Timeout);

/// <param name="Output">As far as it was allowed.</param>
/// <param name="Truncated">It had more to say and was ended.</param>
/// <param name="Error">The end of its standard error.</param>
/// <param name="TimedOut">It was ended at its deadline.</param>
internal sealed record ProcessOutcome(int ExitCode, byte[] Output, bool Truncated, string Error, bool TimedOut);

/// <summary>Runs a program to its end, or to its deadline, with bounded output and no descendant left behind.</summary>
internal static class BoundedProcess
{
    private const int MostError = 32 * 1024;

    // For pipes that something detached still holds open after the program has been ended.
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(2);

    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static async Task<ProcessOutcome> RunAsync(ProcessRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(request.Timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var process = Start(request);
        var output = ReadOrEndAsync(process, request.MostOutput, end.Token);
        var error = ReadAsync(process.StandardError.BaseStream, MostError, keepEnd: true, end.Token);
        try
        {
            await WriteAsync(process.StandardInput.BaseStream, request.Input, end.Token);
            var (bytes, truncated) = await output;
            await process.WaitForExitAsync(end.Token);
            var (words, _) = await error.WaitAsync(Draining, clock, end.Token);
            return new ProcessOutcome(process.ExitCode, bytes, truncated, Encoding.UTF8.GetString(words), TimedOut: false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            return new ProcessOutcome(-1, [], Truncated: false, "", TimedOut: true);
        }
        finally
        {
            await Task.WhenAll(output, error).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .WaitAsync(Draining, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Process Start(ProcessRequest request)
    {
        var start = new ProcessStartInfo(request.Program, request.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = request.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!; // Not null without UseShellExecute.
    }

    private static async Task WriteAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(bytes, cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code says why.
        }
        finally
        {
            input.Close();
        }
    }

    /// <summary>Ends it at once when it says too much: it may be waiting to be read before it reads on itself.</summary>
    private static async Task<(byte[] Bytes, bool Truncated)> ReadOrEndAsync(Process process, int most, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(process.StandardOutput.BaseStream, most, keepEnd: false, cancellationToken);
        if (read.Truncated)
        {
            Kill(process);
        }

        return read;
    }

    private static async Task<(byte[] Bytes, bool Truncated)> ReadAsync(Stream stream, int most, bool keepEnd, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (!keepEnd && kept.Length + count > most)
            {
                kept.Write(buffer, 0, (int)(most - kept.Length));
                return (kept.ToArray(), Truncated: true);
            }

            kept.Write(buffer, 0, count);
            if (kept.Length > 2L * most)
            {
                var tail = kept.ToArray()[^most..];
                kept.SetLength(0);
                kept.Write(tail);
            }
        }

        return (kept.ToArray(), Truncated: false);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It, or a part of it, has ended already.
        }
    }
}
