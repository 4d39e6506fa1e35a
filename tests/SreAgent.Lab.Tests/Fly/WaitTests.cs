using System.Net;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class WaitTests
{
    [Fact]
    public async Task Waiting_ends_when_the_state_is_reached()
    {
        var start = new TaskCompletionSource();
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Fleet.Starting = start.Task;
        var version = (string)(await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Body["instance_id"]!;

        var waiting = fly.GetAsync($"v1/apps/checkout/machines/{id}/wait?state=started&version={version}&timeout=30");
        Assert.False(waiting.IsCompleted);
        start.SetResult();

        var reached = (await waiting).Body;
        Assert.Equal((true, "started", version), ((bool)reached["ok"]!, (string?)reached["state"], (string?)reached["version"]));
    }

    [Fact]
    public async Task Waiting_for_what_does_not_come_ends_with_a_timeout()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];

        var timedOut = await fly.GetAsync($"v1/apps/checkout/machines/{id}/wait?state=stopped&timeout=1");

        Assert.Equal(HttpStatusCode.RequestTimeout, timedOut.Status);
        Assert.Equal("deadline_exceeded: machine failed to reach desired state, stopped, currently started", timedOut.Error);
    }

    [Theory]
    [InlineData("timeout=61", "value must be inside range [1s, 1m0s]")]
    [InlineData("timeout=0", "value must be inside range [1s, 1m0s]")]
    [InlineData("version=01ARZ3NDEKTSV4RRFFQ69G5FAV", "has no version")]
    public async Task Nothing_is_waited_for_in_vain(string query, string because)
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];

        Assert.Contains(because, (await fly.GetAsync($"v1/apps/checkout/machines/{id}/wait?{query}")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_whose_image_could_not_be_fetched_never_starts_though_the_machine_does()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.Faults.PullFails(FlyPractice.Image("checkout", "v43").Digest);

        var version = (string)(await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Body["instance_id"]!;
        await fly.WaitAsync(id, "settled");

        Assert.EndsWith("currently replaced", (await fly.GetAsync($"v1/apps/checkout/machines/{id}/wait?instance_id={version}&timeout=1")).Error, StringComparison.Ordinal);
        var machine = (await fly.GetAsync($"v1/apps/checkout/machines/{id}")).Body;
        Assert.Equal(("started", "v42"), ((string?)machine["state"], (string?)machine["image_ref"]!["tag"]));
    }
}
