using System.Net;
using System.Text.Json.Nodes;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class MachineTests
{
    private const string Machines = $"v1/apps/{FlyPractice.App}/machines";

    [Fact]
    public async Task An_application_shows_its_machines_with_image_and_live_checks()
    {
        await using var fly = await FlyPractice.StartAsync();
        fly.Fleet.SickImages["v42"] = true;

        var machines = (await fly.GetAsync(Machines)).Body.AsArray();

        Assert.Equal(["fra", "iad"], machines.Select(machine => (string?)machine!["region"]));
        var first = machines[0]!;
        Assert.Equal("started", (string?)first["state"]);
        Assert.Equal("ok", (string?)first["host_status"]);
        Assert.Equal("v42", (string?)first["image_ref"]!["tag"]);
        Assert.Equal(FlyPractice.Image("checkout", "v42").Digest, (string?)first["image_ref"]!["digest"]);
        Assert.Equal(26, ((string?)first["instance_id"])!.Length);
        Assert.Equal(("critical", "500 payments said no"), ((string?)first["checks"]![0]!["status"], (string?)first["checks"]![0]!["output"]));
    }

    [Fact]
    public async Task A_list_can_be_narrowed_and_shortened()
    {
        await using var fly = await FlyPractice.StartAsync();
        var first = (await fly.MachinesAsync())[0];
        await fly.PostAsync($"{Machines}/{first}/stop");
        await fly.WaitAsync(first, "stopped");

        Assert.Equal(first, (string?)(await fly.GetAsync($"{Machines}?state=stopped,failed")).Body.AsArray().Single()!["id"]);
        Assert.Equal("iad", (string?)(await fly.GetAsync($"{Machines}?region=iad")).Body.AsArray().Single()!["region"]);
        Assert.Empty((await fly.GetAsync($"{Machines}?metadata.fly_process_group=worker")).Body.AsArray());
        Assert.All((await fly.GetAsync($"{Machines}?summary=true")).Body.AsArray(), machine => Assert.Null(machine!["config"]));
        Assert.Equal(3, (await fly.GetAsync("v1/orgs/lab/machines")).Body["machines"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_organization_is_listed_page_by_page()
    {
        await using var fly = await FlyPractice.StartAsync();
        var seen = new List<string>();
        var cursor = (string?)"";
        do
        {
            var page = (await fly.GetAsync($"v1/orgs/lab/machines?limit=2&cursor={cursor}")).Body;
            seen.AddRange(page["machines"]!.AsArray().Select(machine => (string)machine!["id"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        Assert.Equal(3, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_destroyed_machine_is_only_shown_when_asked_for()
    {
        await using var fly = await FlyPractice.StartAsync();
        var first = (await fly.MachinesAsync())[0];

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await fly.SendAsync(HttpMethod.Delete, $"{Machines}/{first}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await fly.SendAsync(HttpMethod.Delete, $"{Machines}/{first}?force=true")).Status);
        await fly.WaitAsync(first, "destroyed");

        Assert.Single((await fly.GetAsync(Machines)).Body.AsArray());
        Assert.Equal(2, (await fly.GetAsync($"{Machines}?include_deleted=true")).Body.AsArray().Count);
        Assert.DoesNotContain(first, fly.Fleet.Running.Keys);
    }

    [Fact]
    public async Task An_update_replaces_the_whole_configuration_and_really_runs_the_image()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        var before = (await fly.GetAsync($"{Machines}/{id}")).Body;

        var order = new JsonObject { ["config"] = new JsonObject { ["image"] = FlyPractice.Reference("v43"), ["env"] = new JsonObject { ["A"] = "1" } } };
        var updated = (await fly.PostAsync($"{Machines}/{id}", order)).Body;
        await fly.WaitAsync(id, "started");

        Assert.NotEqual((string?)before["instance_id"], (string?)updated["instance_id"]);
        var after = (await fly.GetAsync($"{Machines}/{id}")).Body;
        Assert.Equal((string?)updated["instance_id"], (string?)after["instance_id"]);
        Assert.Null(after["config"]!["services"]);
        Assert.Null(after["checks"]);
        Assert.Equal("v43", fly.Fleet.Running[id].Image);
        Assert.Equal("1", fly.Fleet.Running[id].Environment["A"]);
        Assert.Equal("postgres://lab:s3cret@db/checkout", fly.Fleet.Running[id].Environment["DATABASE_URL"]);
        Assert.DoesNotContain("LOG_LEVEL", fly.Fleet.Running[id].Environment.Keys);
    }

    [Fact]
    public async Task Every_version_is_kept_with_its_configuration()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        await fly.UpdateAsync(id, FlyPractice.Reference("v43"));

        var versions = (await fly.GetAsync($"{Machines}/{id}/versions")).Body.AsArray();

        Assert.Equal(
            [FlyPractice.Reference("v43"), FlyPractice.Reference("v42"), FlyPractice.Reference("v41")],
            versions.Select(version => (string?)version!["user_config"]!["image"]));
    }

    [Fact]
    public async Task What_happened_to_a_machine_is_listed_newest_first()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        await fly.UpdateAsync(id, FlyPractice.Reference("v43"));
        await fly.WaitAsync(id, "started");

        var events = (await fly.GetAsync($"{Machines}/{id}/events?limit=3")).Body.AsArray();

        Assert.Equal(["start started", "start starting", "update replacing"], events.Select(happened => $"{happened!["type"]} {happened["status"]}"));
    }

    [Fact]
    public async Task An_update_of_what_somebody_else_has_changed_is_refused()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        var seen = (string)(await fly.GetAsync($"{Machines}/{id}")).Body["instance_id"]!;
        Assert.Equal(HttpStatusCode.OK, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"), currentVersion: seen)).Status);
        await fly.WaitAsync(id, "started");

        var refused = await fly.UpdateAsync(id, FlyPractice.Reference("v41"), currentVersion: seen);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.StartsWith("aborted: machine version mismatch", refused.Error, StringComparison.Ordinal);
        Assert.Equal("v43", fly.Fleet.Running[id].Image);
    }

    [Fact]
    public async Task A_machine_on_its_way_takes_no_second_update()
    {
        await using var fly = await FlyPractice.StartAsync(seed => seed with { Pull = TimeSpan.FromMinutes(10) });
        var id = (await fly.MachinesAsync())[0];
        await fly.UpdateAsync(id, FlyPractice.Reference("v43"));

        var refused = await fly.UpdateAsync(id, FlyPractice.Reference("v41"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.EndsWith("concurrent update in progress", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.fly.io/checkout:v99")]
    [InlineData("registry.fly.io/payments:v42")]
    [InlineData("docker.io/library/nginx:latest")]
    [InlineData("nonsense")]
    public async Task An_image_the_registry_does_not_have_is_refused(string image)
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];

        var refused = await fly.UpdateAsync(id, image);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("MANIFEST_UNKNOWN", refused.Error, StringComparison.Ordinal);
        Assert.Equal("started", (string?)(await fly.GetAsync($"{Machines}/{id}")).Body["state"]);
    }

    [Fact]
    public async Task A_machine_can_be_made_and_lent_at_once()
    {
        await using var fly = await FlyPractice.StartAsync();
        var order = new JsonObject { ["config"] = new JsonObject { ["image"] = "registry.fly.io/checkout:v43" }, ["region"] = "lhr", ["lease_ttl"] = 30, ["name"] = "third" };

        var made = (await fly.PostAsync(Machines, order)).Body;
        await fly.WaitAsync((string)made["id"]!, "started");

        Assert.NotEmpty((string)made["nonce"]!);
        Assert.Equal(3, fly.Fleet.Running.Values.Count(machine => machine.App == FlyPractice.App));
        var namesake = await fly.PostAsync(Machines, order.DeepClone());
        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), (namesake.Status, (string?)namesake.Body["status"]));
        order["region"] = "xxx";
        Assert.Equal(HttpStatusCode.BadRequest, (await fly.PostAsync(Machines, order)).Status);
    }

    [Fact]
    public async Task An_update_may_leave_a_machine_stopped()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        await fly.PostAsync($"{Machines}/{id}", new JsonObject { ["config"] = new JsonObject { ["image"] = FlyPractice.Reference("v43") }, ["skip_launch"] = true });

        Assert.Equal(HttpStatusCode.OK, (await fly.WaitAsync(id, "stopped")).Status);
        Assert.DoesNotContain(id, fly.Fleet.Running.Keys);
    }

    [Fact]
    public async Task Power_goes_off_and_on()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];

        await fly.PostAsync($"{Machines}/{id}/stop", new JsonObject { ["signal"] = "SIGTERM" });
        await fly.WaitAsync(id, "stopped");
        Assert.Equal("warning", (string?)(await fly.GetAsync($"{Machines}/{id}")).Body["checks"]![0]!["status"]);
        Assert.Equal("stopped", (string?)(await fly.PostAsync($"{Machines}/{id}/start")).Body["previous_state"]);
        await fly.WaitAsync(id, "started");
        await fly.PostAsync($"{Machines}/{id}/suspend");
        await fly.WaitAsync(id, "suspended");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await fly.PostAsync($"{Machines}/{id}/restart")).Status);
        await fly.PostAsync($"{Machines}/{id}/start");
        await fly.WaitAsync(id, "started");
        await fly.PostAsync($"{Machines}/{id}/restart?timeout=5s&signal=SIGINT");
        await fly.WaitAsync(id, "started");
        Assert.Equal(HttpStatusCode.BadRequest, (await fly.PostAsync($"{Machines}/{id}/signal", new JsonObject())).Status);
    }

    [Fact]
    public async Task A_cordoned_machine_is_one_until_it_is_not()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];

        await fly.PostAsync($"{Machines}/{id}/cordon");
        await fly.PostAsync($"{Machines}/{id}/cordon");
        Assert.True((await fly.Simulator.LookAsync(TestContext.Current.CancellationToken))[0].Machines[0].IsCordoned);
        await fly.PostAsync($"{Machines}/{id}/uncordon");

        Assert.Equal([$"fly POST cordoned checkout {id}", $"fly POST uncordoned checkout {id}"], fly.Noted);
    }
}
