using System.Net;
using System.Text.Json.Nodes;
using SreAgent.Testing.Fly;

namespace SreAgent.Lab.Tests.Fly;

public class AppTests
{
    [Fact]
    public async Task Applications_are_listed_for_their_organization()
    {
        await using var fly = await FlyPractice.StartAsync();

        var listed = (await fly.GetAsync("v1/apps?org_slug=lab")).Body;

        Assert.Equal(["checkout", "payments"], listed["apps"]!.AsArray().Select(app => (string?)app!["name"]));
        Assert.Equal(2, (int)(await fly.GetAsync("v1/apps/checkout")).Body["machine_count"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await fly.GetAsync("v1/apps")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await fly.GetAsync("v1/apps/nobody")).Status);
    }

    [Fact]
    public async Task Volumes_certificates_and_regions_are_shown()
    {
        await using var fly = await FlyPractice.StartAsync();

        var volume = (await fly.GetAsync("v1/apps/checkout/volumes")).Body.AsArray().Single()!;
        Assert.Equal((await fly.MachinesAsync())[0], (string?)volume["attached_machine_id"]);
        Assert.Equal(3, (int)(await fly.GetAsync($"v1/apps/checkout/volumes/{volume["id"]}")).Body["size_gb"]!);
        var page = (await fly.GetAsync("v1/apps/checkout/certificates?limit=1")).Body;
        Assert.Equal(("checkout.lab.example", 2), ((string?)page["certificates"]![0]!["hostname"], (int)page["total_count"]!));
        Assert.Equal("shop.lab.example", (string?)(await fly.GetAsync($"v1/apps/checkout/certificates?cursor={page["next_cursor"]}")).Body["certificates"]![0]!["hostname"]);
        Assert.Equal("active", (string?)(await fly.GetAsync("v1/apps/checkout/certificates/shop.lab.example")).Body["status"]);
        Assert.Contains("fra", (await fly.GetAsync("v1/platform/regions")).Body["regions"]!.AsArray().Select(region => (string?)region!["code"]));
    }

    [Fact]
    public async Task Secrets_are_set_and_unset_and_never_given_out()
    {
        await using var fly = await FlyPractice.StartAsync();
        const string Secrets = "v1/apps/checkout/secrets";

        await fly.PostAsync($"{Secrets}/API_KEY", new JsonObject { ["value"] = "hunter2-hunter2" });
        await fly.PostAsync(Secrets, new JsonObject { ["values"] = new JsonObject { ["OTHER"] = "x" } });
        await fly.SendAsync(HttpMethod.Delete, $"{Secrets}/DATABASE_URL");
        var listed = await fly.GetAsync($"{Secrets}?show_secrets=true");

        Assert.Equal(["API_KEY", "OTHER"], listed.Body["secrets"]!.AsArray().Select(secret => (string?)secret!["name"]));
        Assert.DoesNotContain("hunter2", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', fly.Noted), StringComparison.Ordinal);
        Assert.Equal(16, ((string?)(await fly.GetAsync($"{Secrets}/API_KEY")).Body["digest"])!.Length);
        Assert.Equal(HttpStatusCode.NotFound, (await fly.SendAsync(HttpMethod.Delete, $"{Secrets}/DATABASE_URL")).Status);
        Assert.Equal(3, fly.Noted.Count);
    }

    [Fact]
    public async Task Metadata_changes_without_a_new_version_unless_the_version_is_stale()
    {
        await using var fly = await FlyPractice.StartAsync();
        var machine = $"v1/apps/checkout/machines/{(await fly.MachinesAsync())[0]}";
        var version = (string)(await fly.GetAsync(machine)).Body["instance_id"]!;

        await fly.PostAsync($"{machine}/metadata/owner", new JsonObject { ["value"] = "shop" });
        await fly.SendAsync(HttpMethod.Patch, $"{machine}/metadata", new JsonObject { ["metadata"] = new JsonObject { ["owner"] = "", ["tier"] = "1" }, ["machine_version"] = version });
        var stale = await fly.SendAsync(HttpMethod.Patch, $"{machine}/metadata", new JsonObject { ["metadata"] = new JsonObject { ["tier"] = "2" }, ["machine_version"] = "01ARZ3NDEKTSV4RRFFQ69G5FAV" });

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal("1", (string?)(await fly.GetAsync($"{machine}/metadata/tier")).Body["value"]);
        Assert.Equal(HttpStatusCode.NotFound, (await fly.GetAsync($"{machine}/metadata/owner")).Status);
        Assert.Equal(version, (string?)(await fly.GetAsync(machine)).Body["instance_id"]);
        await fly.SendAsync(HttpMethod.Delete, $"{machine}/metadata/tier");
        Assert.Null((await fly.GetAsync($"{machine}/metadata")).Body["tier"]);
    }
}
