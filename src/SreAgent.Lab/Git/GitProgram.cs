using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab.Git;

/// <summary>The real git of this machine, run without anybody's configuration.</summary>
internal sealed class GitProgram
{
    private readonly string _program;

    private GitProgram(string program) => _program = program;

    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static GitProgram Find() =>
        ServerBinary.OnPath("git") is { } program ? new GitProgram(program) : throw new ServerUnavailableException("git is not on PATH. Install it with the system's package manager.");

    /// <returns>What it printed.</returns>
    /// <exception cref="IOException">It could not be started, or said no; the message has its words.</exception>
    public async Task<byte[]> RunAsync(string folder, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var process = Start(folder, arguments);
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
            await GiveAsync(process.StandardInput.BaseStream, input, cancellationToken);
            await reading;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output.ToArray() : throw new IOException($"git {arguments[0]} ended with {process.ExitCode}: {(await error).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(string folder, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(_program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };

        // Whoever runs us may be git itself, with variables that name another repository.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        try
        {
            return Process.Start(start)!; // Not null without UseShellExecute.
        }
        catch (Win32Exception e)
        {
            throw new IOException($"git could not be started: {e.Message}", e);
        }
    }

    private static async Task GiveAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(bytes, cancellationToken);
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
}
