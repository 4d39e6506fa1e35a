using System.Text.Json;
using Dapper;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>Reviews in the store.</summary>
internal sealed class ReviewStore(SqliteDatabase database) : IReviewStore
{
    private const string Select = "SELECT id AS Id, subject AS Subject, author AS Author, body AS Body, at AS At FROM reviews";

    private const string Trim = """
        DELETE FROM reviews WHERE subject = @subject AND persona = @persona AND id NOT IN
            (SELECT id FROM reviews WHERE subject = @subject AND persona = @persona ORDER BY at DESC, id DESC LIMIT @most)
        """;

    /// <inheritdoc/>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync("keep a review", durable: false, static _ => StoreJson.Default.ReadinessReview.Kind, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Told when something is kept.
        }
    }

    /// <inheritdoc/>
    public Task KeepAsync(KeptReview review, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        return database.WriteAsync("keep a review", durable: false, session =>
        {
            session.Connection.Execute(
                "INSERT INTO reviews (id, subject, persona, commit_hash, author, ready, body, at) VALUES (@id, @subject, @persona, @commit, @author, @ready, @body, @at)",
                new
                {
                    id = review.Id,
                    subject = review.Subject,
                    persona = review.Review.Persona,
                    commit = review.Review.Commit,
                    author = review.Author,
                    ready = review.Review.Ready ? 1 : 0,
                    body = JsonSerializer.Serialize(review.Review, StoreJson.Default.ReadinessReview),
                    at = StoredTime.Of(review.At),
                });
            return session.Connection.Execute(Trim, new { subject = review.Subject, persona = review.Review.Persona, most = IReviewStore.Most });
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptReview>> LatestAsync(string? subject, string? persona, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KeptReview>>(
            "list reviews",
            session =>
            [
                .. session.Connection.Query<ReviewRow>(
                    $"{Select} WHERE (@subject IS NULL OR subject = @subject) AND (@persona IS NULL OR persona = @persona) ORDER BY at DESC, id DESC LIMIT @limit",
                    new { subject, persona, limit }).Select(row => row.ToReview()),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptReview>> SubjectsAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KeptReview>>(
            "list reviewed subjects",
            session =>
            [
                .. session.Connection.Query<ReviewRow>(
                    $"{Select} WHERE NOT EXISTS (SELECT 1 FROM reviews AS later WHERE later.subject = reviews.subject AND later.persona = reviews.persona "
                    + "AND (later.at > reviews.at OR (later.at = reviews.at AND later.id > reviews.id))) ORDER BY at DESC, id DESC LIMIT @limit",
                    new { limit }).Select(row => row.ToReview()),
            ],
            cancellationToken);

    private sealed class ReviewRow
    {
        public required string Id { get; init; }

        public required string Subject { get; init; }

        public required string Author { get; init; }

        public required string Body { get; init; }

        public required string At { get; init; }

        public KeptReview ToReview() => new(
            Id, Subject, StoredTime.Read(At), Author,
            JsonSerializer.Deserialize(Body, StoreJson.Default.ReadinessReview) ?? throw new FormatException($"Review {Id} is kept without a body."));
    }
}
