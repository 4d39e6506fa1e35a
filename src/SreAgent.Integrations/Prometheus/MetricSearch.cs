using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Prometheus;

/// <summary>One metric as a person writing PromQL needs it.</summary>
/// <param name="Name">As it is queried: of a histogram the base name.</param>
internal sealed record FoundMetric(string Name)
{
    /// <summary>counter, gauge, histogram, summary... Absent when no target says so (recording rules, pushed metrics).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Help { get; init; }
}

/// <summary>Finds metrics by words. Names come from what is stored, types and help from what targets say about themselves.</summary>
internal static class MetricSearch
{
    private static readonly string[] Parts = ["_bucket", "_count", "_sum", "_total", "_created"];

    public static IReadOnlyList<FoundMetric> Find(string text, IEnumerable<string> stored, IReadOnlyDictionary<string, List<MetricMetadata>> metadata)
    {
        var words = text.Split([' ', ',', '_', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. stored.Select(name => BaseOf(name, metadata)).Concat(metadata.Keys).Distinct(StringComparer.Ordinal)
                .Select(name => Describe(name, metadata))
                .Where(metric => words.All(word => Contains(metric.Name, word) || Contains(metric.Help, word)))
                .OrderByDescending(metric => words.Count(word => Contains(metric.Name, word)))
                .ThenBy(metric => metric.Name.Length).ThenBy(metric => metric.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Metadata speaks of a histogram or summary by its base name; what is stored are its parts.</summary>
    private static string BaseOf(string name, IReadOnlyDictionary<string, List<MetricMetadata>> metadata) =>
        metadata.ContainsKey(name) ? name
        : Parts.Where(part => name.EndsWith(part, StringComparison.Ordinal)).Select(part => name[..^part.Length]).FirstOrDefault(metadata.ContainsKey) ?? name;

    private static FoundMetric Describe(string name, IReadOnlyDictionary<string, List<MetricMetadata>> metadata) =>
        metadata.TryGetValue(name, out var said) && said.Count > 0
            ? new FoundMetric(name) { Type = NotBlank(said[0].Type), Unit = NotBlank(said[0].Unit), Help = NotBlank(said[0].Help) }
            : new FoundMetric(name);

    private static bool Contains(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) || text == "unknown" ? null : text;
}
