using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git.Local;

/// <summary>One <c>git cat-file --batch</c> that is asked for content after content, and started again when a question was given up in the middle.</summary>
internal sealed class BlobReader(BorrowedRepository repository, GitSurroundings surroundings) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly byte[] _discard = new byte[32 * 1024];
    private Process? _git;

    /// <returns>The first bytes; null when there is no such object.</returns>
    /// <exception cref="ToolException">Git cannot be started.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string hash, int most, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var whole = false;
        try
        {
            _git ??= Start();
            await _git.StandardInput.BaseStream.WriteAsync(Encoding.ASCII.GetBytes(hash + "\n"), cancellationToken);
            await _git.StandardInput.BaseStream.FlushAsync(cancellationToken);
            var answer = _git.StandardOutput.BaseStream;
            var head = (await LineAsync(answer, cancellationToken)).Split(' ');
            if (head is not [_, "blob", var text])
            {
                whole = head is [_, "missing"];
                return null;
            }

            var size = long.Parse(text, CultureInfo.InvariantCulture);
            var bytes = new byte[Math.Min(size, most)];
            await answer.ReadExactlyAsync(bytes, cancellationToken);
            await SkipAsync(answer, size - bytes.Length + 1, cancellationToken);
            whole = true;
            return bytes;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
        finally
        {
            if (!whole)
            {
                End();
            }

            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        End();
        _one.Dispose();
        repository.Dispose();
    }

    private Process Start()
    {
        var call = new GitCall(repository.GitDir, "cat-file", "--batch");
        var start = new ProcessStartInfo(surroundings.Program, [.. GitSurroundings.Arguments(call), .. call.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = repository.GitDir,
        };
        start.Environment.Clear();
        foreach (var (name, value) in surroundings.Environment(call))
        {
            start.Environment[name] = value;
        }

        try
        {
            var git = Process.Start(start)!; // Not null without UseShellExecute.
            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            return git;
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"git could not be started ({e.Message}). Install git.", e);
        }
    }

    private async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            var part = _discard.AsMemory(0, (int)Math.Min(count, _discard.Length));
            await stream.ReadExactlyAsync(part, cancellationToken);
            count -= part.Length;
        }
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new List<byte>(128);
        var one = new byte[1];
        while (line.Count < 1024)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                break;
            }

            line.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. line]);
    }

    private void End()
    {
        try
        {
            _git?.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }

        _git?.Dispose();
        _git = null;
    }
}
