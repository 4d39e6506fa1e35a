namespace SreAgent.Core.Readiness;

/// <summary>Something a reader should know beyond the questions: a single point of failure, an alert without a runbook.</summary>
/// <param name="Id">Stable, kebab case, the same for every finding of one sort: <c>alert-without-runbook</c>. Waivers name it.</param>
/// <param name="Message">One sentence: what is wrong, and what to do about it.</param>
public sealed record Finding(string Id, FindingSeverity Severity, string Message)
{
    /// <summary>Absent when it is about the whole tree.</summary>
    public string? Path { get; init; }

    /// <summary>From 1. Present only with a path.</summary>
    public int? Line { get; init; }

    /// <summary>The reason of the waiver in force for it. Absent when there is none.</summary>
    public string? Waived { get; init; }
}

/// <summary>By blast radius: how much is hit when it goes wrong.</summary>
public enum FindingSeverity
{
    /// <summary>Costs the people who run it time.</summary>
    Low = 0,

    /// <summary>Makes an incident longer.</summary>
    Medium,

    /// <summary>Takes the service down, or keeps it down.</summary>
    High,

    /// <summary>Loses data or gives access away.</summary>
    Critical,
}
