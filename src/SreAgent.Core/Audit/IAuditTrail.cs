namespace SreAgent.Core.Audit;

/// <summary>
/// The append-only record. An append that returns is durable and chained; one that throws wrote nothing, and its caller must not act.
/// Safe for several processes at once.
/// </summary>
public interface IAuditTrail
{
    /// <param name="record">Already redacted.</param>
    /// <param name="durable">
    /// True for anything that precedes or follows a change: survives loss of power. False for reads: survives loss of the process.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for the store, never half an append.</param>
    Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken);

    /// <summary>Oldest first, from <paramref name="fromSequence"/> on.</summary>
    IAsyncEnumerable<AuditEntry> ReadAsync(long fromSequence, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> LatestAsync(int limit, CancellationToken cancellationToken);
}
