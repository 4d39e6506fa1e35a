using System.Diagnostics;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab.Tests;

/// <summary>Prometheus' own judge of metrics and rules.</summary>
internal static class Promtool
{
    /// <summary>Fails the test with what promtool says, and skips it where there is none.</summary>
    public static async Task AcceptsAsync(string input, params string[] arguments)
    {
        var program = await FindAsync();
        Assert.SkipWhen(program is null, "There is no promtool on PATH, nor beside a Prometheus that can be had here.");
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

    /// <summary>It comes with Prometheus, also with one that is only unpacked.</summary>
    private static async Task<string?> FindAsync()
    {
        var prometheus = await PrometheusServer.FindAsync(new Progress<string>(), TestContext.Current.CancellationToken) as ServerBinary.Found;
        var beside = Path.Combine(Path.GetDirectoryName(prometheus?.Path) ?? "", "promtool");
        return File.Exists(beside) ? beside : ServerBinary.OnPath("promtool");
    }
}
