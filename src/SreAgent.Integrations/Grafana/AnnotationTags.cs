using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>The tags by which what this host wrote is found again.</summary>
internal static class AnnotationTags
{
    /// <summary>On everything this host writes.</summary>
    public const string Ours = "sre-agent";

    private const string OfChange = "change:";

    public static IReadOnlyList<string> Of(RolloutRecord record) => [.. Key(record), $"service:{record.Service}"];

    /// <summary>What tells one record from all others: a deploy and its rollback may be one change.</summary>
    public static IReadOnlyList<string> Key(RolloutRecord record) => [Ours, record.IsRollback ? "rollback" : "deploy", OfChange + record.Change];

    /// <exception cref="ToolException">A tag is one by which records of changes are found: a note must not pass for one.</exception>
    public static IReadOnlyList<string> ForNote(IReadOnlyList<string> tags) =>
        tags.FirstOrDefault(tag => tag.Trim().StartsWith(OfChange, StringComparison.OrdinalIgnoreCase)) is { } reserved
            ? throw new ToolException($"The tag '{reserved}' is kept for the host's own records of deploys and rollbacks; choose another.")
            : [.. tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Prepend(Ours).Distinct(StringComparer.Ordinal)];
}
