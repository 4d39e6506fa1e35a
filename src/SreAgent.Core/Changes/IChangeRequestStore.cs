namespace SreAgent.Core.Changes;

/// <summary>
/// Keeps ChangeRequests, shared by every process and replica of an installation. Every transition is atomic and happens at most once:
/// of any number of callers racing for the same one, exactly one is told true. Any method may throw when the store is unreachable;
/// callers then run nothing (G1).
/// </summary>
public interface IChangeRequestStore
{
    /// <summary>Stores a new request, or returns the open one that already stands for the same digest.</summary>
    Task<ChangeRequest> AddOrGetOpenAsync(ChangeRequest request, CancellationToken cancellationToken);

    Task<ChangeRequest?> FindAsync(ChangeRequestId id, CancellationToken cancellationToken);

    /// <summary>The approved, unspent, unexpired request for exactly this digest, if there is one.</summary>
    Task<ChangeRequest?> FindApprovedAsync(ChangeDigest digest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken);

    /// <summary>Pending → Approved, once, before the deadline.</summary>
    Task<bool> TryApproveAsync(ChangeRequestId id, Approval approval, CancellationToken cancellationToken);

    /// <summary>Pending or Approved → Denied, once.</summary>
    Task<bool> TryDenyAsync(ChangeRequestId id, string denier, string reason, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Spends the approval: Approved → Executing, once, before the deadline, and only if the digest is still the stored one (G4).
    /// Only the caller that is told true may execute.
    /// </summary>
    Task<bool> TrySpendAsync(ChangeRequestId id, ChangeDigest digest, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Executing → a final state. Approved → Drifted is the one other move it makes.</summary>
    Task CompleteAsync(ChangeRequestId id, ChangeRequestState state, string outcome, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Marks open requests past their deadline Expired; returns how many.</summary>
    Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Marks requests that have been Executing since before <paramref name="startedBefore"/> Interrupted; returns them.</summary>
    Task<IReadOnlyList<ChangeRequest>> InterruptStaleAsync(DateTimeOffset startedBefore, CancellationToken cancellationToken);
}

/// <param name="States">Empty means all.</param>
/// <param name="ConversationId">Only those raised in this conversation.</param>
/// <param name="Limit">At most this many.</param>
public sealed record ChangeRequestQuery(IReadOnlyList<ChangeRequestState> States, string? ConversationId = null, int Limit = 50);
