using System.Net;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>What settings make of it, what it lists, and how it says that it is well.</summary>
public class GrafanaRegistrationTests(ITestOutputHelper output)
{
    private const int TokenBudget = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_settings_it_is_disabled_says_so_and_records_nothing()
    {
        using var wired = GrafanaWired.With(network: null, now: null);

        Assert.Equal("Integrations:Grafana is not configured; set Integrations:Grafana:BaseUrl to enable it.", wired.Integration.DisabledBecause);
        Assert.Empty(wired.Toolsets);
        Assert.Empty(wired.Recorders);
        Assert.Empty(wired.Problems);
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_by_its_path()
    {
        using var wired = GrafanaWired.With(
            network: null, now: null, ("BaseUrl", "grafana"), ("OrganizationId", "main"), ("RenderTimeoutSeconds", "1"), ("ImageFolder", typeof(GrafanaRegistrationTests).Assembly.Location), ("ApiKey", "x"));

        string[] paths = ["BaseUrl must be", "OrganizationId must be", "RenderTimeoutSeconds must be", "ImageFolder names", "ApiKey is not a setting"];
        Assert.All(paths, path => Assert.Contains(wired.Problems, problem => problem.StartsWith("Integrations:Grafana:" + path, StringComparison.Ordinal)));
        Assert.Equal(paths.Length, wired.Problems.Count);
        Assert.Empty(wired.Recorders);
    }

    [Fact]
    public void The_tools_and_their_effects_are_these()
    {
        using var wired = GrafanaWired.Over(new StubHandler(), null, ("Environment", "production"));

        var tools = wired.Toolsets.SelectMany(ToolFactory.From).ToArray();

        Assert.Equal(["grafana_create_annotation"], tools.Where(tool => tool.Effect == ToolEffect.Write).Select(tool => tool.Name));
        Assert.Equal(
            ["grafana_get_dashboard", "grafana_list_alert_rules", "grafana_list_annotations", "grafana_list_silences", "grafana_query_panel", "grafana_render_panel", "grafana_search_dashboards"],
            tools.Where(tool => tool.Effect == ToolEffect.Read).Select(tool => tool.Name));
        Assert.Equal(8, tools.Length);
        Assert.All(tools, tool => Assert.Equal(("grafana", "production"), (tool.Toolset, tool.Environment)));
    }

    [Fact]
    public void Listing_them_keeps_to_its_budget()
    {
        using var wired = GrafanaWired.Over(new StubHandler());

        var tokens = wired.Toolsets.SelectMany(ToolFactory.From)
            .Sum(tool => (Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { tool.Name, tool.Description, tool.InputSchema }, JsonSerializerOptions.Web)) + 3) / 4);

        output.WriteLine($"the Grafana tools cost about {tokens} tokens of the {TokenBudget} agreed");
        Assert.InRange(tokens, 1, TokenBudget);
    }

    [Fact]
    public async Task The_probe_proves_address_version_and_token()
    {
        var stub = new StubHandler()
            .On(HttpMethod.Get, "/g/api/health", Json("""{"database":"ok","version":"11.2.0","commit":"abc"}"""))
            .On(HttpMethod.Get, "/g/api/search", Json("[]"), Json("""{"message":"Invalid API key"}""", HttpStatusCode.Unauthorized));
        using var wired = GrafanaWired.Over(stub);

        var well = await wired.Integration.ProbeAsync(Token);
        var unknown = await wired.Integration.ProbeAsync(Token);

        Assert.Equal((true, "Grafana 11.2.0 at http://grafana.test/g."), (well.Ok, well.Detail));
        Assert.False(unknown.Ok);
        Assert.Contains("Check Integrations:Grafana:Token", unknown.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_database_is_not_called_well()
    {
        using var wired = GrafanaWired.Over(new StubHandler().On(HttpMethod.Get, "/g/api/health", Json("""{"database":"failing","version":"11.2.0"}""")));

        var probe = await wired.Integration.ProbeAsync(Token);

        Assert.Equal((false, "Grafana answers, but says of its database: failing. Its own log says more."), (probe.Ok, probe.Detail));
    }

    [Fact]
    public void Its_token_is_known_as_a_secret_and_its_organisation_is_not()
    {
        using var wired = GrafanaWired.Over(new StubHandler(), null, ("OrganizationId", "1"));

        Assert.Equal(["glsa_unit"], Assert.IsAssignableFrom<ISecretSource>(wired.Integration).Secrets);
    }
}
