namespace SreAgent.Core.Readiness.Waivers;

/// <summary>What a repository's <c>.sre-agent.yml</c> says.</summary>
/// <param name="Waivers">Those that can be used, in the file's order; some may have expired.</param>
/// <param name="Problems">What is wrong with the others.</param>
public sealed record WaiverFile(IReadOnlyList<Waiver> Waivers, IReadOnlyList<Finding> Problems)
{
    /// <summary>An entry that is no waiver: something is missing or not understood.</summary>
    public const string Malformed = "waiver-malformed";

    public const string Expired = "waiver-expired";

    /// <summary>Names a question or a sort of finding that this review does not have.</summary>
    public const string Unused = "waiver-unused";

    public static WaiverFile Empty { get; } = new([], []);

    /// <summary>The review with what is waived marked, and with findings for waivers that do not hold. Verdicts stay as they are.</summary>
    /// <param name="review">As the evidence has it.</param>
    /// <param name="today">In UTC.</param>
    public ReadinessReview ApplyTo(ReadinessReview review, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(review);
        var inForce = Waivers.Where(waiver => waiver.IsInForce(today)).ToArray();
        var questions = review.Questions.Select(question =>
            question with { Waived = question.Verdict == Verdict.Answered ? null : inForce.FirstOrDefault(waiver => waiver.Question == question.Id)?.Words });
        var findings = review.Findings.Select(finding => finding with { Waived = inForce.FirstOrDefault(waiver => waiver.Covers(finding))?.Words });
        Finding[] told =
        [
            .. Problems,
            .. Waivers.Where(waiver => !waiver.IsInForce(today)).Select(waiver => At(waiver, Expired, FindingSeverity.Medium,
                $"The waiver of {waiver.Subject} expired on {waiver.Expires:yyyy-MM-dd} and holds no more. {waiver.Owner} has to close the gap, or decide again.")),
            .. inForce.Where(waiver => !IsUsed(waiver, review)).Select(waiver => At(waiver, Unused, FindingSeverity.Low,
                $"The waiver of {waiver.Subject} waives nothing: {(waiver.Question is not null ? "the question is answered, or not on this list" : "there is no such finding")}. Remove it.")),
        ];
        return review with
        {
            Questions = [.. questions],
            Findings = [.. findings.Concat(told).OrderBy(finding => finding.Waived is not null).ThenByDescending(finding => finding.Severity)],
        };
    }

    private static bool IsUsed(Waiver waiver, ReadinessReview review) => waiver.Question is { } id
        ? review.Questions.Any(question => question.Id == id && question.Verdict != Verdict.Answered)
        : review.Findings.Any(waiver.Covers);

    private static Finding At(Waiver waiver, string id, FindingSeverity severity, string message) => new(id, severity, message) { Path = Waiver.File, Line = waiver.Line };
}
