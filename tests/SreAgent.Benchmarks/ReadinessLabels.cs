using System.Text.Json;

namespace SreAgent.Benchmarks;

/// <summary>What a careful reader says of one case.</summary>
/// <param name="Kind">How the case was made: as written, answers blanked, sections deleted.</param>
internal sealed record ReadinessLabels(string Kind, IReadOnlyDictionary<string, ReadinessLabel> ByQuestion)
{
    private static readonly (string Id, string Topic)[] Topics =
    [
        ("slo-observability", "slo_observability"), ("failure-recovery", "failure_recovery"), ("upgrade", "upgrade_migration"), ("dependencies", "dependencies"), ("on-call", "oncall_ownership"),
    ];

    public static IEnumerable<string> Questions => Topics.Select(topic => topic.Id);

    public static ReadinessLabels Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var topics = document.RootElement.GetProperty("topics");
        return new ReadinessLabels(
            document.RootElement.GetProperty("kind").GetString() ?? "",
            Topics.ToDictionary(topic => topic.Id, topic => Read(topics.GetProperty(topic.Topic)), StringComparer.Ordinal));
    }

    private static ReadinessLabel Read(JsonElement topic) => new(
        [.. topic.GetProperty("accept").EnumerateArray().Select(verdict => verdict.GetString() ?? "")],
        [.. topic.GetProperty("not_evidence").EnumerateArray().Select(place => (place.GetProperty("lines")[0].GetInt32(), place.GetProperty("lines")[1].GetInt32()))]);
}

/// <param name="Accept">The verdicts that are fair.</param>
/// <param name="Unanswered">Lines that are no evidence, first and last.</param>
internal sealed record ReadinessLabel(IReadOnlyList<string> Accept, IReadOnlyList<(int First, int Last)> Unanswered);
