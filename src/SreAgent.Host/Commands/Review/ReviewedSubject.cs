using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Host.Commands.Review;

/// <summary>What came of one subject.</summary>
/// <param name="Change">What a pull request changes. Absent for anything else.</param>
internal sealed record ReviewedSubject(ReviewRun Run, PullRequestReview? Change)
{
    public ReadinessReview Review => Run.Review;

    /// <summary>A withheld review says yes to nothing.</summary>
    public bool Ready => Run.Publishable && Review.Ready;
}
