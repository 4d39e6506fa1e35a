namespace SreAgent.Core.Readiness;

/// <summary>
/// Something a file says that may be evidence: a sentence of prose a reader would see, an alert rule, a probe of a manifest. Never a heading, a
/// hint of a template, a comment nobody sees or an empty field; readers leave those out.
/// </summary>
public sealed record Statement
{
    public required StatementKind Kind { get; init; }

    /// <summary>Where it stands, with the quote.</summary>
    public required Citation At { get; init; }

    /// <summary>What it says, marks of the format removed. For a structured kind a short sentence made of its fields.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// What it stands under, outermost first: headings, and the question or label it answers. Says what the statement is about, and is
    /// never evidence itself.
    /// </summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>For a structured kind, its facts by name: <c>objective</c>, <c>severity</c>, <c>runbook</c>, <c>service</c>, <c>replicas</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
