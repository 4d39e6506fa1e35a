using System.Diagnostics;

namespace SreAgent.Testing;

/// <summary>Git as a person runs it, outside what is tested.</summary>
public static class RealGit
{
    /// <returns>What it printed, trimmed. Fails the test when git says no.</returns>
    public static Task<string> RunAsync(string folder, params string[] arguments) => RunAsync(folder, default, arguments);

    /// <param name="folder">Where.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="arguments">The subcommand and what follows it.</param>
    public static async Task<string> RunAsync(string folder, ReadOnlyMemory<byte> input, params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("git", ["-c", "user.name=Grace", "-c", "user.email=grace@example.com", "-c", "protocol.file.allow=always", .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!; // Not null without UseShellExecute.
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        await process.StandardInput.BaseStream.WriteAsync(input, token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await error}");
        return (await output).Trim();
    }
}
