namespace SreAgent.Core.Readiness.Waivers;

/// <summary>A decision of the reviewed repository's owners to live with something for a while, written in <c>.sre-agent.yml</c> at its root.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Reason">Why, in their words. Outside text.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Expires">The last day it is in force.</param>
public sealed record Waiver(int Line, string Reason, string Owner, DateOnly Expires)
{
    public const string File = ".sre-agent.yml";

    /// <summary>Id of a must-answer question. Exactly one of this and <see cref="Finding"/> is present.</summary>
    public string? Question { get; init; }

    /// <summary>Id of a sort of finding.</summary>
    public string? Finding { get; init; }

    /// <summary>Narrows a waived finding to one file, or to the files below a folder when it ends with <c>/</c>. Absent means all of that sort.</summary>
    public string? Path { get; init; }

    public string Subject => Question ?? Finding ?? "";

    /// <summary>The reason with who gave it and how long it holds.</summary>
    public string Words => $"{Reason.TrimEnd('.')} (waived by {Owner} until {Expires:yyyy-MM-dd})";

    public bool IsInForce(DateOnly today) => today <= Expires;

    public bool Covers(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return string.Equals(finding.Id, Finding, StringComparison.Ordinal)
            && (Path is null || string.Equals(finding.Path, Path, StringComparison.Ordinal) || (Path.EndsWith('/') && finding.Path?.StartsWith(Path, StringComparison.Ordinal) == true));
    }
}
