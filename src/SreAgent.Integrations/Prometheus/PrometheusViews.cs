using System.Globalization;
using System.Text.Json.Serialization;
using SreAgent.Core.Time;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Prometheus;

/// <summary>What prometheus_list_alerts answers with; the counts are of all alerts.</summary>
internal sealed record AlertsResult(int Firing, int Pending, IReadOnlyList<AlertView> Alerts);

internal sealed record AlertView(
    string Name, string State, DateTimeOffset? Since, string Value, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    public static AlertView Of(ActiveAlert alert)
    {
        var labels = alert.Labels ?? None;
        return new AlertView(
            labels.GetValueOrDefault("alertname", ""),
            alert.State ?? "unknown",
            alert.ActiveAt,
            double.TryParse(alert.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? new Reading(value).ToString() : alert.Value ?? "",
            labels.Where(label => label.Key != "alertname").ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
            alert.Annotations ?? None);
    }
}

/// <summary>What prometheus_list_rules answers with; the counts are of all rules.</summary>
internal sealed record RulesResult(int Total, int Unhealthy, IReadOnlyList<RuleView> Rules);

internal sealed record RuleView(string Name, string Group, string Kind, string Expression, string Health)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    /// <summary>inactive, pending or firing; of an alerting rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>How long it must hold before it fires.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? For { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ActiveAlerts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public static RuleView Of(string group, Rule rule) => new(rule.Name ?? "", group, rule.Type ?? "", rule.Query ?? "", rule.Health ?? "unknown")
    {
        LastError = string.IsNullOrEmpty(rule.LastError) ? null : rule.LastError,
        State = rule.State,
        For = rule.Duration is { } seconds and > 0 ? TimeExpression.Format(TimeSpan.FromSeconds(seconds)) : null,
        ActiveAlerts = rule.Alerts?.Count ?? 0,
        Labels = rule.Labels is { Count: > 0 } ? rule.Labels : null,
        Annotations = rule.Annotations is { Count: > 0 } ? rule.Annotations : null,
    };
}

/// <summary>What prometheus_list_targets answers with; the jobs count every target that matches.</summary>
internal sealed record TargetsResult(IReadOnlyList<JobHealth> Jobs, IReadOnlyList<TargetView> Targets);

internal sealed record JobHealth(string Job, int Up, int Down)
{
    public static IReadOnlyList<JobHealth> Of(IEnumerable<Target> targets) =>
    [
        .. targets.GroupBy(target => target.ScrapePool ?? "", StringComparer.Ordinal)
            .Select(job => new JobHealth(job.Key, job.Count(target => target.Health == "up"), job.Count(target => target.Health != "up")))
            .OrderByDescending(job => job.Down).ThenBy(job => job.Job, StringComparer.Ordinal),
    ];
}

internal sealed record TargetView(string Address, string Health, IReadOnlyDictionary<string, string> Labels, DateTimeOffset? LastScrape, string ScrapeTook)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    public static TargetView Of(Target target) => new(
        Uri.TryCreate(target.ScrapeUrl, UriKind.Absolute, out var address) ? PlainAddress.Show(address) : target.ScrapeUrl ?? "",
        target.Health ?? "unknown",
        target.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal),
        target.LastScrape,
        TimeExpression.Format(TimeSpan.FromSeconds(target.LastScrapeDuration)))
    {
        LastError = string.IsNullOrEmpty(target.LastError) ? null : target.LastError,
    };
}
