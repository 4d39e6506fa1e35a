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

        // What both have in common at the beginning stands before the secret, what they have at the end behind it.
        var before = citation.Quote[..citation.Quote.AsSpan().CommonPrefixLength(redacted)].TrimEnd();
        string[] parts = [before.Length > 0 ? before + "…" : "", citation.Quote[^CommonEnd(citation.Quote, redacted)..].TrimStart()];
        return parts.FirstOrDefault(part => part.Any(char.IsLetterOrDigit) && string.Equals(redactor.Redact(part), part, StringComparison.Ordinal)) is { } quote
            ? citation with { Quote = quote }
            : null;
    }

    private static int CommonEnd(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && left[^(length + 1)] == right[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    private static string? Redacted(string? text, Redactor redactor) => text is null ? null : redactor.Redact(text);
}
