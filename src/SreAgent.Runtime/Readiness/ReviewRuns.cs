using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness;

/// <inheritdoc cref="IReviewRuns"/>
internal sealed class ReviewRuns(IReviewSubjects subjects, IReadinessReviewer reviewer) : IReviewRuns
{
    public async Task<ReviewRun> RunAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var tree = await subjects.OpenAsync(request.Subject, request.Reference, cancellationToken);
        try
        {
            return new ReviewRun(await reviewer.ReviewAsync(tree, request.Persona, progress, cancellationToken), []);
        }
        finally
        {
            await (tree is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask);
        }
    }
}
