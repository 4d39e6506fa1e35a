using System.Diagnostics;

namespace SreAgent.Host.Tests.Terminal;

/// <summary>The real executable, as a process of its own.</summary>
public sealed class ProgramTests
{
    private const string Approve = "changes approve chg-7k2m9qx4ht";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sre-agent.dll");
    private static readonly string Rehearsal = Path.Combine(AppContext.BaseDirectory, "sre-agent-rehearsal.dll");

    [Fact]
    public async Task An_approval_cannot_come_from_a_pipe()
    {
        var (status, output) = await RunAsync("dotnet", [Program, .. Approve.Split(' ')], "checkout-prod\n");

        Assert.Equal(4, status);
        Assert.Contains("Refused: this takes a person at a terminal.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"echo checkout-prod | dotnet \"$0\" {Approve}")]
    [InlineData($"dotnet \"$0\" {Approve} < /dev/null")]
    [InlineData($"dotnet \"$0\" {Approve} | cat; exit ${{PIPESTATUS[0]}}")]
    public async Task Half_a_terminal_is_not_enough(string commandLine)
    {
        // script gives the command a terminal of its own; the command line then takes one end of it away.
        var script = await OnTerminalAsync($"bash -c '{commandLine}' '{Program}'");

        Assert.Equal(4, script.Status);
        Assert.Contains("Refused: this takes a person at a terminal.", script.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_somebody_is_does_not_come_from_the_environment()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "User ids are a Unix matter.");
        var (_, user) = await RunAsync("id", ["-run"], "");
        var before = Environment.GetEnvironmentVariable("USER");
        Environment.SetEnvironmentVariable("USER", "mallory");
        try
        {
            Assert.Equal($"os:{user.Trim()}", OperatingSystemActor.Current(Core.Actors.Surface.Terminal).Id);
        }
        finally
        {
            Environment.SetEnvironmentVariable("USER", before);
        }
    }

    [Fact]
    public async Task Piped_output_has_no_colour_and_no_escape()
    {
        var (status, output) = await RunAsync("dotnet", [Program, "--help"], "");

        Assert.Equal(0, status);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task A_chat_runs_on_a_real_terminal_and_leaves_it_as_it_was()
    {
        var (status, output) = await OnTerminalAsync(
            $"stty rows 50 cols 100; before=$(stty -g); dotnet '{Rehearsal}'; test \"$(stty -g)\" = \"$before\" && echo terminal as before", "what is the error rate?\r");

        Assert.Equal(0, status);
        Assert.Contains("errors per second by service", output, StringComparison.Ordinal);
        Assert.Contains("Go on with: sre-agent chat --resume", output, StringComparison.Ordinal);
        Assert.Contains("terminal as before", output, StringComparison.Ordinal);
    }

    private static Task<(int Status, string Output)> OnTerminalAsync(string command, string typed = "")
    {
        var script = new[] { "/usr/bin/script", "/bin/script" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(script is null || !OperatingSystem.IsLinux(), "util-linux's 'script' is not here, so there is no terminal to give to the program.");
        return RunAsync(script!, ["-qec", command, "/dev/null"], typed);
    }

    private static async Task<(int Status, string Output)> RunAsync(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!; // never null without UseShellExecute
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await error);
    }
}
