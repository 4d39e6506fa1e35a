using SreAgent.Core.Time;

namespace SreAgent.Core.Tools;

/// <summary>What a claim rests on: enough to ask the same question again by hand.</summary>
/// <param name="Source">The system asked, as it is named in settings: <c>prometheus</c>, <c>github</c>.</param>
/// <param name="Query">What was asked, in that system's own words: a PromQL expression, a path, an id.</param>
public sealed record Evidence(string Source, string Query)
{
    /// <summary>The window actually used, after defaults and clamping. Absent for questions without one.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>A page a person can open to see the same. Absent when the system has none.</summary>
    public Uri? Link { get; init; }

    /// <summary>Defaults that were applied, warnings the system gave, and what was left out ("more exists").</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
