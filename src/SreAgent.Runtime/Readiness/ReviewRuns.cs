using System.Security.Cryptography;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Core.Redaction;
using SreAgent.Runtime.Readiness.Waivers;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Readiness;

/// <inheritdoc cref="IReviewRuns"/>
internal sealed class ReviewRuns(IReviewSubjects subjects, IReadinessReviewer reviewer, ReviewGate gate, Redactor redactor, IReviewStore store, TimeProvider clock) : IReviewRuns
{
    // Crockford's alphabet: no letter that reads as a digit.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int MostAttempts = 3;

    public async Task<ReviewRun> RunAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        var prepared = Task.Run(() => store.PrepareAsync(cancellationToken), CancellationToken.None);
        try
        {
            return await RunAgainWhileChangedAsync(request, progress, cancellationToken);
        }
        finally
        {
            await prepared;
        }
    }

    public async Task<ReviewRun> SubmitAsync(ReviewRequest request, ReadinessReview review, string author, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var tree = await subjects.OpenAsync(request.Subject, request.Reference, cancellationToken);
        await using var _ = new Opened(tree);
        var decision = await gate.DecideAsync(review, request.Persona, tree, tree.Commit, ReviewAuthor.Other, cancellationToken);
        if (!decision.Publishable)
        {
            return new ReviewRun(review, decision.Reasons);
        }

        var waived = (await WaiversOf.TreeAsync(tree, cancellationToken)).ApplyTo(decision.Review, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var shown = SecretTrim.Of(waived, redactor);
        return new ReviewRun(shown, []) { NotKept = await KeepAsync(subjects.NameOf(request.Subject, request.Reference), author, shown, cancellationToken) };
    }

    private async Task<ReviewRun> RunAgainWhileChangedAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (review, decision) = await OnceAsync(request, progress, cancellationToken);
            if (decision.Publishable)
            {
                return new ReviewRun(review, []) { NotKept = await KeepAsync(subjects.NameOf(request.Subject, request.Reference), KeptReview.Engine, review, cancellationToken) };
            }

            // Whoever works in a folder while it is reviewed changes what was read; the files as they are now may hold still.
            if (attempt == MostAttempts || !(decision.HeadMoved || (decision.FilesChanged && review.Commit is null)))
            {
                return new ReviewRun(review, decision.Reasons);
            }

            progress.Report($"{request.Subject} changed while it was reviewed; reviewing it again.");
        }
    }

    private async Task<(ReadinessReview Review, GateDecision Decision)> OnceAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var tree = await subjects.OpenAsync(request.Subject, request.Reference, cancellationToken);
        await using var _ = new Opened(tree);
        var review = SecretTrim.Of(await reviewer.ReviewAsync(tree, request.Persona, progress, cancellationToken), redactor);
        var head = tree.Commit is null ? null : await subjects.HeadAsync(request.Subject, request.Reference, cancellationToken);
        return (review, await gate.DecideAsync(review, request.Persona, tree, head, ReviewAuthor.Engine, cancellationToken));
    }

    /// <returns>Why it is not in the history; null when it is.</returns>
    private async Task<string?> KeepAsync(string subject, string author, ReadinessReview review, CancellationToken cancellationToken)
    {
        try
        {
            var id = "rev-" + RandomNumberGenerator.GetString(Alphabet, 10);
            await store.KeepAsync(new KeptReview(id, subject, clock.GetUtcNow(), author, review), cancellationToken);
            return null;
        }
        catch (StoreUnavailableException exception)
        {
            // The review stands without its place in the history; whoever asked for it is told.
            return exception.Message;
        }
    }

    /// <summary>A tree that may hold on to a process or a folder.</summary>
    private sealed class Opened(ISourceTree tree) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => tree is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;
    }
}
