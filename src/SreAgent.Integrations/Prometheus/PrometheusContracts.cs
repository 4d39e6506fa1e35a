using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Prometheus;

/// <summary>What was asked for, and what the server remarked on the way.</summary>
internal sealed record PrometheusAnswer<T>(T Data, IReadOnlyList<string> Remarks);

/// <summary>The envelope every endpoint answers with. <c>infos</c> exists since 2.5x; data may be there next to an error.</summary>
internal sealed record Envelope<T>(string? Status, T? Data, string? ErrorType, string? Error, List<string>? Warnings, List<string>? Infos);

internal sealed record MetricMetadata(string? Type, string? Help, string? Unit);

internal sealed record AlertList(List<ActiveAlert>? Alerts);

/// <param name="State">pending or firing.</param>
/// <param name="Value">The expression's value as text.</param>
internal sealed record ActiveAlert(
    Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations, string? State, DateTimeOffset? ActiveAt, string? Value);

internal sealed record RuleGroupList(List<RuleGroup>? Groups);

internal sealed record RuleGroup(string? Name, string? File, double Interval, List<Rule>? Rules);

/// <param name="Type">alerting or recording.</param>
/// <param name="Health">ok, err or unknown.</param>
/// <param name="State">Of an alerting rule: inactive, pending or firing.</param>
/// <param name="Duration">Seconds the expression must hold before it fires.</param>
internal sealed record Rule(
    string? Type,
    string? Name,
    string? Query,
    string? Health,
    string? LastError,
    string? State,
    double? Duration,
    Dictionary<string, string>? Labels,
    Dictionary<string, string>? Annotations,
    List<ActiveAlert>? Alerts,
    double? EvaluationTime,
    DateTimeOffset? LastEvaluation);

internal sealed record TargetList(List<Target>? ActiveTargets);

/// <param name="Health">up, down or unknown.</param>
internal sealed record Target(
    Dictionary<string, string>? Labels,
    string? ScrapePool,
    string? ScrapeUrl,
    string? Health,
    string? LastError,
    DateTimeOffset? LastScrape,
    double LastScrapeDuration,
    string? ScrapeInterval);

internal sealed record BuildInfo(string? Version);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Envelope<List<Dictionary<string, string>>>))]
[JsonSerializable(typeof(Envelope<List<string>>))]
[JsonSerializable(typeof(Envelope<Dictionary<string, List<MetricMetadata>>>))]
[JsonSerializable(typeof(Envelope<AlertList>))]
[JsonSerializable(typeof(Envelope<RuleGroupList>))]
[JsonSerializable(typeof(Envelope<TargetList>))]
[JsonSerializable(typeof(Envelope<BuildInfo>))]
[JsonSerializable(typeof(Envelope<JsonElement>))]
internal sealed partial class PrometheusJson : JsonSerializerContext;
