namespace SreAgent.Core.Changes;

/// <summary>Whether a change took, seen from outside the call that made it.</summary>
/// <param name="Verdict">What was seen.</param>
/// <param name="Detail">By what, in one or two sentences.</param>
public sealed record Verification(VerificationVerdict Verdict, string Detail);

public enum VerificationVerdict
{
    /// <summary>Could not be looked at. Said plainly, never counted as fine.</summary>
    Unverified = 0,
    Passed,
    Failed,
}
