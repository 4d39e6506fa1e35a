using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Prometheus;

/// <summary>What Prometheus watches, and how that is going.</summary>
internal sealed partial class PrometheusTools
{
    [SreTool("prometheus_list_alerts", ToolEffect.Read)]
    [Description("Lists alerts pending or firing now, as Prometheus evaluates them. Whether they notify anybody (silences) is alertmanager_list_alerts.")]
    public async Task<ToolResult> ListAlertsAsync(
        AlertState state = AlertState.Any,
        [Description("In alert name or a label value")] string? contains = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await api.AlertsAsync(cancellationToken);
        var all = answer.Data.Alerts ?? [];
        var most = Limit(limit);
        AlertView[] matching =
        [
            .. all.Where(alert => (state == AlertState.Any || Is(alert.State, state)) && Contains(contains, alert.Labels?.Values))
                .OrderBy(alert => alert.State, StringComparer.Ordinal).ThenByDescending(alert => alert.ActiveAt)
                .Select(AlertView.Of),
        ];
        var evidence = Health("alerts", $"state={Lower(state)} contains={contains ?? "*"}", [.. More(matching.Length, most, "alerts"), .. answer.Remarks]);
        return matching.Length > 0
            ? new ToolResult.Found(
                new AlertsResult(all.Count(alert => Is(alert.State, AlertState.Firing)), all.Count(alert => Is(alert.State, AlertState.Pending)), [.. matching.Take(most)]), evidence)
            : new ToolResult.NoData(
                $"{all.Count} pending or firing alerts",
                [all.Count > 0 ? "None of them has this state and text." : "Nothing is pending or firing. That holds only if the rules are healthy: see prometheus_list_rules."],
                evidence);
    }

    [SreTool("prometheus_list_rules", ToolEffect.Read)]
    [Description("Lists alerting and recording rules with expression, health and state; broken ones first. For what fires now use prometheus_list_alerts.")]
    public async Task<ToolResult> ListRulesAsync(
        RuleKind kind = RuleKind.Any,
        [Description("In name, group or expression")] string? contains = null,
        [Description("Only rules that fail to evaluate")] bool unhealthy = false,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await api.RulesAsync(cancellationToken);
        (string Group, Rule Rule)[] all = [.. (answer.Data.Groups ?? []).SelectMany(group => (group.Rules ?? []).Select(rule => (group.Name ?? "", rule)))];
        var most = Limit(limit);
        RuleView[] matching =
        [
            .. all.Where(pair => (kind == RuleKind.Any || Is(pair.Rule.Type, kind)) && (!unhealthy || pair.Rule.Health == "err")
                    && Contains(contains, [pair.Group, pair.Rule.Name ?? "", pair.Rule.Query ?? ""]))
                .OrderBy(pair => pair.Rule.Health == "err" ? 0 : 1)
                .Select(pair => RuleView.Of(pair.Group, pair.Rule)),
        ];
        var evidence = Health("rules", $"kind={Lower(kind)} contains={contains ?? "*"}{(unhealthy ? " unhealthy" : "")}", [.. More(matching.Length, most, "rules"), .. answer.Remarks]);
        return matching.Length > 0
            ? new ToolResult.Found(new RulesResult(all.Length, all.Count(pair => pair.Rule.Health == "err"), [.. matching.Take(most)]), evidence)
            : new ToolResult.NoData($"{all.Length} rules", [all.Length == 0 ? "No rules are loaded." : "None of the rules loaded is like that."], evidence);
    }

    [SreTool("prometheus_list_targets", ToolEffect.Read)]
    [Description("Lists what Prometheus scrapes, counted by job; down targets first, with the scrape error. For history of a target query the metric up.")]
    public async Task<ToolResult> ListTargetsAsync(
        [Description("In address or a label value")] string? contains = null,
        [Description("Only targets that are not up")] bool down = false,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await api.TargetsAsync(cancellationToken);
        var all = answer.Data.ActiveTargets ?? [];
        var most = Limit(limit);
        Target[] matching =
        [
            .. all.Where(target => (!down || target.Health != "up") && Contains(contains, [target.ScrapeUrl ?? "", .. target.Labels?.Values.AsEnumerable() ?? []]))
                .OrderBy(target => target.Health == "up" ? 1 : 0).ThenBy(target => target.ScrapePool, StringComparer.Ordinal),
        ];
        var evidence = Health("targets", $"contains={contains ?? "*"}{(down ? " not up" : "")}", [.. More(matching.Length, most, "targets"), .. answer.Remarks]);
        return matching.Length > 0
            ? new ToolResult.Found(new TargetsResult(JobHealth.Of(matching), [.. matching.Take(most).Select(TargetView.Of)]), evidence)
            : new ToolResult.NoData($"{all.Count} active targets{(down ? ", none of them down" : "")}", [all.Count == 0 ? "Nothing is configured to be scraped." : down ? "All of them answer their scrapes." : "None of them is like that."], evidence);
    }

    private Evidence Health(string page, string asked, IReadOnlyList<string> notes) =>
        new(Source, $"{page} {asked}") { Link = _links.Page(page), Notes = [$"As of {clock.GetUtcNow():u}.", .. notes] };

    private static bool Contains(string? text, IEnumerable<string>? places) =>
        text is null || (places ?? []).Any(place => place.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static bool Is<T>(string? text, T wanted)
        where T : struct, Enum => string.Equals(text, wanted.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

internal enum AlertState
{
    Any = 0,
    Firing,
    Pending,
}

internal enum RuleKind
{
    Any = 0,
    Alerting,
    Recording,
}
