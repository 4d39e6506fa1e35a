namespace SreAgent.Core.Changes;

/// <summary>Whether a change took, seen from outside the call that made it.</summary>
/// <param name="Verdict">What was seen.</param>
/// <param name="Detail">By what, in one or two sentences.</param>
public sealed record Verification(VerificationVerdict Verdict, string Detail)
{
    /// <summary>The single looks behind the verdict. Empty when there was one only.</summary>
    public IReadOnlyList<VerificationCheck> Checks { get; init; } = [];

    /// <summary>
    /// One verdict of many looks: a failed one decides, then one that could not be carried out. Passed takes at least one look, all of them good.
    /// </summary>
    public static Verification Of(IReadOnlyList<VerificationCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var verdict = checks.Any(check => check.Verdict == VerificationVerdict.Failed) ? VerificationVerdict.Failed
            : checks.Count == 0 || checks.Any(check => check.Verdict != VerificationVerdict.Passed) ? VerificationVerdict.Unverified
            : VerificationVerdict.Passed;
        var decisive = checks.Where(check => check.Verdict == verdict).ToArray();
        var shown = decisive.Length > 0 ? string.Join(' ', decisive.Select(check => $"{check.Name}: {check.Detail}")) : "Nothing was looked at.";
        return new Verification(verdict, shown) { Checks = checks };
    }
}

/// <param name="Name">What was looked at: <c>machines</c>, <c>error ratio</c>.</param>
/// <param name="Detail">A sentence with the figures, or why it could not be looked at.</param>
public sealed record VerificationCheck(string Name, VerificationVerdict Verdict, string Detail);

public enum VerificationVerdict
{
    /// <summary>Could not be looked at. Said plainly, never counted as fine.</summary>
    Unverified = 0,
    Passed,
    Failed,
}
