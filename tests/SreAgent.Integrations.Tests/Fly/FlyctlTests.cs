using System.Text.Json.Nodes;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>flyctl as a subprocess: absent, failing, hanging, lying, killed; never run twice and never believed.</summary>
public class FlyctlTests
{
    private const string Success = """echo 'Updating machines'; echo '{"id":"rel2","version":2,"image_ref":"x"}'; exit 0""";

    [Fact]
    public async Task It_is_called_with_an_image_by_digest_and_an_environment_of_its_own()
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out var wanted);
        fly.Definition = JsonNode.Parse("""{"deploy":{"strategy":"canary"}}""");
        var order = await world.OrderAsync("v2");
        Update(fly, wanted);
        Environment.SetEnvironmentVariable("SRE_AGENT_TEST_SECRET", "leaks?");

        var done = await world.ApplyAsync(order, new InMemoryChangeSteps());

        Assert.Equal("Release v2. All 3 machines run the wanted image.", done);
        Assert.Equal(["deploy", "-a", "shop", "--image", $"registry.fly.io/shop@{wanted}", "--strategy", "canary", "--wait-timeout", "1s", "-y"], flyctl.Arguments);
        Assert.Contains($"FLY_API_TOKEN={FlyWorld.Token}", flyctl.Environment);
        Assert.Superset(new HashSet<string> { "NO_COLOR=1", "FLY_SEND_METRICS=0", "FLY_EMIT_RELEASE_JSON=1" }, flyctl.Environment.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(flyctl.Environment, line => line.Contains("leaks?", StringComparison.Ordinal) || line.StartsWith("FLY_FLAPS_BASE_URL", StringComparison.Ordinal));
        Assert.Contains("Updating machines", world.Progress.Said);
    }

    [Fact]
    public async Task Other_addresses_are_told_to_it()
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out var wanted, ("BaseUrl", "http://127.0.0.1:4280"), ("ApiUrl", "http://127.0.0.1:4281/"));
        var order = await world.OrderAsync("v2", rollback: true);
        Update(fly, wanted);

        await world.ApplyAsync(order, new InMemoryChangeSteps());

        Assert.Contains("--skip-release-command", flyctl.Arguments);
        Assert.Superset(
            new HashSet<string> { "FLY_FLAPS_BASE_URL=http://127.0.0.1:4280", "FLY_API_BASE_URL=http://127.0.0.1:4281", "FLY_UIEX_BASE_URL=http://127.0.0.1:4281" },
            flyctl.Environment.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Exit_status_0_is_not_believed()
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out var wanted);
        var order = await world.OrderAsync("v2");
        fly.Machines["m1"].Config["image"] = $"registry.fly.io/shop:v2@{wanted}";

        var fault = await FailsAsync(world, order);

        Assert.Contains("flyctl ended with success (exit status 0), but that is not so. On the wanted image: m1. Not on it: m2 (v1), m3 (v1).", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "flyctl failed (exit status 1)")]
    [InlineData(3, "flyctl crashed (exit status 3)")]
    [InlineData(126, "a deadline of its own (exit status 126)")]
    [InlineData(127, "cancelled or interrupted (exit status 127)")]
    public async Task A_failure_says_what_is_new_what_is_old_and_what_it_said_without_the_token(int status, string words)
    {
        using var flyctl = new FakeFlyctl($"echo \"Error: no, $FLY_API_TOKEN (Request ID: 01X)\" >&2; exit {status}");
        using var world = World(flyctl, out _, out _);

        var fault = await FailsAsync(world, await world.OrderAsync("v2"));

        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.Contains("On the wanted image: none. Not on it: m1 (v1), m2 (v1), m3 (v1).", fault, StringComparison.Ordinal);
        Assert.Contains("Error: no, [redacted:token] (Request ID: 01X)", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Progress.Said, line => line.Contains(FlyWorld.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_hangs_is_killed_with_its_children_at_the_deadline()
    {
        using var flyctl = new FakeFlyctl("");
        File.WriteAllText(flyctl.Path, File.ReadAllText(flyctl.Path) + $"\nsleep 300 & echo $! > '{flyctl.Beside("child")}'\nwait\n");
        using var world = World(flyctl, out _, out _);

        var fault = await FailsAsync(world, await world.OrderAsync("v2"));

        Assert.Contains("did not end by our deadline and was killed", fault, StringComparison.Ordinal);
        var child = int.Parse(await File.ReadAllTextAsync(flyctl.Beside("child"), TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(IsRunning(child), "the child of flyctl still runs");
    }

    [Fact]
    public async Task After_a_crash_it_is_not_run_again_when_it_had_done_its_work()
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out var wanted);
        var order = await world.OrderAsync("v2");
        Update(fly, wanted);
        var steps = new InMemoryChangeSteps().DieAt(CrashMoment.BeforeFinish, "flyctl");
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));
        fly.Release(2, "complete", "v2");

        Assert.Equal("Release v2. All 3 machines run the wanted image.", await world.ApplyAsync(order, steps.TakenOver()));
        Assert.Equal(1, flyctl.Runs);
    }

    [Fact]
    public async Task After_a_crash_a_release_that_is_still_running_is_waited_for()
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out var wanted);
        var order = await world.OrderAsync("v2");
        var steps = new InMemoryChangeSteps().DieAt(CrashMoment.AfterBegin, "flyctl");
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));
        fly.Release(2, "running", "v2");
        var looks = 0;
        fly.Meddle = (_, path) =>
        {
            if (path.EndsWith("/releases", StringComparison.Ordinal) && ++looks == 3)
            {
                Update(fly, wanted);
                fly.Releases[0]!["status"] = "complete";
            }

            return null;
        };

        Assert.StartsWith("Release v2.", await world.ApplyAsync(order, steps.TakenOver()), StringComparison.Ordinal);
        Assert.Equal(0, flyctl.Runs);
    }

    [Theory]
    [InlineData("failed", "flyctl's release v2 ended as failed")]
    [InlineData("running", "is still marked as running long after")]
    [InlineData(null, "flyctl made no release")]
    public async Task After_a_crash_an_unfinished_deploy_fails_visibly(string? status, string words)
    {
        using var flyctl = new FakeFlyctl(Success);
        using var world = World(flyctl, out var fly, out _);
        var order = await world.OrderAsync("v2");
        var steps = new InMemoryChangeSteps().DieAt(CrashMoment.AfterBegin, "flyctl");
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));
        if (status is not null)
        {
            fly.Release(2, status, "v2");
        }

        var fault = await FailsAsync(world, order, steps.TakenOver());

        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.Contains("Not on it: m1 (v1), m2 (v1), m3 (v1)", fault, StringComparison.Ordinal);
        Assert.Equal(0, flyctl.Runs);
    }

    [Fact]
    public async Task Absent_where_it_was_asked_for_nothing_is_touched()
    {
        using var world = new FlyWorld(new FakeFly().With(1, "v1"), service: null, ("Executor", "flyctl"));
        world.Fake.Image("v2");

        var fault = await FailsAsync(world, await world.OrderAsync("v2"));

        Assert.Contains("flyctl is not to be had here", fault, StringComparison.Ordinal);
        Assert.Empty(world.Fake.Writes);
    }

    [Fact]
    public async Task Another_executor_than_the_approved_one_is_refused()
    {
        using var world = new FlyWorld(new FakeFly().With(1, "v1"));
        world.Fake.Image("v2");
        var plan = new ChangePlan("", "", "", "", "", "", "") { Facts = [new PlanFact("executor", "flyctl 0.3.200")] };

        var fault = await Assert.ThrowsAsync<ToolException>(async () => await world.ApplyAsync(await world.OrderAsync("v2"), new InMemoryChangeSteps(), plan));

        Assert.Contains("says that flyctl 0.3.200 carries it out, but now it would be the Machines API. Nothing was touched", fault.Message, StringComparison.Ordinal);
        Assert.Empty(world.Fake.Writes);
    }

    private static FlyWorld World(FakeFlyctl flyctl, out FakeFly fly, out string wanted, params (string Name, string Value)[] settings)
    {
        fly = new FakeFly().With(3, "v1");
        fly.Release(1, "complete", "v1");
        wanted = fly.Image("v2");
        return new FlyWorld(
            fly, options => options with { FlyctlDeadline = TimeSpan.FromSeconds(2), FlyctlGrace = TimeSpan.FromMilliseconds(200) }, service: null, [.. settings, ("Flyctl", flyctl.Path)]);
    }

    private static void Update(FakeFly fly, string digest)
    {
        foreach (var machine in fly.Machines.Values)
        {
            machine.Config["image"] = $"registry.fly.io/shop:v2@{digest}";
        }
    }

    private static async Task<string> FailsAsync(FlyWorld world, Core.Rollouts.RolloutOrder order, InMemoryChangeSteps? steps = null) =>
        (await Assert.ThrowsAsync<ToolException>(() => world.ApplyAsync(order, steps ?? new InMemoryChangeSteps()))).Message;

    /// <summary>A killed child may still be a zombie that nobody has waited for.</summary>
    private static bool IsRunning(int process)
    {
        var state = $"/proc/{process}/stat";
        return File.Exists(state) && File.ReadAllText(state).Split(')')[^1].Trim()[0] is not ('Z' or 'X');
    }
}
