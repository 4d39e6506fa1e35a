using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Testing.Http;
using static SreAgent.Integrations.Tests.Grafana.DashboardBuilder;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Finding a dashboard and reading it at rising cost.</summary>
public class DashboardTests
{
    private static readonly DashboardBuilder Shop = new DashboardBuilder()
        .Variable("job", new JsonArray("api", "web"), multi: true)
        .Variable("zone", "$__all", allValue: ".*")
        .Panel(2, "Errors", Query("rate(errors[5m])"), Query("rate(all[5m])", "B"))
        .Panel(new JsonObject { ["id"] = 10, ["type"] = "row", ["title"] = "Latency", ["panels"] = new JsonArray(new JsonObject { ["id"] = 11, ["title"] = "p99", ["type"] = "timeseries", ["targets"] = new JsonArray(Query("p99")) }) })
        .Panel(new JsonObject { ["id"] = 12, ["type"] = "row", ["title"] = "Notes" })
        .Panel(new JsonObject { ["id"] = 13, ["type"] = "text", ["title"] = "How to", ["description"] = "Read me" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboards_are_found_with_their_links()
    {
        var stub = new StubHandler().On(HttpMethod.Get, "/g/api/search", Json("""[{"uid":"shop","title":"Checkout","url":"/d/shop/checkout","folderTitle":"Services","tags":["slo"],"type":"dash-db"}]"""));
        using var wired = GrafanaWired.Over(stub, null, ("ExternalUrl", "https://grafana.example"), ("OrganizationId", "3"));

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.SearchDashboardsAsync("check out", ["slo"], 5, Token));

        var hit = Assert.Single(Assert.IsType<DashboardFound[]>(found.Data));
        Assert.Equal(("shop", "Checkout", "Services", "https://grafana.example/d/shop?orgId=3"), (hit.Uid, hit.Title, hit.Folder, hit.Link!.AbsoluteUri));
        var asked = Assert.Single(stub.Asked);
        Assert.Equal("?type=dash-db&query=check out&tag=slo&limit=6", asked.Query);
        Assert.Contains("X-Grafana-Org-Id: 3", asked.Headers, StringComparison.Ordinal);
        Assert.Contains("Bearer glsa_unit", asked.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_were_asked_for_is_said_and_none_is_an_answer()
    {
        var stub = new StubHandler().On(
            HttpMethod.Get, "/g/api/search", Json("""[{"uid":"a","title":"A"},{"uid":"b","title":"B"}]"""), Json("[]"));
        using var wired = GrafanaWired.Over(stub);

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.SearchDashboardsAsync(limit: 1, cancellationToken: Token));
        Assert.IsType<ToolResult.NoData>(await wired.Tools.SearchDashboardsAsync("x", cancellationToken: Token));

        Assert.Single(Assert.IsType<DashboardFound[]>(found.Data));
        Assert.StartsWith("1 dashboards shown; more exist.", Assert.Single(found.Evidence.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_names_variables_and_every_panel_also_those_in_folded_rows()
    {
        var summary = Assert.IsType<DashboardSummary>((await GetAsync()).Data);

        Assert.Equal(("Checkout", "Services", 7, "ada"), (summary.Title, summary.Folder, summary.Version, summary.UpdatedBy));
        Assert.Equal([("job", "api, web"), ("zone", "All")], summary.Variables.Select(variable => (variable.Name, variable.Value)));
        Assert.Equal(
            [(2, "Errors", 2, null), (11, "p99", 1, "Latency"), (13, "How to", 0, "Notes")],
            summary.Panels.Select(panel => (panel.Id, panel.Title, panel.Queries, panel.Row)));
        Assert.Equal("Read me", summary.Panels[2].Description);
    }

    [Theory]
    [InlineData("panels[0].targets[1].expr", "\"rate(all[5m])\"")]
    [InlineData("$.panels[1].panels[*].title", "[\"p99\"]")]
    [InlineData("templating.list[*].name", "[\"job\",\"zone\"]")]
    [InlineData("tags", "[\"shop\",\"slo\"]")]
    public async Task One_value_can_be_read_by_its_path(string path, string json)
    {
        var value = Assert.IsType<DashboardValue>((await GetAsync(DashboardDetail.Property, path)).Data);

        Assert.Equal(json, value.Value.GetRawText());
    }

    [Theory]
    [InlineData("panels[9].title", "Nothing is at [9] of panels; it is a list of 4, counted from 0.")]
    [InlineData("panels[0].expr", "Nothing is at .expr of panels[0]; it has id, title, type, datasource, targets.")]
    [InlineData("title.x", "Nothing is at .x of title; it is a single value.")]
    [InlineData("panels[?(@.id)]", "'panels[?(@.id)]' is not a path")]
    [InlineData(null, "detail property needs a path")]
    public async Task A_path_that_leads_nowhere_says_how_far_it_went(string? path, string sentence)
    {
        var fault = await Assert.ThrowsAsync<ToolException>(() => GetAsync(DashboardDetail.Property, path));

        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_is_the_whole()
    {
        var found = await GetAsync(DashboardDetail.Full);

        Assert.Equal(4, Assert.IsType<JsonElement>(found.Data).GetProperty("panels").GetArrayLength());
        Assert.Equal("http://grafana.test/g/d/shop", found.Evidence.Link!.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"panels":"none","templating":[1],"title":5}""")]
    [InlineData("""{"panels":[1,{"id":"x"},{"type":"row"}],"templating":{"list":[{},"x",{"name":"n","current":[]}]}}""")]
    [InlineData("[]")]
    public async Task A_dashboard_of_another_shape_is_no_fault(string dashboard)
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/dashboards/uid/odd", Json($$"""{"dashboard":{{dashboard}}}""")));

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.GetDashboardAsync("odd", cancellationToken: Token));

        Assert.Empty(Assert.IsType<DashboardSummary>(found.Data).Panels);
    }

    [Fact]
    public async Task JSON_that_is_no_dashboard_is_a_fault()
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/dashboards/uid/odd", Json("""{"hello":"world"}""")));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.GetDashboardAsync("odd", DashboardDetail.Full, cancellationToken: Token));

        Assert.Contains("answered JSON without a dashboard in it", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ToolResult.Found> GetAsync(DashboardDetail detail = DashboardDetail.Summary, string? path = null)
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/dashboards/uid/shop", Json(Shop.Answer)));
        return Assert.IsType<ToolResult.Found>(await wired.Tools.GetDashboardAsync("https://grafana.example/d/shop/checkout", detail, path, Token));
    }
}
