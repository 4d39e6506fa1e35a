using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Grafana's own alerting, apart from any Prometheus and Alertmanager.</summary>
internal sealed partial class GrafanaTools
{
    [SreTool("grafana_list_alert_rules", ToolEffect.Read)]
    [Description("Lists Grafana-managed alert rules and their state. For Prometheus' own use prometheus_list_alerts.")]
    public async Task<ToolResult> ListAlertRulesAsync(
        AlertRuleState state = AlertRuleState.Any,
        [Description("In name, folder or label")] string? contains = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var groups = (await api.AlertRulesAsync(cancellationToken)).Groups ?? [];
        AlertRuleView[] all = [.. groups.SelectMany(group => (group.Rules ?? []).Select(rule => GrafanaMapper.Rule(group, rule, _links)))];
        AlertRuleView[] found =
        [
            .. all.Where(rule => state == AlertRuleState.Any || rule.State.Equals(state.ToString(), StringComparison.OrdinalIgnoreCase))
                .Where(rule => contains is null || Words(rule).Any(word => word.Contains(contains, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(rule => rule.State switch { "firing" => 0, "pending" => 1, _ => 2 }).ThenBy(rule => rule.Name, StringComparer.Ordinal),
        ];
        var evidence = Listing($"{(state == AlertRuleState.Any ? "" : $"{state} ".ToLowerInvariant())}alert rules{Containing(contains)}", _links.AlertRules(contains), found.Length, Most(limit));
        return found.Length > 0
            ? new ToolResult.Found(new AlertRulesResult(Count(all, "firing"), Count(all, "pending"), all.Length, [.. found.Take(Most(limit))]), evidence)
            : new ToolResult.NoData(evidence.Query, [all.Length == 0 ? "Grafana manages no alert rules the token may see." : $"{all.Length} rules exist: {Count(all, "firing")} firing, {Count(all, "pending")} pending."], evidence);
    }

    [SreTool("grafana_list_silences", ToolEffect.Read)]
    [Description("Lists silences of Grafana's own Alertmanager.")]
    public async Task<ToolResult> ListSilencesAsync(
        [Description("Also ended ones")] bool expired = false,
        string? contains = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        AlertSilenceView[] all = [.. (await api.SilencesAsync(cancellationToken)).Select(GrafanaMapper.Silence)];
        AlertSilenceView[] found =
        [
            .. all.Where(silence => expired || silence.State != "expired")
                .Where(silence => contains is null || Words(silence).Any(word => word.Contains(contains, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(silence => silence.State, StringComparer.Ordinal).ThenBy(silence => silence.EndsAt),
        ];
        var evidence = Listing($"{(expired ? "all silences" : "silences that have not ended")}{Containing(contains)}", _links.Silences(), found.Length, Most(limit));
        return found.Length > 0
            ? new ToolResult.Found(found.Take(Most(limit)).ToArray(), evidence)
            : new ToolResult.NoData(evidence.Query, [$"{all.Count(silence => silence.State != "expired")} silences are in force or to come, {all.Count(silence => silence.State == "expired")} have ended."], evidence);
    }

    private Evidence Listing(string asked, Uri link, int found, int most) => new(Source, asked)
    {
        Link = link,
        Notes = [$"As of {clock.GetUtcNow():u}.", .. found > most ? [$"{most} of {found} shown. Narrow the question or raise limit."] : Array.Empty<string>()],
    };

    private static string Containing(string? text) => text is null ? "" : $" with '{text}'";

    private static int Count(IEnumerable<AlertRuleView> rules, string state) => rules.Count(rule => rule.State == state);

    private static IEnumerable<string> Words(AlertRuleView rule) => [rule.Name, rule.Folder, rule.Group, .. rule.Labels.Select(label => $"{label.Key}={label.Value}")];

    private static IEnumerable<string> Words(AlertSilenceView silence) => [silence.Id, silence.CreatedBy, silence.Comment, .. silence.Matchers];
}

internal enum AlertRuleState
{
    Any = 0,
    Firing,
    Pending,
    Inactive,
}
