namespace SreAgent.Core.Readiness;

/// <summary>Reviews as they were published or run, the newest of each subject. Bounded: the oldest go.</summary>
public interface IReviewStore
{
    /// <summary>No more than this many are kept of one subject and persona.</summary>
    const int Most = 100;

    /// <summary>Opens what keeping a review takes, while the review is being made. Never fails: what is wrong is told when something is kept.</summary>
    Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="Exception">The store cannot be written; nothing is kept.</exception>
    Task KeepAsync(KeptReview review, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    /// <param name="subject">Exactly, see <see cref="KeptReview.Subject"/>; null for those of every subject.</param>
    /// <param name="persona">Null for those of every persona.</param>
    /// <param name="limit">No more than this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<KeptReview>> LatestAsync(string? subject, string? persona, int limit, CancellationToken cancellationToken);

    /// <summary>The newest review of each subject and persona; the last reviewed subject first.</summary>
    Task<IReadOnlyList<KeptReview>> SubjectsAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>One review in the history.</summary>
/// <param name="Id">Unique: <c>rev-7k2m9qx4ht</c>.</param>
/// <param name="Subject">What it is of, named the same every time: the full path of a folder, or the repository as it was given. A commit of a clone adds <c>@ref</c>.</param>
/// <param name="At">When it was made, UTC.</param>
/// <param name="Author"><c>engine</c>, or who submitted it.</param>
public sealed record KeptReview(string Id, string Subject, DateTimeOffset At, string Author, ReadinessReview Review)
{
    /// <summary>The author of reviews made from the files alone.</summary>
    public const string Engine = "engine";
}
