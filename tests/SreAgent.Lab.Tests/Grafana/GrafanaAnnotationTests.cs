using System.Net.Http.Json;
using SreAgent.Lab.Http;
using SreAgent.Testing.Grafana;

namespace SreAgent.Lab.Tests.Grafana;

public class GrafanaAnnotationTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_deploy_is_a_region_that_is_closed_when_it_ends()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);
        var begin = Noon.ToUnixTimeMilliseconds();

        var made = await lab.PostAsync("api/annotations", new { dashboardUID = "checkout", time = begin, tags = new[] { "deploy", "checkout" }, text = "Deploying v43\nby ada" });
        var closed = await lab.SendAsync(HttpMethod.Patch, $"api/annotations/{made["id"]}", JsonContent.Create(new { timeEnd = begin + 60_000, tags = new[] { "deploy", "checkout", "done" } }));
        var one = await lab.GetAsync($"api/annotations/{made["id"]}");

        Assert.Equal((200, "Annotation added", "Annotation patched"), (made.Status, made["message"], closed["message"]));
        Assert.Equal(($"{begin}", $"{begin + 60_000}", "Deploying v43\nby ada", "sa-1-sre-agent"), (one["time"], one["timeEnd"], one["text"], one["login"]));
        Assert.Equal([$"annotation {made["id"]}: Deploying v43", $"annotation {made["id"]} changed"], lab.Journal.Entries.Select(entry => entry.Summary));
    }

    [Fact]
    public async Task Lists_take_range_tags_and_dashboard()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);
        var begin = Noon.ToUnixTimeMilliseconds();
        await lab.PostAsync("api/annotations", new { dashboardUID = "checkout", time = begin, timeEnd = begin + 10, tags = new[] { "deploy", "a" }, text = "one" });
        await lab.PostAsync("api/annotations", new { time = begin + 1000, tags = new[] { "deploy", "b" }, text = "two" });

        Assert.Equal(["two", "one"], (await lab.GetAsync("api/annotations")).Each("text"));
        Assert.Equal(["one"], (await lab.GetAsync($"api/annotations?from={begin + 5}&to={begin + 500}")).Each("text"));
        Assert.Equal(["two"], (await lab.GetAsync("api/annotations?tags=deploy&tags=b")).Each("text"));
        Assert.Equal(["two", "one"], (await lab.GetAsync("api/annotations?tags=a&tags=b&matchAny=true")).Each("text"));
        Assert.Equal(["one"], (await lab.GetAsync("api/annotations?dashboardUID=checkout")).Each("text"));
        Assert.Equal(["two"], (await lab.GetAsync("api/annotations?limit=1")).Each("text"));
        Assert.Empty((await lab.GetAsync("api/annotations?type=alert")).Each("text"));
    }

    [Fact]
    public async Task What_is_put_is_replaced_and_what_is_deleted_is_gone()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);
        var made = await lab.PostAsync("api/annotations", new { text = "one", tags = new[] { "a" } });
        var address = $"api/annotations/{made["id"]}";

        await lab.SendAsync(HttpMethod.Put, address, JsonContent.Create(new { text = "two" }));
        var replaced = await lab.GetAsync(address);
        var deleted = await lab.SendAsync(HttpMethod.Delete, address);

        Assert.Equal(("two", "[]", 200), (replaced["text"], replaced["tags"], deleted.Status));
        Assert.Equal(404, (await lab.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Whoever_may_not_is_told_in_Grafanas_words()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);

        var viewer = await lab.As(SampleGrafana.ViewerToken).PostAsync("api/annotations", new { text = "no" });
        var stranger = await lab.As("glsa_wrong").GetAsync("api/annotations");
        var nobody = await lab.As(null).GetAsync("api/annotations");
        var health = await lab.GetAsync("api/health");
        lab.As(SampleGrafana.Token);
        var empty = await lab.PostAsync("api/annotations", new { text = "" });
        var stray = await lab.PostAsync("api/annotations", new { text = "x", dashboardUID = "nowhere" });

        Assert.Equal((403, "You'll need additional permissions to perform this action. Permissions needed: annotations:create"), (viewer.Status, viewer["message"]));
        Assert.Equal((401, 401, 200, 400, 404), (stranger.Status, nobody.Status, health.Status, empty.Status, stray.Status));
        Assert.Empty(lab.Journal.Entries);
    }

    [Fact]
    public async Task Planned_faults_happen()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);
        lab.Simulator.Faults.Add("POST", "/api/annotations", new LabFault.Refuses(500, "database is locked"));
        lab.Simulator.Faults.Add("POST", "/api/annotations", new LabFault.LosesAnswer());

        var failed = await lab.PostAsync("api/annotations", new { text = "one" });
        await Assert.ThrowsAsync<HttpRequestException>(() => lab.PostAsync("api/annotations", new { text = "two" }));

        Assert.Equal((500, "database is locked"), (failed.Status, failed["message"]));
        Assert.Equal(["two"], (await lab.GetAsync("api/annotations")).Each("text"));
    }

    [Fact]
    public async Task A_silence_begins_and_ends()
    {
        await using var lab = await GrafanaLab.StartAsync(Nowhere, Noon);
        const string Silences = "api/alertmanager/grafana/api/v2/silences";
        var silence = new
        {
            matchers = new[] { new { name = "service", value = "checkout", isRegex = false, isEqual = true } },
            startsAt = Noon,
            endsAt = Noon.AddHours(1),
            createdBy = "ada",
            comment = "Deploying",
        };

        var made = await lab.PostAsync(Silences, silence);
        var active = await lab.GetAsync(Silences);
        await lab.SendAsync(HttpMethod.Delete, $"api/alertmanager/grafana/api/v2/silence/{made["silenceID"]}");
        var ended = await lab.GetAsync(Silences);
        var endless = await lab.PostAsync(Silences, silence with { endsAt = Noon.AddHours(-1) });

        Assert.Equal((202, "active", "checkout", "expired", 400), (made.Status, active["0.status.state"], active["0.matchers.0.value"], ended["0.status.state"], endless.Status));
        Assert.Equal(2, lab.Journal.Entries.Count);
    }
}
