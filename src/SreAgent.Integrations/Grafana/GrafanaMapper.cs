using SreAgent.Core.Time;

namespace SreAgent.Integrations.Grafana;

/// <summary>From Grafana's words to ours.</summary>
internal static class GrafanaMapper
{
    private const int LongestText = 500;
    private const int MostInstances = 10;

    private static readonly TimeSpan AroundMark = TimeSpan.FromMinutes(30);
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    public static DashboardFound Hit(DashboardHit hit, GrafanaLinks links) => new(
        hit.Uid ?? "", hit.Title ?? "", hit.FolderTitle, NotEmpty(hit.Tags), GrafanaUid.TryParse(hit.Uid) is { } uid ? links.Dashboard(uid) : null);

    public static DashboardSummary Summary(GrafanaUid uid, DashboardAnswer answer)
    {
        var dashboard = Dashboard.From(answer.Dashboard);
        return new DashboardSummary(
            uid.Value,
            dashboard.Title,
            answer.Meta?.FolderTitle,
            NotEmpty(dashboard.Tags),
            answer.Meta?.Version,
            answer.Meta?.Updated,
            answer.Meta?.UpdatedBy,
            [.. dashboard.Variables.Select(variable => new VariableSummary(variable.Name, variable.Type, string.Join(", ", variable.Values.Select(value => value == DashboardVariable.All ? "All" : value))))],
            [.. dashboard.Panels.Select(panel => new PanelSummary(panel.Id, panel.Title, panel.Type, panel.Targets.Count, panel.Row, panel.Description is { Length: > 0 } text ? Cut(text) : null))]);
    }

    public static Mark Mark(Annotation annotation, GrafanaLinks links)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(annotation.Time);
        DateTimeOffset? until = annotation.TimeEnd > annotation.Time ? DateTimeOffset.FromUnixTimeMilliseconds(annotation.TimeEnd.Value) : null;
        var on = GrafanaUid.TryParse(annotation.DashboardUid);
        var alert = annotation.AlertName is { Length: > 0 } name ? $"Alert {name} became {annotation.NewState}. " : "";
        return new Mark(
            annotation.Id,
            at,
            until,
            Cut(alert + annotation.Text),
            NotEmpty(annotation.Tags),
            annotation.Login is { Length: > 0 } login ? login : null,
            on?.Value,
            annotation.PanelId is > 0 ? annotation.PanelId : null,
            on is null ? null : links.Dashboard(on, new TimeRange(at - AroundMark, (until ?? at) + AroundMark)));
    }

    public static AlertRuleView Rule(AlertRuleGroup group, AlertRule rule, GrafanaLinks links) =>
        new(rule.Name ?? "", group.File ?? "", group.Name ?? "", rule.State ?? "unknown", rule.Health ?? "unknown", rule.Labels ?? None)
        {
            For = rule.Duration is > 0 ? TimeExpression.Format(TimeSpan.FromSeconds(rule.Duration.Value)) : null,
            Summary = rule.Annotations?.GetValueOrDefault("summary") is { Length: > 0 } summary ? Cut(summary) : null,
            LastError = rule.LastError is { Length: > 0 } error ? Cut(error) : null,
            Active = NotEmpty<AlertInstanceView>(
            [
                .. (rule.Alerts ?? []).Where(instance => instance.State is { } state && !state.StartsWith("Normal", StringComparison.OrdinalIgnoreCase))
                    .Take(MostInstances).Select(instance => new AlertInstanceView(instance.State!, instance.ActiveAt, instance.Labels)),
            ]),
            Link = GrafanaUid.TryParse(rule.Uid) is { } uid ? links.AlertRule(uid) : null,
        };

    public static AlertSilenceView Silence(AlertSilence silence) => new(
        silence.Id ?? "",
        silence.Status?.State ?? "unknown",
        [.. (silence.Matchers ?? []).Select(matcher => $"{matcher.Name}{(matcher.IsEqual ? "=" : "!")}{(matcher.IsRegex ? "~" : matcher.IsEqual ? "" : "=")}\"{matcher.Value}\"")],
        silence.StartsAt,
        silence.EndsAt,
        silence.CreatedBy ?? "",
        silence.Comment ?? "");

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private static IReadOnlyList<T>? NotEmpty<T>(IReadOnlyList<T>? list) => list is { Count: > 0 } ? list : null;
}
