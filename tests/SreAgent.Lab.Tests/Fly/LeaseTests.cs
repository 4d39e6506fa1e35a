using System.Net;
using System.Text.Json.Nodes;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class LeaseTests
{
    [Fact]
    public async Task A_lease_comes_in_an_envelope_and_can_be_shown_renewed_and_given_back()
    {
        await using var fly = await FlyPractice.StartAsync();
        var lease = $"v1/apps/checkout/machines/{(await fly.MachinesAsync())[0]}/lease";

        var taken = await fly.PostAsync(lease, new JsonObject { ["ttl"] = 13, ["description"] = "deploy" });
        var nonce = (string)taken.Body["data"]!["nonce"]!;
        fly.Clock.Advance(TimeSpan.FromSeconds(4));
        var renewed = await fly.PostAsync($"{lease}?ttl=13", nonce: nonce);

        Assert.Equal((HttpStatusCode.Created, "success"), (taken.Status, (string?)taken.Body["status"]));
        Assert.Equal(nonce, (string?)renewed.Body["data"]!["nonce"]);
        Assert.Equal(4, (long)renewed.Body["data"]!["expires_at"]! - (long)taken.Body["data"]!["expires_at"]!);
        Assert.Equal(("agent@lab.example", "deploy"), ((string?)(await fly.GetAsync(lease)).Body["data"]!["owner"], (string?)(await fly.GetAsync(lease)).Body["data"]!["description"]));
        Assert.True((bool)(await fly.SendAsync(HttpMethod.Delete, lease, nonce: nonce)).Body["data"]!["ok"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await fly.GetAsync(lease)).Status);
    }

    [Fact]
    public async Task A_leased_machine_is_changed_only_by_who_shows_the_nonce()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        var nonce = (string)(await fly.PostAsync($"v1/apps/checkout/machines/{id}/lease", new JsonObject { ["ttl"] = 60 })).Body["data"]!["nonce"]!;
        (string Path, JsonNode? Body)[] writes =
        [
            ("", new JsonObject { ["config"] = new JsonObject { ["image"] = FlyPractice.Reference("v43") } }), ("/metadata/a", new JsonObject { ["value"] = "b" }),
            ("/lease", new JsonObject { ["ttl"] = 5 }), ("/start", null), ("/stop", new JsonObject()), ("/restart", null), ("/suspend", null), ("/cordon", null), ("/uncordon", null),
        ];

        foreach (var (path, body) in writes)
        {
            var refused = await fly.PostAsync($"v1/apps/checkout/machines/{id}{path}", body);
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Equal($"aborted: machine ID {id} lease currently held by agent@lab.example, expires at 2026-11-20T12:01:00Z", refused.Error);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await fly.SendAsync(HttpMethod.Delete, $"v1/apps/checkout/machines/{id}?kill=true")).Status);
        Assert.Equal(HttpStatusCode.OK, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"), nonce)).Status);
    }

    [Fact]
    public async Task A_lease_held_by_somebody_else_ends_by_itself()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        fly.Simulator.HoldLease("checkout", id, TimeSpan.FromSeconds(30), "bob@lab.example");

        Assert.Contains("held by bob@lab.example", (await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Error, StringComparison.Ordinal);
        fly.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(HttpStatusCode.OK, (await fly.UpdateAsync(id, FlyPractice.Reference("v43"))).Status);
    }

    [Fact]
    public async Task A_lease_can_be_given_back_by_its_holder_only()
    {
        await using var fly = await FlyPractice.StartAsync();
        var id = (await fly.MachinesAsync())[0];
        var nonce = fly.Simulator.HoldLease("checkout", id, TimeSpan.FromSeconds(30), "bob@lab.example");

        Assert.Equal(HttpStatusCode.Conflict, (await fly.SendAsync(HttpMethod.Delete, $"v1/apps/checkout/machines/{id}/lease", nonce: "guessed")).Status);
        fly.Simulator.ReleaseLease("checkout", id, nonce, "bob@lab.example");

        Assert.Equal(HttpStatusCode.NotFound, (await fly.SendAsync(HttpMethod.Delete, $"v1/apps/checkout/machines/{id}/lease", nonce: nonce)).Status);
    }
}
