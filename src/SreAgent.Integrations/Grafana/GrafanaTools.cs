using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>What a conversation can ask of Grafana, and the one mark it can leave there.</summary>
internal sealed partial class GrafanaTools(IGrafanaApi api, GrafanaOptions options, TimeProvider clock) : IToolset
{
    private const string Source = "grafana";
    private const int DefaultLimit = 50;
    private const int MostShown = 500;

    private readonly GrafanaLinks _links = new(
        (options.Connection ?? throw new ArgumentException("Grafana is disabled.", nameof(options))).PublicUrl, options.OrganizationId);

    public string Name => Source;

    public string? Environment { get; } = options.Connection?.Environment;

    [SreTool("grafana_search_dashboards", ToolEffect.Read)]
    [Description("Finds dashboards by words of the title, or tags.")]
    public async Task<ToolResult> SearchDashboardsAsync(string? query = null, string[]? tags = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var most = Most(limit);
        var found = await api.SearchAsync(new DashboardSearch(query, tags ?? [], most + 1), cancellationToken);
        var asked = string.Join(' ', [query ?? "any title", .. (tags ?? []).Select(tag => $"tag:{tag}")]);
        var evidence = new Evidence(Source, asked)
        {
            Link = _links.Search(query),
            Notes = [.. found.Count > most ? [$"{most} dashboards shown; more exist. Narrow the words or raise limit."] : Array.Empty<string>()],
        };
        return found.Count > 0
            ? new ToolResult.Found(found.Take(most).Select(hit => GrafanaMapper.Hit(hit, _links)).ToArray(), evidence)
            : new ToolResult.NoData(asked, ["No dashboard has all these words and tags; try fewer.", "The token's service account sees only folders it was given."], evidence);
    }

    [SreTool("grafana_get_dashboard", ToolEffect.Read)]
    [Description("Reads a dashboard. Take summary (panels, variables) first, then property for one value; full is large. For data use grafana_query_panel.")]
    public async Task<ToolResult> GetDashboardAsync(
        [Description("Or address")] string uid,
        DashboardDetail detail = DashboardDetail.Summary,
        [Description("Of the property: panels[0].targets")] string? path = null,
        CancellationToken cancellationToken = default)
    {
        if (path is null && detail == DashboardDetail.Property)
        {
            throw new ToolException("detail property needs a path, such as panels[0].targets[0].expr or templating.list[*].name.");
        }

        var id = GrafanaUid.ParseDashboard(uid);
        var answer = await api.DashboardAsync(id, cancellationToken);

        // A path says what is meant, whatever the detail says.
        object data = path is not null ? new DashboardValue(path, DashboardProperty.Read(answer.Dashboard, path))
            : detail == DashboardDetail.Full ? answer.Dashboard
            : GrafanaMapper.Summary(id, answer);
        return new ToolResult.Found(data, new Evidence(Source, $"dashboard {id}{(path is null ? "" : $" {path}")}") { Link = _links.Dashboard(id) });
    }

    private static int Most(int? limit) => Math.Clamp(limit ?? DefaultLimit, 1, MostShown);

    private async Task<(Dashboard Dashboard, Panel Panel)> ReadPanelAsync(GrafanaUid uid, int id, CancellationToken cancellationToken)
    {
        var dashboard = Dashboard.From((await api.DashboardAsync(uid, cancellationToken)).Dashboard);
        var panel = dashboard.Panels.FirstOrDefault(panel => panel.Id == id);
        return panel is not null
            ? (dashboard, panel)
            : throw new ToolException($"Dashboard {uid} ({dashboard.Title}) has no panel {id}; it has {string.Join(", ", dashboard.Panels.Take(DefaultLimit).Select(one => $"{one.Id} ({one.Title})"))}.");
    }
}

internal enum DashboardDetail
{
    Summary = 0,
    Property,
    Full,
}
