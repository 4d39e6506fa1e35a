using System.Net.Http.Json;
using SreAgent.Testing.Grafana;
using SreAgent.Testing.Servers;
using SreAgent.Testing.Specs;

namespace SreAgent.Lab.Tests.Grafana;

/// <summary>Everything the simulator answers, held against Grafana's description where that is to be had: its licence keeps it out of here.</summary>
public class GrafanaDescriptionTests(RealPrometheus prometheus)
{
    private static DateTimeOffset End => RealPrometheus.HistoryEnd;

    [Fact]
    public async Task Every_route_keeps_to_the_description()
    {
        var description = VendorSpecs.Require(GrafanaDeviations.Description);
        await using var lab = await GrafanaLab.StartAsync((await prometheus.ServerAsync()).Address, End, description);
        var moment = End.ToUnixTimeMilliseconds();

        foreach (var path in (string[])["health", "org", "search", "search?query=check&tag=service&type=dash-db&limit=5&page=1", "search?type=dash-folder", "dashboards/uid/checkout", "dashboards/uid/none",
            "folders", "folders/folder-1", "folders/none", "datasources", "datasources/uid/prometheus", "datasources/uid/none", "datasources/uid/prometheus/health",
            "datasources/proxy/uid/prometheus/api/v1/labels", "prometheus/grafana/api/v1/rules", "alertmanager/grafana/api/v2/silences"])
        {
            await lab.GetAsync($"api/{path}");
        }

        var made = await lab.PostAsync("api/annotations", new { dashboardUID = "checkout", panelId = 1, time = moment, timeEnd = moment + 5, tags = new[] { "deploy" }, text = "v43" });
        await lab.PostAsync("api/annotations", new { text = "" });
        await lab.GetAsync($"api/annotations?from={moment - 10}&to={moment + 10}&tags=deploy&matchAny=true&type=annotation&dashboardUID=checkout&panelId=1&limit=10");
        await lab.GetAsync($"api/annotations/{made["id"]}");
        await lab.SendAsync(HttpMethod.Patch, $"api/annotations/{made["id"]}", JsonContent.Create(new { timeEnd = moment + 9 }));
        await lab.SendAsync(HttpMethod.Put, $"api/annotations/{made["id"]}", JsonContent.Create(new { text = "v43, done", tags = new[] { "deploy" } }));
        await lab.SendAsync(HttpMethod.Delete, $"api/annotations/{made["id"]}");
        await lab.SendAsync(HttpMethod.Post, "api/datasources/proxy/uid/prometheus/api/v1/query", new FormUrlEncodedContent([new("query", "up")]));
        await lab.PostAsync("api/ds/query", new { from = "now-5m", to = "now", queries = new[] { new { refId = "A", expr = "vector(1)" } } });
        await lab.As(SampleGrafana.ViewerToken).PostAsync("api/annotations", new { text = "no" });
        await lab.As("wrong").GetAsync("api/search");

        Assert.NotNull(lab.Recording);
        lab.Recording.AssertFaithful();
    }
}
