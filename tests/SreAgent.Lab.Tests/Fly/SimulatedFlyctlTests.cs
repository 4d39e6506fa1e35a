using System.Text.Json.Nodes;
using SreAgent.Lab.Fly;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class SimulatedFlyctlTests
{
    private static readonly string[] Deploy = ["deploy", "-a", "checkout", "--image", FlyPractice.Reference("v43"), "--yes", "--wait-timeout", "20s"];

    [Theory]
    [InlineData("rolling")]
    [InlineData("canary")]
    [InlineData("immediate")]
    [InlineData("bluegreen")]
    public async Task A_deploy_ends_with_its_release_on_the_last_line_and_asks_only_what_Fly_describes(string strategy)
    {
        await using var fly = await FlyPractice.StartAsync(seed => seed with { LimitsRequests = true });
        await using var relay = await FlyRelay.StartAsync(fly.Simulator.Address);
        using var flyctl = new SimulatedFlyctl(relay.Address, fly.Seed.Token);

        var run = await flyctl.RunAsync([.. Deploy, "--strategy", strategy], ("FLY_EMIT_RELEASE_JSON", "1"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var release = JsonNode.Parse(run.Output.TrimEnd().Split('\n')[^1])!;
        Assert.Equal((4, FlyPractice.Reference("v43")), ((int)release["version"]!, (string?)release["image_ref"]));
        var app = await AppAsync(fly);
        Assert.Equal(("complete", 4), (app.Releases[0].Status, app.Releases[0].Version));
        Assert.All(app.Machines, machine => Assert.Equal("v43", machine.Image));
        relay.Exchanges.AssertFaithful();
        Assert.Equal("deploy", flyctl.Calls.Single()[0]);
    }

    [Fact]
    public async Task A_deploy_gives_its_leases_back()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token);

        await flyctl.RunAsync(Deploy);

        Assert.Equal(2, fly.Noted.Count(noted => noted.Contains("released the lease", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_machine_that_does_not_become_healthy_fails_the_deploy_and_leaves_a_mixed_fleet()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token);
        fly.Fleet.SickImages["v43"] = true;

        var run = await flyctl.RunAsync([.. Deploy, "--wait-timeout=1s"]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Error: timeout reached waiting for health checks", run.Errors, StringComparison.Ordinal);
        var app = await AppAsync(fly);
        Assert.Equal("failed", app.Releases[0].Status);
        Assert.Equal(["v43", "v42"], app.Machines.Select(machine => machine.Image));
    }

    [Fact]
    public async Task A_blue_green_deploy_that_fails_takes_its_own_machines_away()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token);
        fly.Fleet.SickImages["v43"] = true;

        Assert.Equal(1, (await flyctl.RunAsync([.. Deploy, "--strategy=bluegreen", "--wait-timeout=1s"])).ExitCode);

        Assert.Equal(["v42", "v42"], (await AppAsync(fly)).Machines.Where(machine => machine.State == "started").Select(machine => machine.Image));
    }

    [Fact]
    public async Task A_lie_ends_well_and_changes_nothing()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token, "lie");

        Assert.Equal(0, (await flyctl.RunAsync(Deploy)).ExitCode);

        Assert.Equal("complete", (await AppAsync(fly)).Releases[0].Status);
        Assert.All((await AppAsync(fly)).Machines, machine => Assert.Equal("v42", machine.Image));
    }

    [Fact]
    public async Task A_hang_lasts_until_it_is_interrupted()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token, "hang");
        using var process = flyctl.Start(Deploy);
        while ((await AppAsync(fly)).Releases[0] is not { Version: 4, Status: "running" })
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited);
        using var interrupt = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -INT {process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(127, process.ExitCode);
        Assert.Equal("interrupted", (await AppAsync(fly)).Releases[0].Status);
    }

    [Theory]
    [InlineData("fail", 1, "v42,v42")]
    [InlineData("fail-midway", 1, "v43,v42")]
    [InlineData("crash", 3, "v42,v42")]
    public async Task Failing_leaves_what_was_done(string mischief, int exitCode, string images)
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token, mischief);

        Assert.Equal(exitCode, (await flyctl.RunAsync(Deploy)).ExitCode);

        Assert.Equal(images, string.Join(',', (await AppAsync(fly)).Machines.Select(machine => machine.Image)));
    }

    [Fact]
    public async Task A_release_command_runs_before_any_machine_is_touched_unless_it_is_skipped()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token, "release-command-fails");
        var toml = Path.Combine(Path.GetDirectoryName(flyctl.ProgramPath)!, "fly.toml");
        await File.WriteAllTextAsync(toml, "app = \"checkout\"\n[deploy]\n  release_command = \"bin/migrate up\"\n", TestContext.Current.CancellationToken);

        var stopped = await flyctl.RunAsync([.. Deploy, "-c", toml]);
        Assert.Contains("release command failed", stopped.Errors, StringComparison.Ordinal);
        Assert.All((await AppAsync(fly)).Machines, machine => Assert.Equal("v42", machine.Image));

        Assert.Equal(0, (await flyctl.RunAsync([.. Deploy, "-c", toml, "--skip-release-command"])).ExitCode);
    }

    [Theory]
    [InlineData("unknown flag: --region", "deploy", "--region", "fra")]
    [InlineData("unknown flag: --json", "deploy", "--json")]
    [InlineData("Could not find image", "deploy", "-a", "checkout", "--image", "registry.fly.io/checkout:v99")]
    [InlineData("lease currently held by bob@lab.example", "deploy", "-a", "checkout", "--image", "registry.fly.io/checkout:v43")]
    public async Task What_the_vendor_refuses_is_refused(string because, params string[] arguments)
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token);
        fly.Simulator.HoldLease("checkout", (await fly.MachinesAsync())[0], TimeSpan.FromMinutes(1), "bob@lab.example");

        var run = await flyctl.RunAsync(arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Error: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(because, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releases_have_the_names_of_the_vendors_own_types()
    {
        await using var fly = await FlyPractice.StartAsync();
        using var flyctl = new SimulatedFlyctl(fly.Simulator.Address, fly.Seed.Token);

        var releases = JsonNode.Parse((await flyctl.RunAsync(["releases", "-a", "checkout", "--image", "--json"])).Output)!.AsArray();

        Assert.Equal((3, "complete", FlyPractice.Reference("v42"), "bob@lab.example"), ((int)releases[0]!["Version"]!, (string?)releases[0]!["Status"], (string?)releases[0]!["ImageRef"], (string?)releases[0]!["User"]!["Email"]));
        Assert.StartsWith("flyctl v", (await flyctl.RunAsync(["version"])).Output, StringComparison.Ordinal);
    }

    private static async Task<FlyAppView> AppAsync(FlyPractice fly) =>
        (await fly.Simulator.LookAsync(TestContext.Current.CancellationToken)).Single(app => app.Name == "checkout");
}
