using System.Diagnostics;
using System.Text.Json;
using SreAgent.Host.Commands;
using SreAgent.Host.Tests.Story;

namespace SreAgent.Host.Tests.Commands;

public sealed class LabTests : IDisposable
{
    private readonly Installation _installation = new();

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task Scenarios_are_listed_the_newcomers_first()
    {
        var host = new HostDriver();

        Assert.Equal(ExitStatus.Fine, await host.RunAsync("lab", "--list", "--json"));

        Assert.Equal(
            ["bad-deploy", "dependency-slow", "saturation", "noisy-neighbour", "healthy"],
            host.Json().EnumerateArray().Select(scenario => scenario.GetProperty("name").GetString()));
        Assert.Equal(ExitStatus.Fine, await host.RunAsync("lab", "--list"));
        Assert.Contains("noisy-neighbour  Two releases", host.Console.Said, StringComparison.Ordinal);
        Assert.Null(host.Composed);
    }

    [Theory]
    [InlineData("lab --scenario bad-deplyo", "Did you mean 'bad-deploy'?")]
    [InlineData("lab --scenario \u001b[31mxyzzyxyzzy", "There are bad-deploy, dependency-slow,")]
    [InlineData("lab --json", "lab status --json")]
    public async Task Nonsense_ends_with_2_and_says_what_to_do(string commandLine, string hint)
    {
        var host = new HostDriver();

        Assert.Equal(ExitStatus.Usage, await host.RunAsync(commandLine.Split(' ')));
        Assert.Contains(hint, host.Console.Complained, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', host.Console.Complained);
        Assert.Empty(host.Console.Said);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("journal")]
    public async Task Without_a_running_lab_there_is_nothing_to_ask(string verb)
    {
        var (status, said, complained) = await Installation.FinishAsync(_installation.Start("", "lab", verb, "--json"));

        Assert.Equal(ExitStatus.Unreachable, status);
        Assert.Empty(said);
        Assert.Equal("No practice world is running. 'sre-agent lab' starts one.", complained.Trim());
    }

    [Fact]
    public async Task A_running_lab_is_found_by_other_processes_until_it_is_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stopping a process kindly is a Unix matter.");
        using var lab = _installation.Start("", "lab", "--scenario", "healthy");
        var note = Path.Combine(_installation.Home, "sre-agent", "lab.json");
        while (!File.Exists(note) && !lab.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var (_, said, complained) = await Installation.FinishAsync(_installation.Start("", "lab", "status", "--json"));
        var status = JsonElement.Parse(said.Length > 0 ? said : $"\"{complained}\"");
        Assert.Equal("healthy", status.GetProperty("scenario").GetString());
        Assert.Equal(["checkout", "inventory", "payments", "recommendations"], status.GetProperty("services").EnumerateArray().Select(service => service.GetProperty("name").GetString()));
        Assert.Equal("[]", (await Installation.FinishAsync(_installation.Start("", "lab", "journal", "--json"))).Said.Trim());

        var second = await Installation.FinishAsync(_installation.Start("", "lab"));
        Assert.Equal(ExitStatus.Usage, second.Status);
        Assert.Contains("A practice world runs already (scenario healthy", second.Complained, StringComparison.Ordinal);

        var joined = await Installation.FinishAsync(_installation.Start("", "tools", "list", "--lab", "--json"));
        Assert.Equal(ExitStatus.Fine, joined.Status);
        Assert.Contains("Joined the practice world", joined.Complained, StringComparison.Ordinal);

        var call = _installation.Start("", "tools", "call", "git_create_worktree", "--lab", "--persona", "sre", "--args", """{"repository":"checkout","branch":"sre/1-a"}""", "--json");
        var (_, worktree, _) = await Installation.FinishAsync(call);
        var folder = JsonElement.Parse(worktree).GetProperty("data").GetProperty("folder").GetString()!;
        Assert.True(File.Exists(Path.Combine(folder, "README.md")));
        Assert.Contains("worktrees under", (await Installation.FinishAsync(_installation.Start("", "doctor", "--lab"))).Said, StringComparison.Ordinal);

        using var kill = Process.Start("kill", ["-TERM", $"{lab.Id}"]);
        var (ended, told, _) = await Installation.FinishAsync(lab);
        Assert.Equal(ExitStatus.Fine, ended);
        Assert.StartsWith("Practice world, scenario healthy: ", told, StringComparison.Ordinal);
        Assert.EndsWith("The practice world is closed.", told.TrimEnd(), StringComparison.Ordinal);
        Assert.False(File.Exists(note));
        Assert.StartsWith(_installation.Home, folder, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_installation.Home, "sre-agent", "practice")));
    }

    [Fact]
    public async Task Without_Prometheus_and_git_on_the_machine_the_lab_says_how_to_get_them_and_runs_without()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is on PATH is arranged with links.");
        var process = _installation.OnPathOnly("dotnet").Start("what is firing?\n", "chat");

        var (status, said, complained) = await Installation.FinishAsync(process);

        Assert.Equal(ExitStatus.Fine, status);
        Assert.Contains("scenario bad-deploy", complained, StringComparison.Ordinal);
        Assert.Contains("Practising without metrics: prometheus is not on PATH", complained, StringComparison.Ordinal);
        Assert.Contains("Practising without worktrees: git is not on PATH", complained, StringComparison.Ordinal);
        Assert.NotEmpty(said);
    }
}
