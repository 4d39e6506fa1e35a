using System.Buffers;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.Findings;

/// <summary>Words such as "highly available" where no objective says how available. Asked for once: one objective answers all of them.</summary>
internal static partial class UnmeasuredClaims
{
    // Looked for before a pattern runs: a large tree has tens of thousands of sentences.
    private static readonly SearchValues<string> TargetWords = SearchValues.Create(["%", "SLO", "objective", "error budget"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> ClaimWords = SearchValues.Create(["available", "availability", "tolerant", "downtime", "goes down", "never down", "always up", "mission", "rock-solid", "rock solid", "five nines", "highly reliable"], StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<Finding> Find(Observed observed)
    {
        if (observed.Of(StatementKind.SloObjective).Any() || observed.Of(StatementKind.Prose).Any(prose => prose.Text.AsSpan().ContainsAny(TargetWords) && Target().IsMatch(prose.Text)))
        {
            return [];
        }

        return observed.Of(StatementKind.Prose)
            .Where(prose => prose.Text.AsSpan().ContainsAny(ClaimWords) && !IsAboutOthers(prose))
            .Select(prose => (prose, Claim: Claim().Match(prose.Text)))
            .Where(claimed => claimed.Claim.Success)
            .Take(1)
            .Select(claimed => claimed.prose.Finding("unmeasured-reliability-claim", FindingSeverity.Low,
                $"'{claimed.Claim.Value}' is claimed and no target says how much; state an objective with a number and a window, such as 99.9 % of requests over 30 days, and where it is measured."));
    }

    private static bool IsAboutOthers(Statement prose) =>
        prose.At.Path.EndsWith("CHANGELOG.md", StringComparison.OrdinalIgnoreCase) || prose.At.Path.Contains("blog", StringComparison.OrdinalIgnoreCase) || Hypothetical().IsMatch(prose.Text);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(is|are|be|remains?|stays?|provides?|offers?|guarantees?|ensures?|with)\b.{0,30}(?<claim>\b(highly[- ]available|high availability|fault[- ]tolerant|always (up|available)|zero[- ]downtime|never (goes )?down|mission[- ]critical reliability|rock[- ]solid|five nines|highly reliable)\b)", Options, 10_000)]
    private static partial Regex Claim();

    [GeneratedRegex(@"\b9\d(\.\d+)?\s?%|\b(SLO|objective|error budget)s?\b.{0,60}\d", Options, 10_000)]
    private static partial Regex Target();

    [GeneratedRegex(@"\b(if|should|could|would|may|might|for|to (be|make|get|achieve)|not|want|need|require[sd]?|recommend\w*|consider|optional\w*|can be)\b", Options, 10_000)]
    private static partial Regex Hypothetical();
}
