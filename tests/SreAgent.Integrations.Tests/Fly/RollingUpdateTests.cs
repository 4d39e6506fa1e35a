using SreAgent.Core.Tools;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>Rolling an image out through the Machines API, and everything that can go wrong on the way.</summary>
public class RollingUpdateTests
{
    [Fact]
    public async Task Every_machine_gets_the_image_and_keeps_the_rest_of_its_configuration()
    {
        using var world = World(out var fly, out var wanted);

        var done = await world.ApplyAsync(await world.OrderAsync("v2"), new InMemoryChangeSteps());

        Assert.Contains("All 3 machines of shop are done", done, StringComparison.Ordinal);
        Assert.All(fly.Machines.Values, machine =>
        {
            Assert.Equal(wanted, fly.DigestOf(machine.Id));
            Assert.Equal("hello", machine.Config["env"]!["GREETING"]!.GetValue<string>());
            Assert.True(machine.Config["something_new"]!["kept"]!.GetValue<bool>());
            Assert.Null(machine.Lease);
        });
        Assert.All(fly.Asked.Where(IsUpdate), update => Assert.Contains("fly-machine-lease-nonce: nonce-", update.Headers, StringComparison.Ordinal));
        Assert.All(fly.Asked.Where(IsUpdate), update => Assert.Contains("\"current_version\":\"V", update.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lease_held_by_another_leaves_every_machine_alone_and_says_whose_it_is()
    {
        using var world = World(out var fly, out _);
        (fly.Machines["m2"].Lease, fly.Machines["m2"].LeaseOwner, fly.Machines["m2"].LeaseWhy) = ("theirs", "eve@example.com", "flyctl deploy");

        var fault = await FailsAsync(world);

        Assert.Contains("Machine m2 is held by eve@example.com (flyctl deploy)", fault, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent to any machine", fault, StringComparison.Ordinal);
        Assert.Empty(fly.Writes);
        Assert.Null(fly.Machines["m1"].Lease);
    }

    [Theory]
    [InlineData(412, "somebody changed it meanwhile")]
    [InlineData(409, "held or being changed by somebody else")]
    [InlineData(422, "does not accept the configuration")]
    [InlineData(500, "itself is as it was")]
    public async Task A_refusal_in_the_middle_puts_back_what_was_touched(int status, string words)
    {
        using var world = World(out var fly, out _);
        var before = fly.DigestOf("m1");
        fly.Meddle = (method, path) => method == HttpMethod.Post && path.EndsWith("/machines/m3", StringComparison.Ordinal) ? FakeFly.Refuse(status, "no luck") : null;

        var fault = await FailsAsync(world);

        Assert.Contains(words, fault, StringComparison.Ordinal);
        Assert.Contains("no luck", fault, StringComparison.Ordinal);
        Assert.Contains("fly-request-id 01REQ", fault, StringComparison.Ordinal);
        Assert.Contains("Every machine that was touched is as before: m3 (never changed), m2 (put back), m1 (put back)", fault, StringComparison.Ordinal);
        Assert.All(fly.Machines.Keys, machine => Assert.Equal(before, fly.DigestOf(machine)));
        Assert.Single(fly.Writes, "POST /v1/apps/shop/machines/m3");
        Assert.All(fly.Machines.Values, machine => Assert.Null(machine.Lease));
    }

    [Fact]
    public async Task A_machine_that_changed_since_the_approval_stops_it_before_anything_is_touched()
    {
        using var world = World(out var fly, out _);
        var order = await world.OrderAsync("v2");
        fly.Machines["m1"].Version = "V99";

        var fault = await FailsAsync(world, order);

        Assert.Contains("Machine m1 is not the version that was approved", fault, StringComparison.Ordinal);
        Assert.Empty(fly.Writes);
    }

    [Fact]
    public async Task A_limiter_that_asks_to_wait_is_obeyed()
    {
        using var world = World(out var fly, out var wanted);
        var refused = 0;
        fly.Meddle = (method, path) =>
        {
            if (method != HttpMethod.Post || !path.EndsWith("/machines/m2", StringComparison.Ordinal) || refused++ > 0)
            {
                return null;
            }

            var reply = FakeFly.Refuse(429, "rate limit exceeded");
            reply.Headers.Add("Retry-After", "0");
            return reply;
        };

        await world.ApplyAsync(await world.OrderAsync("v2"), new InMemoryChangeSteps());

        Assert.Equal(wanted, fly.DigestOf("m2"));
        Assert.Equal(2, fly.Writes.Count(write => write.EndsWith("/machines/m2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_limiter_that_never_lets_through_is_given_up_on_and_all_is_put_back()
    {
        using var world = World(out var fly, out _);
        var before = fly.DigestOf("m1");
        fly.Meddle = (method, path) =>
        {
            var reply = method == HttpMethod.Post && path.EndsWith("/machines/m2", StringComparison.Ordinal) ? FakeFly.Refuse(429, "rate limit exceeded") : null;
            reply?.Headers.Add("Retry-After", "0");
            return reply;
        };

        var fault = await FailsAsync(world);

        Assert.Contains("kept asking to wait", fault, StringComparison.Ordinal);
        Assert.All(fly.Machines.Keys, machine => Assert.Equal(before, fly.DigestOf(machine)));
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_is_looked_up_and_not_sent_again()
    {
        using var world = World(out var fly, out var wanted);
        fly.AfterUpdate = machine => machine.Id == "m2" ? FakeFly.Refuse(500, "oh no") : null;

        await world.ApplyAsync(await world.OrderAsync("v2"), new InMemoryChangeSteps());

        Assert.All(fly.Machines.Keys, machine => Assert.Equal(wanted, fly.DigestOf(machine)));
        Assert.Equal(3, fly.Writes.Count);
    }

    [Fact]
    public async Task A_machine_that_never_becomes_healthy_is_put_back_with_those_before_it()
    {
        using var world = World(out var fly, out var wanted);
        var before = fly.DigestOf("m1");
        fly.AfterUpdate = machine =>
        {
            machine.Check = machine.Id == "m2" && fly.DigestOf("m2") == wanted ? "critical" : "passing";
            return null;
        };

        var fault = await FailsAsync(world);

        Assert.Contains("Machine m2 is started but not healthy", fault, StringComparison.Ordinal);
        Assert.Contains("http critical", fault, StringComparison.Ordinal);
        Assert.All(fly.Machines.Keys, machine => Assert.Equal(before, fly.DigestOf(machine)));
        Assert.DoesNotContain("POST /v1/apps/shop/machines/m3", fly.Writes);
    }

    [Fact]
    public async Task What_cannot_be_put_back_is_named()
    {
        using var world = World(out var fly, out var wanted);
        fly.Meddle = (method, path) =>
            method == HttpMethod.Post && path.EndsWith("/machines/m3", StringComparison.Ordinal) ? FakeFly.Refuse(422, "no luck")
            : path.EndsWith("/m1/versions", StringComparison.Ordinal) ? FakeFly.Refuse(404, "pruned") : null;

        var fault = await FailsAsync(world);

        Assert.Contains("NOT as before, look at once: m1 (", fault, StringComparison.Ordinal);
        Assert.Contains("m2 (put back)", fault, StringComparison.Ordinal);
        Assert.Equal(wanted, fly.DigestOf("m1"));
    }

    [Fact]
    public async Task A_machine_at_rest_gets_the_image_and_stays_at_rest()
    {
        using var world = World(out var fly, out var wanted);
        fly.Machines["m2"].State = "stopped";

        await world.ApplyAsync(await world.OrderAsync("v2"), new InMemoryChangeSteps());

        Assert.Equal(wanted, fly.DigestOf("m2"));
        Assert.Contains("\"skip_launch\":true", fly.Asked.Single(asked => IsUpdate(asked) && asked.Path.EndsWith("/m2", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CrashMoment.BeforeBegin, "update machine m1")]
    [InlineData(CrashMoment.AfterBegin, "update machine m1")]
    [InlineData(CrashMoment.BeforeFinish, "update machine m1")]
    [InlineData(CrashMoment.AfterFinish, "update machine m1")]
    [InlineData(CrashMoment.AfterBegin, "update machine m2")]
    [InlineData(CrashMoment.BeforeFinish, "update machine m2")]
    [InlineData(CrashMoment.BeforeFinish, "update machine m3")]
    public async Task A_process_that_takes_over_goes_on_and_updates_no_machine_twice(CrashMoment moment, string step)
    {
        using var world = World(out var fly, out var wanted);
        var order = await world.OrderAsync("v2");
        var steps = new InMemoryChangeSteps().DieAt(moment, step);
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));

        await world.ApplyAsync(order, steps.TakenOver());

        Assert.All(fly.Machines.Keys, machine => Assert.Equal(wanted, fly.DigestOf(machine)));
        Assert.Equal(3, fly.Writes.Count);
        Assert.Equal(3, fly.Writes.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(CrashMoment.AfterBegin, "give up")]
    [InlineData(CrashMoment.AfterBegin, "restore machine m1")]
    [InlineData(CrashMoment.BeforeFinish, "restore machine m2")]
    [InlineData(CrashMoment.BeforeFinish, "give up")]
    [InlineData(CrashMoment.AfterFinish, "give up")]
    public async Task A_process_that_takes_over_while_things_are_put_back_goes_on_putting_back(CrashMoment moment, string step)
    {
        using var world = World(out var fly, out _);
        var before = fly.DigestOf("m1");
        var order = await world.OrderAsync("v2");
        fly.Meddle = (method, path) => method == HttpMethod.Post && path.EndsWith("/machines/m3", StringComparison.Ordinal) ? FakeFly.Refuse(422, "no luck") : null;
        var steps = new InMemoryChangeSteps().DieAt(moment, step);
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));
        fly.Meddle = static (_, _) => null;

        var fault = await FailsAsync(world, order, steps.TakenOver());

        Assert.Contains("does not accept the configuration for machine m3", fault, StringComparison.Ordinal);
        Assert.All(fly.Machines.Keys, machine => Assert.Equal(before, fly.DigestOf(machine)));
        Assert.Equal(2, fly.Writes.Count(write => write.EndsWith("/m1", StringComparison.Ordinal)));
        Assert.Equal(2, fly.Writes.Count(write => write.EndsWith("/m2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_machine_somebody_else_changed_meanwhile_is_left_alone_by_the_process_that_takes_over()
    {
        using var world = World(out var fly, out _);
        var order = await world.OrderAsync("v2");
        var steps = new InMemoryChangeSteps().DieAt(CrashMoment.AfterBegin, "update machine m2");
        await Assert.ThrowsAsync<ProcessDiedException>(() => world.ApplyAsync(order, steps));
        var other = fly.Image("hotfix");
        fly.Machines["m2"].Config["image"] = $"registry.fly.io/shop:hotfix@{other}";
        fly.Machines["m2"].Version = "V77";

        var fault = await FailsAsync(world, order, steps.TakenOver());

        Assert.Contains("Somebody else changed it", fault, StringComparison.Ordinal);
        Assert.Contains("NOT as before, look at once: m2 (somebody else changed it", fault, StringComparison.Ordinal);
        Assert.Equal(other, fly.DigestOf("m2"));
    }

    [Fact]
    public async Task Stopping_the_host_puts_nothing_back_and_lets_the_next_one_go_on()
    {
        using var world = World(out var fly, out var wanted);
        var order = await world.OrderAsync("v2");
        var steps = new InMemoryChangeSteps();
        using var stop = new CancellationTokenSource();
        fly.AfterUpdate = machine =>
        {
            stop.Cancel();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Platform.ApplyAsync(order, steps.Execution(), world.Progress, stop.Token));
        Assert.Single(fly.Writes);

        fly.AfterUpdate = static _ => null;
        await world.ApplyAsync(order, steps.TakenOver());

        Assert.All(fly.Machines.Keys, machine => Assert.Equal(wanted, fly.DigestOf(machine)));
        Assert.Equal(3, fly.Writes.Count);
    }

    private static FlyWorld World(out FakeFly fly, out string wanted)
    {
        fly = new FakeFly().With(3, "v1");
        fly.Release(1, "complete", "v1");
        wanted = fly.Image("v2");
        return new FlyWorld(fly);
    }

    private static async Task<string> FailsAsync(FlyWorld world, Core.Rollouts.RolloutOrder? order = null, InMemoryChangeSteps? steps = null)
    {
        order ??= await world.OrderAsync("v2");
        return (await Assert.ThrowsAsync<ToolException>(() => world.ApplyAsync(order, steps ?? new InMemoryChangeSteps()))).Message;
    }

    private static bool IsUpdate((HttpMethod Method, string Path, string Body, string Headers) asked) =>
        asked.Method == HttpMethod.Post && asked.Path.Split('/') is [_, "v1", "apps", _, "machines", _];
}
