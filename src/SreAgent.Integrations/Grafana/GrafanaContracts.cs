using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Grafana;

/// <param name="Database">ok, or failing.</param>
/// <param name="Version">Absent where Grafana hides it from strangers.</param>
internal sealed record GrafanaHealth(string? Database, string? Version);

/// <param name="Url">Path below Grafana's own address.</param>
internal sealed record DashboardHit(string? Uid, string? Title, string? Url, string? FolderTitle, List<string>? Tags);

internal sealed record DashboardAnswer(JsonElement Dashboard, DashboardMeta? Meta);

internal sealed record DashboardMeta(string? FolderTitle, DateTimeOffset? Updated, string? UpdatedBy, int? Version, bool? Provisioned);

internal sealed record DataSource(string? Uid, string? Name, string? Type, bool IsDefault, DataSourceSettings? JsonData);

/// <param name="TimeInterval">How often it scrapes, as configured in Grafana: <c>15s</c>.</param>
internal sealed record DataSourceSettings(string? TimeInterval);

/// <summary>A Prometheus-type answer through the proxy. Samples are read by <see cref="ProxiedSeries"/>.</summary>
internal sealed record ProxiedAnswer(string? Status, ProxiedData? Data, string? ErrorType, string? Error, List<string>? Warnings);

internal sealed record ProxiedData(string? ResultType, JsonElement Result);

/// <param name="Time">Epoch milliseconds.</param>
/// <param name="TimeEnd">The same as <paramref name="Time"/>, or 0, when it is no region.</param>
/// <param name="AlertName">Of those the alerting wrote.</param>
internal sealed record Annotation(
    long Id,
    [property: JsonPropertyName("dashboardUID")] string? DashboardUid,
    long? PanelId,
    long Time,
    long? TimeEnd,
    string? Text,
    List<string>? Tags,
    string? Login,
    string? AlertName,
    string? NewState);

/// <param name="DashboardUid">Absent means for the whole organisation.</param>
/// <param name="TimeEnd">Given for a region.</param>
internal sealed record NewAnnotation(
    [property: JsonPropertyName("dashboardUID")] string? DashboardUid, int? PanelId, long Time, long? TimeEnd, IReadOnlyList<string> Tags, string Text);

internal sealed record AnnotationUpdate(long TimeEnd, string Text, IReadOnlyList<string> Tags);

internal sealed record AnnotationCreated(long? Id);

internal sealed record AlertRulesAnswer(AlertRuleGroups? Data);

internal sealed record AlertRuleGroups(List<AlertRuleGroup>? Groups);

/// <param name="File">The folder's title.</param>
internal sealed record AlertRuleGroup(string? Name, string? File, List<AlertRule>? Rules);

/// <param name="State">inactive, pending or firing; newer versions add others.</param>
/// <param name="Health">ok, nodata, error or unknown.</param>
/// <param name="Duration">Seconds it must hold.</param>
/// <param name="Uid">Since Grafana 11 or so.</param>
internal sealed record AlertRule(
    string? Uid,
    string? Name,
    string? State,
    string? Health,
    string? LastError,
    double? Duration,
    Dictionary<string, string>? Labels,
    Dictionary<string, string>? Annotations,
    List<AlertInstance>? Alerts);

/// <param name="State">Such as Normal, Alerting, Pending, or <c>Normal (NoData)</c>.</param>
internal sealed record AlertInstance(Dictionary<string, string>? Labels, string? State, DateTimeOffset? ActiveAt);

internal sealed record AlertSilence(
    string? Id, AlertSilenceStatus? Status, List<AlertSilenceMatcher>? Matchers, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? CreatedBy, string? Comment);

internal sealed record AlertSilenceStatus(string? State);

internal sealed record AlertSilenceMatcher(string Name, string Value, bool IsRegex, bool IsEqual = true);

/// <summary>How Grafana refuses (<c>message</c>, and what else it cares to say), and how a Prometheus behind its proxy does (<c>error</c>).</summary>
internal sealed record GrafanaRefusal(
    JsonElement Message, JsonElement Status, JsonElement MessageId, [property: JsonPropertyName("traceID")] JsonElement TraceId, JsonElement ErrorType, JsonElement Error);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GrafanaHealth))]
[JsonSerializable(typeof(List<DashboardHit>))]
[JsonSerializable(typeof(DashboardAnswer))]
[JsonSerializable(typeof(List<DataSource>))]
[JsonSerializable(typeof(ProxiedAnswer))]
[JsonSerializable(typeof(List<Annotation>))]
[JsonSerializable(typeof(NewAnnotation))]
[JsonSerializable(typeof(AnnotationUpdate))]
[JsonSerializable(typeof(AnnotationCreated))]
[JsonSerializable(typeof(AlertRulesAnswer))]
[JsonSerializable(typeof(List<AlertSilence>))]
[JsonSerializable(typeof(GrafanaRefusal))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class GrafanaJson : JsonSerializerContext;
