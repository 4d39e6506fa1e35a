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
    /// Only the caller that is told true may execute, for as long as it keeps the lease.
    /// </summary>
    Task<bool> TrySpendAsync(ChangeRequestId id, ChangeDigest digest, DateTimeOffset at, ChangeLease lease, CancellationToken cancellationToken);

    /// <summary>Prolongs the holder's own lease. False when the change is no longer its.</summary>
    Task<bool> TryRenewAsync(ChangeRequestId id, ChangeLease lease, CancellationToken cancellationToken);

    /// <summary>Takes over a change whose holder let its lease lapse, once per lapse. Only the caller that is told true may go on with it.</summary>
    Task<bool> TryTakeOverAsync(ChangeRequestId id, ChangeLease lease, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Those Executing whose lease has lapsed: their process died, or cannot reach the store.</summary>
    Task<IReadOnlyList<ChangeRequest>> ListAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Executing → a final state. Approved → Drifted is the one other move it makes.</summary>
    /// <param name="id">The request.</param>
    /// <param name="state">A final one.</param>
    /// <param name="outcome">In words.</param>
    /// <param name="at">When it ended.</param>
    /// <param name="holder">Who holds the lease; a change that is executing ends by nobody else's hand. Absent for Approved → Drifted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CompleteAsync(ChangeRequestId id, ChangeRequestState state, string outcome, DateTimeOffset at, string? holder, CancellationToken cancellationToken);

    /// <summary>Marks open requests past their deadline Expired; returns how many.</summary>
    Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Who executes a change, and until when nobody else may. A live process prolongs it; a dead one lets it lapse.</summary>
/// <param name="Holder">One running process, never two: machine, process and start.</param>
/// <param name="Until">From this moment on somebody else may take over.</param>
public sealed record ChangeLease(string Holder, DateTimeOffset Until);

/// <summary>Keeps the steps of running changes; see <see cref="IChangeSteps"/> for what they promise.</summary>
public interface IChangeStepStore
{
    /// <exception cref="ChangeTakenOverException">The change is not executing, or by another holder.</exception>
    Task<StepStart> BeginAsync(ChangeRequestId id, string holder, string name, string intent, DateTimeOffset at, CancellationToken cancellationToken);

    /// <exception cref="ChangeTakenOverException">The change is not executing, or by another holder.</exception>
    Task FinishAsync(ChangeRequestId id, string holder, string name, string result, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>In the order they were begun; of a finished change too.</summary>
    Task<IReadOnlyList<ChangeStep>> ListAsync(ChangeRequestId id, CancellationToken cancellationToken);
}

/// <param name="States">Empty means all.</param>
/// <param name="ConversationId">Only those raised in this conversation.</param>
/// <param name="Limit">At most this many.</param>
/// <param name="RemedyOf">Only the remedies of this change.</param>
public sealed record ChangeRequestQuery(IReadOnlyList<ChangeRequestState> States, string? ConversationId = null, int Limit = 50, ChangeRequestId? RemedyOf = null);
