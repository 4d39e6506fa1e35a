using System.Net;
using System.Text.Json.Nodes;
using SreAgent.Core.Changes;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class ScenarioTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_deploys_machine_after_machine_and_leaves_a_release()
    {
        await using var fly = await FlyPractice.StartAsync();

        var version = await fly.Simulator.DeployAsync("checkout", "v43", "ci@lab.example", Token);

        var app = (await fly.Simulator.LookAsync(Token)).Single(app => app.Name == "checkout");
        Assert.Equal((4, "complete", "ci@lab.example"), (app.Releases[0].Version, app.Releases[0].Status, app.Releases[0].By));
        Assert.Equal(4, version);
        Assert.All(app.Machines, machine => Assert.Equal(("v43", "started", true), (machine.Image, machine.State, machine.Health!.IsPassing)));
        Assert.Equal("4", (string?)(await fly.GetAsync($"v1/apps/checkout/machines/{app.Machines[0].Id}/metadata/fly_release_version")).Body["value"]);
        Assert.All(fly.Journal.Entries, entry => Assert.Equal(("lab", null), (entry.System, entry.ChangeId)));
        Assert.Contains($"lab POST updated checkout {app.Machines[1].Id} from v42 to v43, as ci@lab.example", fly.Noted);
    }

    [Fact]
    public async Task A_pipeline_that_is_refused_leaves_a_mixed_fleet_and_a_failed_release()
    {
        await using var fly = await FlyPractice.StartAsync();
        var machines = await fly.MachinesAsync();
        fly.Simulator.Faults.FailUpdates(1, 422, machines[1]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => fly.Simulator.DeployAsync("checkout", "v43", "ci@lab.example", Token));

        Assert.Equal(("v43", "v42"), (fly.Fleet.Running[machines[0]].Image, fly.Fleet.Running[machines[1]].Image));
        Assert.Equal("failed", (await fly.Simulator.LookAsync(Token))[0].Releases[0].Status);
        Assert.Equal(HttpStatusCode.NotFound, (await fly.GetAsync($"v1/apps/checkout/machines/{machines[1]}/lease")).Status);
    }

    [Theory]
    [InlineData(409, "aborted: ")]
    [InlineData(412, "failed_precondition: ")]
    [InlineData(422, "insufficient resources")]
    [InlineData(429, "rate limit")]
    [InlineData(500, "internal: ")]
    public async Task Updates_fail_as_often_as_they_are_told_to(int status, string begins)
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.Faults.FailUpdates(1, status);

        var failed = await fly.UpdateAsync(id, FlyPractice.Reference("v43"));

        Assert.Equal(status, (int)failed.Status);
        Assert.StartsWith(begins, failed.Error, StringComparison.Ordinal);
        Assert.Empty(fly.Journal.Entries);
        Assert.Equal(HttpStatusCode.OK, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Status);
    }

    [Fact]
    public async Task An_answer_may_be_lost_though_the_update_was_made()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.Faults.FailUpdates(1, 500, id, afterApplying: true);

        Assert.Equal(HttpStatusCode.InternalServerError, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Status);
        await fly.WaitAsync(id, "started");

        Assert.Equal("v43", fly.Fleet.Running[id].Image);
        Assert.Single(fly.Journal.Entries);
    }

    [Fact]
    public async Task A_machine_may_never_be_healthy_or_never_start()
    {
        await using var fly = await FlyPractice.StartAsync();
        var machines = await fly.MachinesAsync();
        fly.Simulator.Faults.NeverHealthy(machines[0]);
        fly.Simulator.Faults.NeverStarting(machines[1]);
        await fly.UpdateAsync(machines[1], FlyPractice.Reference("v43"));

        Assert.Equal("critical", (string?)(await fly.GetAsync($"v1/apps/checkout/machines/{machines[0]}")).Body["checks"]![0]!["status"]);
        Assert.EndsWith("currently starting", (await fly.GetAsync($"v1/apps/checkout/machines/{machines[1]}/wait?timeout=1")).Error, StringComparison.Ordinal);
        fly.Simulator.Faults.Heal(machines[1]);
        await fly.UpdateAsync(machines[1], FlyPractice.Reference("v42"));
        Assert.Equal(HttpStatusCode.OK, (await fly.WaitAsync(machines[1], "started")).Status);
    }

    [Fact]
    public async Task A_machine_whose_service_cannot_be_started_has_failed_and_can_be_brought_back()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Fleet.BrokenImages["v43"] = true;
        await fly.UpdateAsync(id, FlyPractice.Reference("v43"));
        Assert.Equal(HttpStatusCode.OK, (await fly.WaitAsync(id, "failed")).Status);

        await fly.UpdateAsync(id, FlyPractice.Reference("v42"));

        Assert.Equal(HttpStatusCode.OK, (await fly.WaitAsync(id, "started")).Status);
        Assert.Equal("v42", fly.Fleet.Running[id].Image);
    }

    [Fact]
    public async Task A_machine_on_an_unreachable_host_shows_no_configuration_and_takes_no_change()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.Faults.Unreachable(id);

        var machine = (await fly.GetAsync($"v1/apps/checkout/machines/{id}")).Body;

        Assert.Equal(("unreachable", true, false), ((string?)machine["host_status"], machine["config"] is null, machine["incomplete_config"] is null));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await fly.PostAsync($"v1/apps/checkout/machines/{id}", new JsonObject { ["config"] = new JsonObject { ["image"] = FlyPractice.Reference("v43") } })).Status);
        fly.Simulator.Faults.Heal(id);
        Assert.Equal(HttpStatusCode.OK, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Status);
    }

    [Fact]
    public async Task What_changed_is_noted_with_the_change_that_was_carried_out_and_what_was_refused_is_not()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.HoldLease("checkout", (await fly.MachinesAsync())[1], TimeSpan.FromMinutes(1), "bob@lab.example");

        await fly.UpdateAsync((await fly.MachinesAsync())[1], FlyPractice.Reference("v43"));
        await fly.UpdateAsync(id, "registry.fly.io/checkout:v99");
        await fly.SendAsync(HttpMethod.Post, $"v1/apps/checkout/machines/{id}/cordon", change: request => request.Headers.Add(ChangeInProgress.Header, "chg-1"));
        await fly.GetAsync("v1/apps/checkout/machines");

        var entry = fly.Journal.Entries[^1];
        Assert.Equal(2, fly.Journal.Entries.Count);
        Assert.Equal(("fly", "POST", $"/v1/apps/checkout/machines/{id}/cordon", "chg-1"), (entry.System, entry.Method, entry.Path, entry.ChangeId));
    }
}
