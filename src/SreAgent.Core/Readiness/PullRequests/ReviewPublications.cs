using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>Makes of a reviewed pull request what is to stand at it.</summary>
public static class ReviewPublications
{
    /// <param name="failOn">What makes the status a failure.</param>
    public static ReviewPublication Of(PullRequestReview review, FailingVerdict failOn)
    {
        ArgumentNullException.ThrowIfNull(review);
        var standing = Standing(review);
        return new ReviewPublication
        {
            PullRequest = review.PullRequest,
            Key = review.Review.Persona,
            Digest = Digest(review),
            Comment = new ReviewComment($"### Production readiness: {(review.Review.Ready ? "ready" : "not ready")}", Summary(review, standing), PullRequestSections.All(review), review.IsClean),
            Standing = $"{(review.Review.Ready ? "Ready" : "Not ready")}: {standing}",
            Passes = !failOn.Fails(review.Review),
        };
    }

    /// <summary>Counts only; short enough for a status.</summary>
    private static string Standing(PullRequestReview review)
    {
        var questions = review.Review.Questions;
        var worse = review.Comparison.Questions.Count(question => question.Trend is Trend.Worse or Trend.Mixed);
        return string.Create(CultureInfo.InvariantCulture, $"{Count(Verdict.Answered)} answered, {Count(Verdict.Partly)} partly, {Count(Verdict.Missing)} missing{(worse == 0 ? "" : $"; {worse} worse with this change")}");

        int Count(Verdict verdict) => questions.Count(question => question.Verdict == verdict);
    }

    private static string Summary(PullRequestReview review, string standing)
    {
        var pull = review.PullRequest;
        var target = pull.Target.Length == 0 ? "" : $" on {MarkdownText.Code(pull.Target)}";
        return $"{standing}. Speaks of commit {MarkdownText.Code(pull.Head[..Math.Min(pull.Head.Length, 12)])}, made on {MarkdownText.Code(pull.Base[..Math.Min(pull.Base.Length, 12)])}{target}, "
            + $"by the list of {MarkdownText.Code(review.Review.Persona)}. Every place named was read at that commit.";
    }

    /// <summary>Without commits and lines: those move with every push, also when nothing else does.</summary>
    private static string Digest(PullRequestReview review)
    {
        var said = new StringBuilder(review.Review.Persona).Append('\n');
        foreach (var question in review.Review.Questions)
        {
            said.Append(question.Id).Append('|').Append(question.Verdict).Append('|').Append(question.Waived).Append('|').Append(question.NotApplicable).Append('|').AppendJoin('|', question.Gaps).Append('\n');
        }

        foreach (var finding in review.Review.Findings.Concat(review.Impact))
        {
            said.Append(finding.Id).Append('|').Append(finding.Severity).Append('|').Append(finding.Path).Append('|').Append(finding.Message).Append('|').Append(finding.Waived).Append('\n');
        }

        foreach (var change in review.Comparison.Questions)
        {
            said.Append(change.Id).Append('|').Append(change.Before).Append('|').Append(change.Trend).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())));
    }
}

/// <summary>What makes a review count as failed.</summary>
public enum FailingVerdict
{
    /// <summary>A question nothing answers, and no waiver is in force for.</summary>
    Missing = 0,

    /// <summary>A question that is not fully answered, and no waiver is in force for.</summary>
    Partly,

    Never,
}

public static class FailingVerdicts
{
    public static bool Fails(this FailingVerdict failOn, ReadinessReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return failOn switch
        {
            FailingVerdict.Never => false,
            FailingVerdict.Partly => review.Questions.Any(question => question.Verdict != Verdict.Answered && question.Waived is null),
            _ => !review.Ready,
        };
    }
}
