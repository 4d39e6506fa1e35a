using System.Text.Json;

namespace SreAgent.Integrations.Grafana;

/// <summary>A dashboard as a search shows it.</summary>
internal sealed record DashboardFound(string Uid, string Title, string? Folder, IReadOnlyList<string>? Tags, Uri? Link);

/// <summary>What grafana_get_dashboard answers with, at its cheapest.</summary>
internal sealed record DashboardSummary(
    string Uid,
    string Title,
    string? Folder,
    IReadOnlyList<string>? Tags,
    int? Version,
    DateTimeOffset? Updated,
    string? UpdatedBy,
    IReadOnlyList<VariableSummary> Variables,
    IReadOnlyList<PanelSummary> Panels);

/// <param name="Value">As saved; several are joined by commas.</param>
internal sealed record VariableSummary(string Name, string Type, string Value);

/// <param name="Queries">How many it asks.</param>
internal sealed record PanelSummary(int Id, string Title, string Type, int Queries, string? Row, string? Description);

/// <summary>One value out of a dashboard.</summary>
internal sealed record DashboardValue(string Path, JsonElement Value);

/// <summary>An annotation.</summary>
/// <param name="Until">Given when it is a span.</param>
/// <param name="Dashboard">Absent when it stands on all of them.</param>
internal sealed record Mark(long Id, DateTimeOffset At, DateTimeOffset? Until, string Text, IReadOnlyList<string>? Tags, string? By, string? Dashboard, long? Panel, Uri? Link);

/// <summary>What grafana_list_alert_rules answers with; the counts are of all rules.</summary>
internal sealed record AlertRulesResult(int Firing, int Pending, int Total, IReadOnlyList<AlertRuleView> Rules);

/// <param name="For">How long it must hold before it fires.</param>
/// <param name="Active">Its instances that are not normal.</param>
internal sealed record AlertRuleView(string Name, string Folder, string Group, string State, string Health, IReadOnlyDictionary<string, string> Labels)
{
    public string? For { get; init; }

    public string? Summary { get; init; }

    public string? LastError { get; init; }

    public IReadOnlyList<AlertInstanceView>? Active { get; init; }

    public Uri? Link { get; init; }
}

internal sealed record AlertInstanceView(string State, DateTimeOffset? Since, IReadOnlyDictionary<string, string>? Labels);

internal sealed record AlertSilenceView(
    string Id, string State, IReadOnlyList<string> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string CreatedBy, string Comment);
