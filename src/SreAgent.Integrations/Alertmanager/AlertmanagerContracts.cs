using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Alertmanager;

internal sealed record AlertmanagerStatus(VersionInfo? VersionInfo);

internal sealed record VersionInfo(string? Version);

/// <param name="Fingerprint">Stable for the same labels.</param>
internal sealed record GettableAlert(
    Dictionary<string, string> Labels,
    Dictionary<string, string>? Annotations,
    string? Fingerprint,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    AlertStatus? Status,
    List<Receiver>? Receivers);

/// <param name="State">unprocessed, active or suppressed.</param>
/// <param name="MutedBy">By time intervals; older servers do not say.</param>
internal sealed record AlertStatus(string? State, List<string>? SilencedBy, List<string>? InhibitedBy, List<string>? MutedBy);

internal sealed record Receiver(string Name);

/// <param name="Status">Its state is active, pending or expired.</param>
internal sealed record GettableSilence(
    string Id,
    SilenceStatus Status,
    DateTimeOffset UpdatedAt,
    List<ApiMatcher> Matchers,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string? CreatedBy,
    string? Comment)
{
    [JsonIgnore]
    public bool IsExpired => Status.State == "expired";
}

internal sealed record SilenceStatus(string State);

internal sealed record PostableSilence(
    IReadOnlyList<ApiMatcher> Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string CreatedBy, string Comment);

/// <param name="IsEqual">Absent in very old answers, where it means true.</param>
internal sealed record ApiMatcher(string Name, string Value, bool IsRegex, bool IsEqual = true);

internal sealed record SilenceCreated([property: JsonPropertyName("silenceID")] string? SilenceId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AlertmanagerStatus))]
[JsonSerializable(typeof(List<GettableAlert>))]
[JsonSerializable(typeof(List<GettableSilence>))]
[JsonSerializable(typeof(GettableSilence))]
[JsonSerializable(typeof(PostableSilence))]
[JsonSerializable(typeof(SilenceCreated))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AlertmanagerJson : JsonSerializerContext;
