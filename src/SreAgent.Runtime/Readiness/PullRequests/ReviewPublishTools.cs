using System.ComponentModel;
using System.Globalization;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.PullRequests;

/// <summary>The one way a review gets to a pull request: for the command line, schedules, outside clients and models alike.</summary>
internal sealed class ReviewPublishTools(IPullRequestReviews reviews, IReviewPublisher publisher, IPersonaCatalogue personas) : IToolset
{
    private const int MostAttempts = 2;

    public string Name => "review";

    public string? Environment => null;

    [SreTool("review_publish", ToolEffect.Write)]
    [Description("Reviews a pull request and keeps one comment and a commit status at it up to date. review_run only looks.")]
    public async Task<ToolResult> PublishAsync(
        [Description("owner/repo#12")] string subject, string? persona = null, [Description("What makes the status a failure")] FailingVerdict failOn = FailingVerdict.Missing,
        IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var (repository, number) = RepositorySubject.TryParse(subject.Trim()) is { PullRequest: { } named } parsed ? (parsed.Repository, named)
            : throw new ToolException($"'{Shown(subject)}' is no pull request; give it as owner/repo#12. Nothing was written.");
        var lens = personas.Find(persona ?? ReadinessReview.DefaultPersona) ?? throw new ToolException($"There is no persona '{Shown(persona ?? ReadinessReview.DefaultPersona)}'. Nothing was written.");
        var said = progress ?? new Progress<string>();
        for (var attempt = 1; ; attempt++)
        {
            var review = await reviews.ReviewAsync(repository, number, lens, said, cancellationToken);
            if (Withheld(review) is { } withheld)
            {
                return withheld;
            }

            var published = await publisher.PublishAsync(ReviewPublications.Of(review, failOn), cancellationToken);
            if (published.Comment != CommentOutcome.Stale)
            {
                return Outcome(review, published);
            }

            if (attempt == MostAttempts)
            {
                return new ToolResult.Failed(
                    $"{repository}#{number} was pushed to each time it had been reviewed; what stands there speaks of an older commit and says so. Nothing was written. Publish again when it holds still.", Retryable: true);
            }

            said.Report($"{repository}#{number} was pushed to before its review was written; reviewing it again.");
        }
    }

    private static ToolResult.Failed? Withheld(PullRequestReview review)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"{review.PullRequest.Repository}#{review.PullRequest.Number}");
        return !review.PullRequest.IsOpen ? new ToolResult.Failed($"{subject} is closed; nothing was written.", Retryable: false)
            : review.Run.Publishable ? null
            : new ToolResult.Failed($"The review of {subject} is withheld, and nothing was written: {string.Join(" ", review.Run.Withheld)}", Retryable: false);
    }

    private static ToolResult Outcome(PullRequestReview review, PublishedReview published)
    {
        var pull = review.PullRequest;
        if (published.Comment == CommentOutcome.Refused)
        {
            return new ToolResult.Failed(
                string.Create(CultureInfo.InvariantCulture, $"The review of {pull.Repository}#{pull.Number} does not stand at it{(published.Status == StatusOutcome.Set ? "; its commit status was set" : "")}. {string.Join(" ", published.Notes)}"), Retryable: false);
        }

        return new ToolResult.Found(
            new
            {
                subject = review.Review.Subject,
                commit = pull.Head,
                @base = pull.Base,
                persona = review.Review.Persona,
                ready = review.Review.Ready,
                comment = Word(published.Comment),
                status = published.Status switch { StatusOutcome.NotSet => "not-set", var status => status.ToString().ToLowerInvariant() },
                url = published.Page,
                questions = review.Review.Questions.Select(question => new
                {
                    id = question.Id,
                    verdict = question.Verdict.ToString().ToLowerInvariant(),
                    change = review.Comparison.Questions.FirstOrDefault(change => change.Id == question.Id)?.Trend.ToString().ToLowerInvariant(),
                }).ToArray(),
                impact = review.Impact.Select(impact => new { id = impact.Id, severity = impact.Severity.ToString().ToLowerInvariant(), message = impact.Message, path = impact.Path }).ToArray(),
            },
            new Evidence("github", string.Create(CultureInfo.InvariantCulture, $"{pull.Repository}#{pull.Number} at {pull.Head}")) { Link = published.Page ?? pull.Page, Notes = published.Notes });
    }

    private static string Word(CommentOutcome outcome) => outcome == CommentOutcome.LeftDeleted ? "left-deleted" : outcome.ToString().ToLowerInvariant();

    private static string Shown(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 100 ? line : line[..100] + "…";
    }
}
