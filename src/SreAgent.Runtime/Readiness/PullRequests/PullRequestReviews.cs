using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.PullRequests;

/// <inheritdoc cref="IPullRequestReviews"/>
/// <remarks>The last few are kept, so that one that was shown is published without being made again.</remarks>
internal sealed class PullRequestReviews(
    IPullRequests pullRequests, IRepositoryTrees trees, IReviewRuns runs, IReadinessReviewer reviewer, ChangeReader changes, Redactor redactor) : IPullRequestReviews
{
    private const int MostAttempts = 2;
    private const int MostKept = 8;

    private readonly Lock _gate = new();
    private readonly List<PullRequestReview> _kept = [];

    public async Task<PullRequestReview> ReviewAsync(string repository, int number, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(persona);
        ArgumentNullException.ThrowIfNull(progress);
        for (var attempt = 1; ; attempt++)
        {
            var facts = await pullRequests.FactsAsync(repository, number, cancellationToken);
            if (Kept(facts, persona) is { } ready)
            {
                return ready with { PullRequest = facts };
            }

            var review = await OnceAsync(facts, persona, progress, cancellationToken);
            if (review.Review.Commit == facts.Head)
            {
                Keep(review);
                return review;
            }

            if (attempt == MostAttempts)
            {
                throw new ToolException($"{repository}#{number} was pushed to while it was reviewed, again and again; it is at {review.Review.Commit} now. Review it when it holds still.") { Retryable = true };
            }

            progress.Report($"{repository}#{number} was pushed to while it was reviewed; reviewing it again.");
        }
    }

    private async Task<PullRequestReview> OnceAsync(PullRequestFacts facts, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // Held open until the end: whoever opens the same commit meanwhile shares what was downloaded.
        var head = await trees.OpenAsync(new RepositorySubject(facts.Repository) { Reference = facts.Head }, cancellationToken);
        await using var holdHead = head as IAsyncDisposable;
        var run = await runs.RunAsync(new ReviewRequest(new RepositorySubject(facts.Repository) { PullRequest = facts.Number }.ToString(), persona), progress, cancellationToken);
        if (run.Review.Commit != facts.Head)
        {
            return new PullRequestReview(facts, run, new ReviewComparison([], [], []), []);
        }

        progress.Report($"Reviewing {facts.Base[..Math.Min(facts.Base.Length, 12)]}, which {facts.Repository}#{facts.Number} was made on.");
        var @base = await trees.OpenAsync(new RepositorySubject(facts.Repository) { Reference = facts.Base }, cancellationToken);
        await using var holdBase = @base as IAsyncDisposable;
        var before = SecretTrim.Of(await reviewer.ReviewAsync(@base, persona, progress, cancellationToken), redactor);
        var read = await changes.ReadAsync(facts, @base, head, cancellationToken);
        return new PullRequestReview(
            facts, run, ReviewComparison.Of(before, run.Review, facts.Files),
            [.. ProductionImpact.Of(facts, read).Select(finding => finding with { Message = redactor.Redact(finding.Message) })]);
    }

    private PullRequestReview? Kept(PullRequestFacts facts, Persona persona)
    {
        lock (_gate)
        {
            return _kept.Find(review => review.PullRequest.Repository == facts.Repository && review.PullRequest.Number == facts.Number
                && review.PullRequest.Head == facts.Head && review.PullRequest.Base == facts.Base && review.Review.Persona == persona.Id);
        }
    }

    private void Keep(PullRequestReview review)
    {
        lock (_gate)
        {
            _kept.RemoveAll(older => older.PullRequest.Repository == review.PullRequest.Repository && older.PullRequest.Number == review.PullRequest.Number && older.Review.Persona == review.Review.Persona);
            _kept.Insert(0, review);
            _kept.RemoveRange(Math.Min(MostKept, _kept.Count), Math.Max(0, _kept.Count - MostKept));
        }
    }
}
