using System.Diagnostics;
using System.Text;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Runs a program of this machine to its end, and keeps the end of what it printed.</summary>
internal static class LocalProcess
{
    private const int TailLines = 12;
    private const int TailCharacters = 1_200;

    // Everything else is left behind: this process's own environment holds tokens.
    private static readonly string[] Inherited =
        ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "DOTNET_ROOT", "XDG_CACHE_HOME"];

    /// <param name="command">Program and arguments; no shell reads them.</param>
    /// <param name="folder">Where it runs; here when absent.</param>
    /// <param name="environment">What it is told besides the plain part of this process's environment.</param>
    /// <param name="cancellationToken">Ends it with everything it started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<ProcessEnd> RunAsync(
        IReadOnlyList<string> command, string? folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!; // Not null without UseShellExecute.
        process.StandardInput.Close();
        var tail = new Tail();
        process.OutputDataReceived += (_, line) => tail.Add(line.Data);
        process.ErrorDataReceived += (_, line) => tail.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return new ProcessEnd(process.ExitCode, tail.ToString());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private sealed class Tail
    {
        private readonly Queue<string> _lines = new();

        public void Add(string? line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                return;
            }

            lock (_lines)
            {
                _lines.Enqueue(line.Length > 300 ? line[..300] + "…" : line);
                if (_lines.Count > TailLines)
                {
                    _lines.Dequeue();
                }
            }
        }

        public override string ToString()
        {
            lock (_lines)
            {
                var text = new StringBuilder().AppendJoin('\n', _lines).ToString();
                return text.Length > TailCharacters ? "…" + text[^TailCharacters..] : text;
            }
        }
    }
}

/// <param name="Code">Exit status.</param>
/// <param name="Tail">The last lines it printed.</param>
internal sealed record ProcessEnd(int Code, string Tail);
