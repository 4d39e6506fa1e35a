using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Http;
using SreAgent.Testing.Grafana;
using SreAgent.Testing.Servers;
using SreAgent.Testing.Specs;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What we send to Grafana and what we take for its answers, held against its description where that is to be had: its licence keeps it out of here.</summary>
public class GrafanaContractTests(RealPrometheus prometheus)
{
    /// <summary>Where both we and the simulator follow Grafana's behaviour instead of its description; why is said where they are defined.</summary>
    private static readonly string[] Needed =
    [
        "/api/health: the path is not",
        "/api/prometheus/grafana/*the path is not",
        "/api/alertmanager/grafana/*the path is not",
        "/render/d-solo/*the path is not",
        "POST /datasources/proxy/uid/{uid}/{datasource_proxy_route}: response 200 is not declared",
        "/datasources/proxy/uid/{uid}/{datasource_proxy_route}: query parameter",
    ];

    private static readonly TimeRange LastHour = new(RealPrometheus.HistoryEnd.AddHours(-1), RealPrometheus.HistoryEnd);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static GrafanaUid Checkout => GrafanaUid.ParseDashboard("checkout");

    private static PanelPicture Picture => new(Checkout, 1, LastHour, [new("var-service", "checkout")], 1000, 500, OrganizationId: 1);

    [Fact]
    public async Task Every_endpoint_keeps_to_the_description()
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus, description: VendorSpecs.Require(GrafanaDeviations.Description), deviations: Needed);
        var api = grafana.Api;

        await api.HealthAsync(Token);
        Assert.Single(await api.SearchAsync(new DashboardSearch("checkout", ["service", "checkout"], 10), Token));
        await api.DashboardAsync(Checkout, Token);
        var source = GrafanaUid.TryParse((await api.DataSourcesAsync(Token)).Single().Uid)!;
        await api.ProxyAsync(ProxyPath.For(HttpMethod.Get, source, "api/v1/query"), [new("query", "demo_depth"), new("time", "1768478400")], Token);
        await api.ProxyAsync(ProxyPath.For(HttpMethod.Post, source, "api/v1/query_range"), [new("query", "demo_depth"), new("start", "1768474800"), new("end", "1768478400"), new("step", "60")], Token);
        Assert.Equal((1000, 500), PanelImage.SizeOf(await api.RenderAsync(Picture, Token)));
        var id = await api.CreateAnnotationAsync(new NewAnnotation("checkout", 1, LastHour.From.ToUnixTimeMilliseconds(), LastHour.To.ToUnixTimeMilliseconds(), ["deploy"], "v43"), Token);
        await api.UpdateAnnotationAsync(id, new AnnotationUpdate(LastHour.To.ToUnixTimeMilliseconds(), "v43, done", ["deploy", "done"]), Token);
        Assert.Equal("v43, done", Assert.Single(await api.AnnotationsAsync(new AnnotationSearch(LastHour, ["deploy", "done"], Checkout, 10), Token)).Text);
        await api.AlertRulesAsync(Token);
        await api.SilencesAsync(Token);

        Assert.Empty(grafana.ApiCalls.NotCalled);
        grafana.Recording!.AssertFaithful();
        Assert.Equal([], grafana.Recording.UnusedDeviations.Select(unused => unused.Pattern));
    }

    [Fact]
    public async Task Every_tool_keeps_to_the_description()
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus, description: VendorSpecs.Require(GrafanaDeviations.Description), deviations: Needed);
        var tools = grafana.Tools;

        await new OfferedTools<GrafanaTools>
        {
            ["grafana_search_dashboards"] = () => tools.SearchDashboardsAsync("check", ["service"], cancellationToken: Token),
            ["grafana_get_dashboard"] = () => tools.GetDashboardAsync("checkout", cancellationToken: Token),
            ["grafana_query_panel"] = () => tools.QueryPanelAsync("checkout", 1, cancellationToken: Token),
            ["grafana_render_panel"] = () => tools.RenderPanelAsync("checkout", 1, variables: ["service=cart"], cancellationToken: Token),
            ["grafana_create_annotation"] = () => tools.CreateAnnotationAsync("Looked at it", dashboard: "checkout", panel: 1, tags: ["note"], cancellationToken: Token),
            ["grafana_list_annotations"] = () => tools.ListAnnotationsAsync(dashboard: "checkout", cancellationToken: Token),
            ["grafana_list_alert_rules"] = () => tools.ListAlertRulesAsync(cancellationToken: Token),
            ["grafana_list_silences"] = async () => await tools.ListSilencesAsync(expired: true, cancellationToken: Token) is ToolResult.NoData none
                ? new ToolResult.Found("", none.Evidence) // The simulator begins without any.
                : throw new InvalidOperationException("Whose silence?"),
        }.CallAllAsync();

        grafana.Recording!.AssertFaithful();
    }

    [Fact]
    public async Task A_wrong_token_and_one_without_rights_are_told_apart()
    {
        await using var stranger = await SimulatedGrafana.StartAsync(prometheus, "glsa_wrong");
        await using var viewer = await SimulatedGrafana.StartAsync(prometheus, SampleGrafana.ViewerToken);

        var unknown = await Assert.ThrowsAsync<ToolException>(() => stranger.Tools.SearchDashboardsAsync(cancellationToken: Token));
        var forbidden = await Assert.ThrowsAsync<ToolException>(() => viewer.Tools.CreateAnnotationAsync("x", cancellationToken: Token));

        Assert.Contains("Integrations:Grafana:Token", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("forbids POST /api/annotations", forbidden.Message, StringComparison.Ordinal);
        Assert.Empty(viewer.Journal.Entries);
    }

    [Theory]
    [InlineData(GrafanaRenderer.Missing, "picture of 300x300 where 1000x500 was asked")]
    [InlineData(GrafanaRenderer.Fails, "its image renderer is missing or failed")]
    public async Task A_panel_that_cannot_be_drawn_is_not_taken_for_one(GrafanaRenderer renderer, string because)
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus);
        grafana.Simulator.Renderer = renderer;

        var fault = await Assert.ThrowsAsync<ToolException>(() => grafana.Tools.RenderPanelAsync("checkout", 1, cancellationToken: Token));

        Assert.Contains(because, fault.Message, StringComparison.Ordinal);
        Assert.Contains("grafana_query_panel", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_by_somebody_else_in_between_says_to_read_again()
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus);
        grafana.Simulator.Faults.Add("POST", "/api/annotations", new LabFault.Refuses(412, "The dashboard has been changed by someone else"));

        var fault = await Assert.ThrowsAsync<ToolException>(() => grafana.Tools.CreateAnnotationAsync("x", cancellationToken: Token));

        Assert.Contains("was changed by somebody else since it was read", fault.Message, StringComparison.Ordinal);
        Assert.Single(grafana.Tap.Exchanges);
    }

    [Theory]
    [InlineData("POST", "api/v1/admin/tsdb/delete_series")]
    [InlineData("GET", "api/v1/admin/tsdb/snapshot")]
    [InlineData("POST", "-/quit")]
    [InlineData("GET", "-/reload")]
    [InlineData("PUT", "api/v1/query")]
    [InlineData("DELETE", "api/v1/query")]
    [InlineData("POST", "api/v1/write")]
    [InlineData("GET", "api/v1/../../../annotations")]
    [InlineData("GET", "api/v1/%2e%2e/query")]
    public void Nothing_that_changes_gets_through_the_proxy(string method, string path) =>
        Assert.Throws<ToolException>(() => ProxyPath.For(new HttpMethod(method), GrafanaUid.TryParse("prometheus")!, path));

    [Fact]
    public async Task What_the_data_source_itself_refuses_is_told_in_its_own_words()
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus);

        var fault = await Assert.ThrowsAsync<ToolException>(() => grafana.Api.ProxyAsync(ProxyPath.For(HttpMethod.Post, GrafanaUid.TryParse("prometheus")!, "api/v1/query"), [new("query", "not promql(")], Token));

        Assert.Contains("does not answer that (bad_data)", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
    }

    [Fact]
    public async Task A_data_source_that_is_not_there_is_told()
    {
        await using var grafana = await SimulatedGrafana.StartAsync(prometheus);

        var fault = await Assert.ThrowsAsync<ToolException>(() => grafana.Api.ProxyAsync(ProxyPath.For(HttpMethod.Get, GrafanaUid.TryParse("nobody")!, "api/v1/labels"), [], Token));

        Assert.Contains("finds nothing for the data source with uid nobody", fault.Message, StringComparison.Ordinal);
    }
}
