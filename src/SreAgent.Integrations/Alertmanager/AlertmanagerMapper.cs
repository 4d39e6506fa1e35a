using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>An alert as Alertmanager holds it.</summary>
/// <param name="State">active (notifies), suppressed (silenced, inhibited or muted), or unprocessed.</param>
internal sealed record HeldAlert(
    string Name, string State, DateTimeOffset Since, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Receivers)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Summary { get; init; }

    /// <summary>Ids of silences.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? SilencedBy { get; init; }

    /// <summary>Fingerprints of alerts that inhibit this one, or names of time intervals that mute it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? InhibitedBy { get; init; }
}

internal sealed record SilenceView(
    string Id, string State, IReadOnlyList<string> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string CreatedBy, string Comment);

/// <summary>What alertmanager_list_alerts answers with; the counts are of all alerts that match.</summary>
internal sealed record HeldAlertsResult(int Active, int Suppressed, IReadOnlyList<HeldAlert> Alerts);

/// <summary>What alertmanager_create_silence answers with.</summary>
internal sealed record SilenceResult(string Id, IReadOnlyList<string> Matchers, DateTimeOffset EndsAt);

/// <summary>From Alertmanager's words to ours.</summary>
internal static class AlertmanagerMapper
{
    public static HeldAlert Alert(GettableAlert alert) => new(
        NameOf(alert), alert.Status?.State ?? "unprocessed", alert.StartsAt,
        alert.Labels.Where(label => label.Key != "alertname").ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal),
        [.. (alert.Receivers ?? []).Select(receiver => receiver.Name)])
    {
        Summary = alert.Annotations?.GetValueOrDefault("summary") ?? alert.Annotations?.GetValueOrDefault("description"),
        SilencedBy = NotEmpty(alert.Status?.SilencedBy),
        InhibitedBy = NotEmpty([.. alert.Status?.InhibitedBy ?? [], .. alert.Status?.MutedBy ?? []]),
    };

    public static SilenceView Silence(GettableSilence silence) => new(
        silence.Id, silence.Status.State, Matchers(silence), silence.StartsAt, silence.EndsAt, silence.CreatedBy ?? "", silence.Comment ?? "");

    /// <summary>In a fixed order.</summary>
    public static IReadOnlyList<string> Matchers(GettableSilence silence) =>
        [.. silence.Matchers.Select(matcher => AlertMatcher.From(matcher).ToString()).Order(StringComparer.Ordinal)];

    public static string NameOf(GettableAlert alert) => alert.Labels.GetValueOrDefault("alertname", "(no alertname)");

    private static List<string>? NotEmpty(List<string>? list) => list is { Count: > 0 } ? list : null;
}
