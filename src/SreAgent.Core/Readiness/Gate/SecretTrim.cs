using SreAgent.Core.Redaction;

namespace SreAgent.Core.Readiness.Gate;

/// <summary>
/// Takes secrets out of a review made from files: a quote ends before the secret, sentences have it redacted. What is cited stays true, and
/// nothing of it is given away.
/// </summary>
public static class SecretTrim
{
    public static ReadinessReview Of(ReadinessReview review, Redactor redactor)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(redactor);
        return review with
        {
            Questions = [.. review.Questions.Select(question => question with
            {
                Evidence = Trimmed(question.Evidence, redactor),
                Gaps = [.. question.Gaps.Select(redactor.Redact)],
                NotApplicable = Redacted(question.NotApplicable, redactor),
                Waived = Redacted(question.Waived, redactor),
                Parts = [.. question.Parts.Select(part => part with { Evidence = Trimmed(part.Evidence, redactor), Reason = Redacted(part.Reason, redactor) })],
            })],
            Findings = [.. review.Findings.Select(finding => finding with { Message = redactor.Redact(finding.Message), Waived = Redacted(finding.Waived, redactor) })],
            NotLookedAt = [.. review.NotLookedAt.Select(redactor.Redact)],
        };
    }

    private static Citation[] Trimmed(IReadOnlyList<Citation> citations, Redactor redactor) => [.. citations.Select(citation => Trimmed(citation, redactor)).OfType<Citation>()];

    /// <summary>Null when nothing is left that could be shown.</summary>
    private static Citation? Trimmed(Citation citation, Redactor redactor)
    {
        var redacted = redactor.Redact(citation.Quote);
        if (string.Equals(redacted, citation.Quote, StringComparison.Ordinal))
        {
            return citation;
        }

        // The beginning both have in common is what stands before the secret.
        var same = citation.Quote.AsSpan().CommonPrefixLength(redacted);
        var before = citation.Quote[..same].TrimEnd();
        var quote = before + "…";
        return before.Length > 0 && string.Equals(redactor.Redact(quote), quote, StringComparison.Ordinal) ? citation with { Quote = quote } : null;
    }

    private static string? Redacted(string? text, Redactor redactor) => text is null ? null : redactor.Redact(text);
}
