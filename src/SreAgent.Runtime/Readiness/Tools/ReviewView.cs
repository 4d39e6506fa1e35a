using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Runtime.Readiness.Tools;

/// <summary>A review as a model reads it: the verdicts whole, of long lists the beginning and how much more there is.</summary>
/// <param name="Advice">What to do next, by the persona's priorities.</param>
internal sealed record ReviewView(
    string Subject, string? Commit, string Persona, bool Ready, IReadOnlyList<QuestionView> Questions, IReadOnlyList<string> Advice,
    IReadOnlyList<FindingView> Findings, int MoreFindings, IReadOnlyList<string> NotLookedAt, int MoreNotLookedAt)
{
    private const int MostFindings = 20;
    private const int MostNotLookedAt = 10;
    private const int MostAdvice = 8;

    /// <summary>What a pull request changes. Absent for anything else.</summary>
    public ChangeView? PullRequest { get; init; }

    public static ReviewView Of(ReadinessReview review, Persona persona) => new(
        review.Subject, review.Commit, review.Persona, review.Ready, [.. review.Questions.Select(QuestionView.Of)], [.. ReviewAdvice.Of(review, persona).Take(MostAdvice)],
        [.. review.Findings.Take(MostFindings).Select(FindingView.Of)], Math.Max(0, review.Findings.Count - MostFindings),
        [.. review.NotLookedAt.Take(MostNotLookedAt)], Math.Max(0, review.NotLookedAt.Count - MostNotLookedAt));
}

internal sealed record QuestionView(string Id, string Question, string Verdict, IReadOnlyList<Citation> Evidence, int MoreEvidence, IReadOnlyList<string> Gaps, string? NotApplicable, string? Waived)
{
    private const int MostCitations = 3;

    public static QuestionView Of(QuestionReview question) => new(
        question.Id, question.Question, Words.Of(question.Verdict), [.. question.Evidence.Take(MostCitations)], Math.Max(0, question.Evidence.Count - MostCitations), question.Gaps,
        question.NotApplicable, question.Waived);
}

internal sealed record FindingView(string Id, string Severity, string Message, string? Path, int? Line, string? Waived)
{
    public static FindingView Of(Finding finding) => new(finding.Id, Words.Of(finding.Severity), finding.Message, finding.Path, finding.Line, finding.Waived);
}

/// <summary>What a pull request makes better or worse, and what it does in production.</summary>
internal sealed record ChangeView(string Base, IReadOnlyList<MovedView> Questions, IReadOnlyList<FindingView> NewFindings, IReadOnlyList<FindingView> Impact)
{
    private const int Most = 20;

    public static ChangeView Of(PullRequestReview review) => new(
        review.PullRequest.Base, [.. review.Comparison.Questions.Where(question => question.Trend != Trend.Same).Select(MovedView.Of)],
        [.. review.Comparison.NewFindings.Take(Most).Select(FindingView.Of)], [.. review.Impact.Take(Most).Select(FindingView.Of)]);
}

internal sealed record MovedView(string Id, string Trend, string? Before, string After, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost)
{
    public static MovedView Of(QuestionChange change) => new(
        change.Id, Words.Of(change.Trend), change.Before is { } before ? Words.Of(before) : null, Words.Of(change.After), change.Gained, change.Lost);
}

/// <summary>What earlier reviews of one subject said.</summary>
/// <param name="Reviews">The newest first.</param>
internal sealed record HistoryView(string Subject, string Persona, IReadOnlyList<KeptView> Reviews, int MoreReviews, IReadOnlyList<TrendView> Trends)
{
    public static HistoryView Of(IReadOnlyList<KeptReview> newestFirst, int most) => new(
        newestFirst[0].Subject, newestFirst[0].Review.Persona, [.. newestFirst.Take(most).Select(KeptView.Of)], Math.Max(0, newestFirst.Count - most),
        [.. ReviewTrend.Of(newestFirst).Select(trend => new TrendView(trend.Question, Words.Of(trend.Verdicts[^1]), Words.Of(trend.Heading), trend.Sparkline))]);
}

internal sealed record KeptView(string Id, DateTimeOffset At, string Author, string? Commit, bool Ready)
{
    public static KeptView Of(KeptReview kept) => new(kept.Id, kept.At, kept.Author, kept.Review.Commit, kept.Review.Ready);
}

internal sealed record TrendView(string Question, string Now, string Heading, string Sparkline);

/// <summary>Names of states as the command line writes them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
