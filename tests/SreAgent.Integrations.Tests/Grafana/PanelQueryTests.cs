using System.Text.Json.Nodes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Testing.Http;
using SreAgent.Testing.Servers;
using static SreAgent.Integrations.Tests.Grafana.DashboardBuilder;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>A panel's own queries, through a data-source proxy, of a real Prometheus whose history is known to the sample.</summary>
public class PanelQueryTests(RealPrometheus prometheus)
{
    private static readonly DateTimeOffset Now = RealPrometheus.HistoryEnd;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_panel_answers_with_the_numbers_it_shows()
    {
        var dashboard = new DashboardBuilder()
            .Variable("service", "checkout")
            .Panel(4, "Depth", Query("demo_depth{service=\"$service\"}", legend: "{{service}} depth"));

        var (found, stand) = await FoundAsync(dashboard, 4, "now-2h");

        var result = Assert.IsType<PanelResult>(found.Data);
        var query = Assert.Single(result.Queries);
        Assert.Equal(("demo_depth{service=\"checkout\"}", "30s", 1), (query.Expression, query.Step, query.Series));
        var series = Assert.Single(query.Result);
        Assert.Equal(("checkout depth", 480, 0, 240, 480), (series.Name, series.Last, series.Min, series.Median, series.Max));
        Assert.Equal((241, 0), (series.Points, series.Missing));
        Assert.Equal("▁", series.Sparkline[..1]);
        Assert.Equal(241, Assert.Single(found.Plot!.Lines).Values.Count);
        Assert.Equal((Now.AddHours(-2), Now), (found.Evidence.Range!.From, found.Evidence.Range.To));
        Assert.StartsWith("http://grafana.test/g/d/shop?viewPanel=4&from=1768471200000&to=1768478400000&var-service=checkout", found.Evidence.Link!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains(stand.Asked, asked => asked == "GET /g/api/datasources/proxy/uid/prom/api/v1/query_range");
    }

    [Fact]
    public async Task Variables_given_win_and_several_values_become_a_pattern()
    {
        var dashboard = new DashboardBuilder()
            .Variable("service", new JsonArray("checkout"), multi: true)
            .Panel(1, "Depth", Query("demo_depth{service=~\"$service\"}"));

        var (found, _) = await FoundAsync(dashboard, 1, "now-1h", variables: ["service=payment", "service=checkout"]);

        var query = Assert.Single(Assert.IsType<PanelResult>(found.Data).Queries);
        Assert.Equal("demo_depth{service=~\"(payment|checkout)\"}", query.Expression);
        Assert.Equal(["checkout", "payment"], query.Result.Select(series => series.Labels["service"]));
    }

    [Fact]
    public async Task The_rate_interval_is_four_scrapes_and_rates_come_out_right()
    {
        var dashboard = new DashboardBuilder().Panel(1, "Rate", Query("sum(rate(demo_requests_total[$__rate_interval]))"));

        var (found, _) = await FoundAsync(dashboard, 1, "now-1h");

        var query = Assert.Single(Assert.IsType<PanelResult>(found.Data).Queries);
        Assert.Equal("sum(rate(demo_requests_total[1m]))", query.Expression);
        Assert.Equal(1, Assert.Single(query.Result).Median!.Value, 3);
    }

    [Fact]
    public async Task An_instant_query_is_asked_for_the_end_of_the_window()
    {
        var dashboard = new DashboardBuilder().Panel(1, "Now", Query("demo_depth{service=\"checkout\"}", instant: true));

        var (found, stand) = await FoundAsync(dashboard, 1, "now-2h", to: "now-1h");

        var query = Assert.Single(Assert.IsType<PanelResult>(found.Data).Queries);
        Assert.Null(query.Step);
        Assert.Equal(240, Assert.Single(query.Result).Last);
        Assert.Contains(stand.Asked, asked => asked.EndsWith("/api/v1/query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_longer_than_an_address_may_be_is_asked_as_a_form()
    {
        var query = string.Join(" or ", Enumerable.Range(0, 1000).Select(i => $"demo_depth{{service=\"s{i}\"}}")) + " or demo_depth";

        var (found, stand) = await FoundAsync(new DashboardBuilder().Panel(1, "Depth", Query(query)), 1, "now-1h");

        Assert.Equal(3, Assert.IsType<PanelResult>(found.Data).Queries[0].Series);
        Assert.Contains(stand.Asked, asked => asked.StartsWith("POST /g/api/datasources/proxy/uid/prom/api/v1/query_range query=demo_depth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_highest_series_are_shown_and_all_are_counted()
    {
        var (found, _) = await FoundAsync(new DashboardBuilder().Panel(1, "Load", Query("fleet_load")), 1, "now-1h");

        var query = Assert.Single(Assert.IsType<PanelResult>(found.Data).Queries);
        Assert.Equal((30, 10, "h30"), (query.Series, query.Result.Count, query.Result[0].Labels["host"]));
        Assert.Contains("A: the 10 highest of 30 series are shown.", found.Evidence.Notes);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_said_beside_what_can()
    {
        var logs = Query("{app=\"x\"}", "B");
        logs["datasource"] = new JsonObject { ["type"] = "loki", ["uid"] = "lokiuid" };
        var sum = new JsonObject { ["refId"] = "C", ["datasource"] = new JsonObject { ["type"] = "__expr__", ["uid"] = "__expr__" }, ["expression"] = "$A*2" };
        var dashboard = new DashboardBuilder().Panel(
            1, "Mixed", Query("demo_depth{service=\"checkout\"}"), logs, sum, Query("rate(x[$window])", "D"), Query("sum(", "E"), Query("hidden", "F", hidden: true));

        var (found, stand) = await FoundAsync(dashboard, 1, "now-1h");

        var why = Assert.IsType<PanelResult>(found.Data).Queries.ToDictionary(query => query.RefId, query => query.NotAnswered, StringComparer.Ordinal);
        Assert.Equal(["A", "B", "C", "D", "E"], why.Keys);
        Assert.Null(why["A"]);
        Assert.Contains("of type loki; only Prometheus ones", why["B"], StringComparison.Ordinal);
        Assert.Contains("computed by Grafana itself", why["C"], StringComparison.Ordinal);
        Assert.StartsWith("$window in it has no value", why["D"], StringComparison.Ordinal);
        Assert.Contains("does not answer that (bad_data): ", why["E"], StringComparison.Ordinal);
        Assert.Contains("1 hidden queries were not asked.", found.Evidence.Notes);
        Assert.Equal(2, stand.Asked.Count(asked => asked.Contains("/proxy/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"Main\"")]
    [InlineData("null")]
    [InlineData("{\"type\":\"prometheus\",\"uid\":\"${ds}\"}")]
    [InlineData("\"$ds\"")]
    public async Task A_source_is_found_by_name_by_default_and_by_variable(string source)
    {
        var dashboard = new DashboardBuilder().Variable("ds", "prom", type: "datasource").Panel(new JsonObject
        {
            ["id"] = 1,
            ["title"] = "Depth",
            ["type"] = "stat",
            ["datasource"] = JsonNode.Parse(source),
            ["targets"] = new JsonArray(Query("demo_depth")),
        });

        var (found, _) = await FoundAsync(dashboard, 1, "now-1h");

        Assert.Equal(3, Assert.IsType<PanelResult>(found.Data).Queries[0].Series);
    }

    [Fact]
    public async Task A_token_that_may_not_list_sources_still_asks_those_the_panel_names_whole()
    {
        var dashboard = new DashboardBuilder().Panel(1, "Depth", Query("demo_depth")).Panel(new JsonObject
        {
            ["id"] = 2,
            ["title"] = "Depth",
            ["type"] = "stat",
            ["targets"] = new JsonArray(Query("demo_depth")),
        });
        using var stand = await StandInAsync(dashboard, sources: null);
        using var wired = GrafanaWired.Over(stand, Now);

        Assert.IsType<ToolResult.Found>(await wired.Tools.QueryPanelAsync("shop", 1, cancellationToken: Token));
        var failed = Assert.IsType<ToolResult.Failed>(await wired.Tools.QueryPanelAsync("shop", 2, cancellationToken: Token));
        Assert.Contains("its data source (the default one) could not be looked up: Grafana at http://grafana.test/g forbids GET /api/datasources", failed.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_whose_uid_is_a_path_is_never_asked()
    {
        using var stand = await StandInAsync(new DashboardBuilder().Panel(1, "Evil", "../../admin/settings", Query("up")));
        using var wired = GrafanaWired.Over(stand, Now);

        Assert.IsType<ToolResult.Failed>(await wired.Tools.QueryPanelAsync("shop", 1, cancellationToken: Token));
        Assert.DoesNotContain(stand.Asked, asked => asked.Contains("admin", StringComparison.Ordinal) || asked.Contains("proxy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"hello":"world"}""", "its data source answered JSON that is not Prometheus'")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[["x"]]}]}}""", "The result is not of Prometheus' shape")]
    public async Task An_answer_of_another_shape_is_not_taken_for_silence(string body, string sentence)
    {
        var stub = new StubHandler()
            .On(HttpMethod.Get, "/g/api/dashboards/uid/shop", StubHandler.Json(new DashboardBuilder().Panel(1, "Depth", Query("demo_depth")).Answer))
            .On(HttpMethod.Get, "/g/api/datasources", StubHandler.Json("[]"))
            .On(HttpMethod.Get, "/g/api/datasources/proxy/uid/prom/api/v1/query_range", StubHandler.Json(body));
        using var wired = GrafanaWired.Over(stub, Now);

        var failed = Assert.IsType<ToolResult.Failed>(await wired.Tools.QueryPanelAsync("shop", 1, cancellationToken: Token));

        Assert.Contains(sentence, failed.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_the_window_is_an_answer_with_a_cause()
    {
        using var stand = await StandInAsync(new DashboardBuilder().Panel(1, "Depth", Query("demo_depth{service=\"nobody\"}")));
        using var wired = GrafanaWired.Over(stand, Now);

        var nothing = Assert.IsType<ToolResult.NoData>(await wired.Tools.QueryPanelAsync("shop", 1, cancellationToken: Token));

        Assert.Contains("Nothing matches in this window: demo_depth{service=\"nobody\"}", Assert.Single(nothing.LikelyCauses), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, "Dashboard shop (Checkout) has no panel 9; it has 1 (Depth)")]
    [InlineData(2, "is kept in Grafana's library")]
    [InlineData(3, "(text) asks nothing")]
    public async Task A_panel_that_cannot_be_asked_says_so(int panel, string sentence)
    {
        using var stand = await StandInAsync(new DashboardBuilder()
            .Panel(1, "Depth", Query("demo_depth"))
            .Panel(new JsonObject { ["id"] = 2, ["title"] = "Shared", ["libraryPanel"] = new JsonObject { ["uid"] = "lib" } })
            .Panel(new JsonObject { ["id"] = 3, ["title"] = "Notes", ["type"] = "text" }));
        using var wired = GrafanaWired.Over(stand, Now);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.QueryPanelAsync("shop", panel, cancellationToken: Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    private async Task<(ToolResult.Found Found, ProxyStandIn Asked)> FoundAsync(DashboardBuilder dashboard, int panel, string from, string? to = null, string[]? variables = null)
    {
        using var stand = await StandInAsync(dashboard);
        using var wired = GrafanaWired.Over(stand, Now);
        return (Assert.IsType<ToolResult.Found>(await wired.Tools.QueryPanelAsync("shop", panel, from, to, variables, Token)), stand);
    }

    private async Task<ProxyStandIn> StandInAsync(DashboardBuilder dashboard) => new(dashboard.Answer, (await prometheus.ServerAsync()).Address);

    private async Task<ProxyStandIn> StandInAsync(DashboardBuilder dashboard, string? sources) => new(dashboard.Answer, (await prometheus.ServerAsync()).Address) { Sources = sources };
}
