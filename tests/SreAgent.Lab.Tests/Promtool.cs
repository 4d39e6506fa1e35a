using System.Diagnostics;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab.Tests;

/// <summary>Prometheus' own judge of metrics and rules.</summary>
internal static class Promtool
{
    /// <summary>Fails the test with what promtool says, and skips it where there is none.</summary>
    public static async Task AcceptsAsync(string input, params string[] arguments)
    {
        var program = ServerBinary.OnPath("promtool");
        Assert.SkipWhen(program is null, "promtool is not on PATH.");
        using var process = Process.Start(new ProcessStartInfo(program!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!; // Not null without UseShellExecute.
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{await said}{complained}");
    }
}
