using SreAgent.Core.Readiness;

namespace SreAgent.Testing.Readiness;

/// <summary>Reviews a test kept.</summary>
public sealed class InMemoryReviewStore : IReviewStore
{
    public List<KeptReview> Kept { get; } = [];

    public Task KeepAsync(KeptReview review, CancellationToken cancellationToken)
    {
        Kept.Insert(0, review);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<KeptReview>> LatestAsync(string? subject, string? persona, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KeptReview>>(
        [.. Kept.Where(kept => (subject is null || kept.Subject == subject) && (persona is null || kept.Review.Persona == persona)).Take(limit)]);

    public Task<IReadOnlyList<KeptReview>> SubjectsAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeptReview>>([.. Kept.DistinctBy(kept => (kept.Subject, kept.Review.Persona)).Take(limit)]);
}
