using System.ComponentModel;
using System.Diagnostics;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>
/// Runs flyctl as a process of its own: arguments as a list, in an empty folder so that no fly.toml lying about is picked up, and with
/// nothing of our environment but what a program needs to run and reach the network.
/// </summary>
internal sealed class FlyctlProcess(string path, FlyOptions options, TimeProvider clock)
{
    private const int KeptLines = 20;
    private const int LongestLine = 400;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private static readonly string[] Passed =
    [
        "PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ];

    /// <param name="arguments">Without the program.</param>
    /// <param name="deadline">The process and its children are killed then.</param>
    /// <param name="line">Told every line of output as it comes.</param>
    /// <param name="cancellationToken">Kills it too.</param>
    /// <exception cref="ToolException">It could not be started.</exception>
    public async Task<FlyctlRun> RunAsync(IReadOnlyList<string> arguments, TimeSpan deadline, Action<string> line, CancellationToken cancellationToken)
    {
        var token = Token();
        var folder = Directory.CreateTempSubdirectory("sre-agent-fly-");
        try
        {
            using var process = Start(arguments, token, folder.FullName);
            var output = new Queue<string>();
            var tail = new Queue<string>();
            var pumps = Task.WhenAll(
                PumpAsync(process.StandardOutput, text => Keep(text, output, tail)),
                PumpAsync(process.StandardError, text => Keep(text, tail)));
            using var overdue = new CancellationTokenSource(deadline, clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overdue.Token);
            var inTime = true;
            try
            {
                await process.WaitForExitAsync(ending.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellationToken.ThrowIfCancellationRequested();
                inTime = false;
            }

            // A grandchild may hold the pipes open; its words are not waited for.
            await Task.WhenAny(pumps, Task.Delay(LastWords, clock, cancellationToken));
            lock (tail)
            {
                return new FlyctlRun(inTime ? process.ExitCode : null, [.. output], [.. tail]);
            }

            void Keep(string text, params Queue<string>[] queues)
            {
                var clean = Clean(text, token);
                if (clean.Length == 0)
                {
                    return;
                }

                lock (tail)
                {
                    foreach (var queue in queues)
                    {
                        queue.Enqueue(clean);
                        if (queue.Count > KeptLines)
                        {
                            queue.Dequeue();
                        }
                    }
                }

                line(clean);
            }
        }
        finally
        {
            TryDelete(folder);
        }
    }

    private Process Start(IReadOnlyList<string> arguments, string token, string folder)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var kept = Passed.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).Where(pair => pair.value is not null).ToArray();
        start.Environment.Clear();
        foreach (var (name, value) in kept.Concat(Own(token, folder)))
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start) ?? throw new ToolException($"{path} could not be started. Nothing was touched.");
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            throw new ToolException($"{path} could not be started ({e.Message}). Nothing was touched. Check {FlyOptions.Section}:Flyctl.", e);
        }
    }

    private IEnumerable<(string, string?)> Own(string token, string folder)
    {
        yield return ("HOME", folder);
        yield return ("FLY_API_TOKEN", token);
        yield return ("NO_COLOR", "1");
        yield return ("FLY_SEND_METRICS", "0");
        yield return ("FLY_NO_UPDATE_CHECK", "1");
        yield return ("FLY_EMIT_RELEASE_JSON", "1");
        if (options is { IsElsewhere: true, Connection: { } machines, Web: { } web })
        {
            yield return ("FLY_FLAPS_BASE_URL", machines.BaseUrl.AbsoluteUri.TrimEnd('/'));
            yield return ("FLY_API_BASE_URL", web.BaseUrl.AbsoluteUri.TrimEnd('/'));
            yield return ("FLY_UIEX_BASE_URL", web.BaseUrl.AbsoluteUri.TrimEnd('/'));
        }
    }

    private string Token()
    {
        try
        {
            return FlyToken.Bare(options.Connection?.Token?.Read() ?? "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{FlyOptions.Section}:TokenFile could not be read ({e.GetType().Name}); flyctl was not started.", e);
        }
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> keep)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } text)
            {
                keep(text);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone and its pipe with it.
        }
    }

    /// <summary>One printable line, without the token, wherever it came from.</summary>
    private static string Clean(string text, string token)
    {
        var printable = new string([.. text.Where(character => !char.IsControl(character))]).Trim();
        foreach (var part in token.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(token).Where(part => part.Length > 0).OrderByDescending(part => part.Length))
        {
            printable = printable.Replace(part, "[redacted:token]", StringComparison.Ordinal);
        }

        return printable.Length <= LongestLine ? printable : printable[..LongestLine] + "…";
    }

    private static void TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A child that is still dying may hold it; it is empty but for what flyctl cached.
        }
    }
}
