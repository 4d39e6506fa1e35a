using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>Reviews what a pull request would bring. Registered only where a code host is configured.</summary>
public interface IPullRequestReviews
{
    /// <summary>
    /// Reviews the head and the commit it was made on. A push while it reads makes it begin again, once.
    /// </summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="number">From 1.</param>
    /// <param name="persona">Whose must-answer list is answered.</param>
    /// <param name="progress">Is told of long work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">There is no such pull request, it cannot be read, or it moved twice (then retryable).</exception>
    Task<PullRequestReview> ReviewAsync(string repository, int number, Persona persona, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <param name="Run">Of the head, gated; its commit is the head's.</param>
/// <param name="Impact">What the difference does in production, most severe first. As findings, whose ids are of their own.</param>
public sealed record PullRequestReview(PullRequestFacts PullRequest, ReviewRun Run, ReviewComparison Comparison, IReadOnlyList<Finding> Impact)
{
    public ReadinessReview Review => Run.Review;

    /// <summary>
    /// Nothing is worth a reader's time: every question is answered or waived, and the change makes nothing worse and touches nothing that runs.
    /// </summary>
    public bool IsClean =>
        Review.Questions.All(question => question.Verdict == Verdict.Answered || question.Waived is not null)
        && !Comparison.MakesWorse && Impact.All(impact => impact.Severity < FindingSeverity.Medium) && Review.Findings.All(finding => finding.Severity < FindingSeverity.High || finding.Waived is not null);
}
