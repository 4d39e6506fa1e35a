using Dapper;
using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>
/// ChangeRequests in the store. Every transition is one UPDATE whose WHERE states all it depends on; the number of rows it changed is
/// the answer. All of them wait for the disk: what was approved or spent must not be forgotten by a power cut.
/// </summary>
internal sealed class ChangeRequestStore(SqliteDatabase database) : IChangeRequestStore
{
    private const string Select = """
        SELECT id AS Id, state AS State, digest AS Digest, tool AS Tool, arguments AS Arguments, environment AS Environment, persona AS Persona,
               requester AS Requester, requested_via AS RequestedVia, policy_version AS PolicyVersion, plan AS Plan, rules AS Rules,
               approvals AS Approvals, conversation_id AS ConversationId, call_id AS CallId, created_at AS CreatedAt, expires_at AS ExpiresAt,
               decided_at AS DecidedAt, denied_by AS DeniedBy, executed_at AS ExecutedAt, completed_at AS CompletedAt, outcome AS Outcome,
               holder AS Holder, lease_until AS LeaseUntil, remedy_of AS RemedyOf
        FROM change_requests
        """;

    private const string Insert = """
        INSERT INTO change_requests (id, state, digest, tool, arguments, environment, persona, requester, requested_via, policy_version, plan,
            rules, approvals, conversation_id, call_id, created_at, expires_at, decided_at, denied_by, executed_at, completed_at, outcome, holder, lease_until, remedy_of)
        VALUES (@Id, @State, @Digest, @Tool, @Arguments, @Environment, @Persona, @Requester, @RequestedVia, @PolicyVersion, @Plan,
            @Rules, @Approvals, @ConversationId, @CallId, @CreatedAt, @ExpiresAt, @DecidedAt, @DeniedBy, @ExecutedAt, @CompletedAt, @Outcome, @Holder, @LeaseUntil, @RemedyOf)
        """;

    // One begun before there were leases has none, and its process is long gone.
    private const string Abandoned = " state = 'Executing' AND COALESCE(lease_until, '') <= @now";

    private const string Overdue = " WHERE state IN ('Pending', 'Approved') AND expires_at <= @now";

    private const string Expire =
        "UPDATE change_requests SET state = 'Expired', completed_at = @now, outcome = 'Nobody executed it before its deadline.'" + Overdue;

    /// <inheritdoc/>
    public Task<ChangeRequest> AddOrGetOpenAsync(ChangeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var row = ChangeRequestRow.From(request);
        return WriteAsync("store a change request", session =>
        {
            // One past its deadline stands for nothing, also when nobody has marked it yet.
            session.Connection.Execute(Expire + " AND digest = @digest", new { now = row.CreatedAt, digest = row.Digest });
            var open = session.Connection.QuerySingleOrDefault<ChangeRequestRow>(
                Select + " WHERE digest = @digest AND state IN ('Pending', 'Approved')", new { digest = row.Digest });
            if (open is null)
            {
                session.Connection.Execute(Insert, row);
            }

            return (open ?? row).ToRequest();
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChangeRequest?> FindAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
        ReadAsync(
            "find a change request",
            session => session.Connection.QuerySingleOrDefault<ChangeRequestRow>(Select + " WHERE id = @id", new { id = id.Value })?.ToRequest(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ChangeRequest?> FindApprovedAsync(ChangeDigest digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync(
            "find an approved change request",
            session => session.Connection.QuerySingleOrDefault<ChangeRequestRow>(
                Select + " WHERE digest = @digest AND state = 'Approved' AND expires_at > @now",
                new { digest = digest.Value, now = StoredTime.Of(now) })?.ToRequest(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var states = query.States.Count > 0 ? " AND state IN @states" : "";
        var conversation = query.ConversationId is null ? "" : " AND conversation_id = @conversation";
        var remedies = query.RemedyOf is null ? "" : " AND remedy_of = @failed";
        return ReadAsync<IReadOnlyList<ChangeRequest>>(
            "list change requests",
            session =>
            [
                .. session.Connection.Query<ChangeRequestRow>(
                    $"{Select} WHERE 1 = 1{states}{conversation}{remedies} ORDER BY created_at DESC, id DESC LIMIT @limit",
                    new { states = query.States.Select(state => state.ToString()), conversation = query.ConversationId, failed = query.RemedyOf?.Value, limit = query.Limit })
                    .Select(row => row.ToRequest()),
            ],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryApproveAsync(ChangeRequestId id, Approval approval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(approval);
        return OnceAsync(
            "approve a change request",
            "UPDATE change_requests SET state = 'Approved', approvals = @approvals, decided_at = @at WHERE id = @id AND state = 'Pending' AND expires_at > @at",
            new { id = id.Value, approvals = ChangeRequestRow.JsonOf([approval]), at = StoredTime.Of(approval.At) },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryDenyAsync(ChangeRequestId id, string denier, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        OnceAsync(
            "deny a change request",
            "UPDATE change_requests SET state = 'Denied', denied_by = @denier, outcome = @reason, decided_at = @at, completed_at = @at " +
            "WHERE id = @id AND state IN ('Pending', 'Approved')",
            new { id = id.Value, denier, reason, at = StoredTime.Of(at) },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TrySpendAsync(ChangeRequestId id, ChangeDigest digest, DateTimeOffset at, ChangeLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return OnceAsync(
            "spend an approval",
            "UPDATE change_requests SET state = 'Executing', executed_at = @at, holder = @holder, lease_until = @until " +
            "WHERE id = @id AND state = 'Approved' AND digest = @digest AND expires_at > @at",
            new { id = id.Value, digest = digest.Value, at = StoredTime.Of(at), holder = lease.Holder, until = StoredTime.Of(lease.Until) },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryRenewAsync(ChangeRequestId id, ChangeLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);

        // Not durable: after a power cut the process that held it is gone anyway.
        return database.WriteAsync(
            "prolong a lease",
            durable: false,
            session => session.Connection.Execute(
                "UPDATE change_requests SET lease_until = @until WHERE id = @id AND state = 'Executing' AND holder = @holder",
                new { id = id.Value, holder = lease.Holder, until = StoredTime.Of(lease.Until) }) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryTakeOverAsync(ChangeRequestId id, ChangeLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return OnceAsync(
            "take over a change",
            "UPDATE change_requests SET holder = @holder, lease_until = @until WHERE id = @id AND" + Abandoned,
            new { id = id.Value, holder = lease.Holder, until = StoredTime.Of(lease.Until), now = StoredTime.Of(now) },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeRequest>> ListAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ChangeRequest>>(
            "look for abandoned changes",
            session => [.. session.Connection.Query<ChangeRequestRow>(Select + " WHERE" + Abandoned, new { now = StoredTime.Of(now) }).Select(row => row.ToRequest())],
            cancellationToken);

    /// <inheritdoc/>
    public async Task CompleteAsync(
        ChangeRequestId id, ChangeRequestState state, string outcome, DateTimeOffset at, string? holder, CancellationToken cancellationToken)
    {
        if (state < ChangeRequestState.Denied || !Enum.IsDefined(state))
        {
            throw new ArgumentException($"{state} is not a final state.", nameof(state));
        }

        var from = state == ChangeRequestState.Drifted ? "(state = 'Approved' OR (state = 'Executing' AND holder = @holder))" : "state = 'Executing' AND holder = @holder";

        // When an interrupted change ended, nobody knows.
        var completed = state == ChangeRequestState.Interrupted ? "NULL" : "@at";
        var moved = await OnceAsync(
            "complete a change request",
            $"UPDATE change_requests SET state = @state, outcome = @outcome, completed_at = {completed} WHERE id = @id AND {from}",
            new { id = id.Value, state = state.ToString(), outcome, at = StoredTime.Of(at), holder },
            cancellationToken);
        if (!moved)
        {
            var found = await FindAsync(id, cancellationToken);
            throw new InvalidOperationException(
                found is null ? $"There is no change request {id}."
                : found.State == ChangeRequestState.Executing ? $"Change request {id} is executed by {found.Lease?.Holder ?? "nobody known"}; {holder ?? "nobody"} cannot end it."
                : $"Change request {id} is {found.State}; it cannot become {state} any more.");
        }
    }

    /// <inheritdoc/>
    public async Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var overdue = new { now = StoredTime.Of(now) };
        // Asked on every look at a request, and almost always there is none: reading first keeps lookers from queueing for the write lock.
        return await ExistsAsync("look for overdue change requests", Overdue, overdue, cancellationToken)
            ? await WriteAsync("expire change requests", session => session.Connection.Execute(Expire, overdue), cancellationToken)
            : 0;
    }

    private Task<bool> ExistsAsync(string doing, string where, object values, CancellationToken cancellationToken) =>
        ReadAsync(doing, session => session.Connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM change_requests" + where + ")", values) == 1, cancellationToken);

    private Task<bool> OnceAsync(string doing, string update, object values, CancellationToken cancellationToken) =>
        WriteAsync(doing, session => session.Connection.Execute(update, values) == 1, cancellationToken);

    private Task<T> WriteAsync<T>(string doing, Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        database.WriteAsync(doing, durable: true, write, cancellationToken);

    private Task<T> ReadAsync<T>(string doing, Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        database.ReadAsync(doing, read, cancellationToken);
}
