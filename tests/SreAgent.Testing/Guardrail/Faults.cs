using System.Runtime.CompilerServices;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;

namespace SreAgent.Testing.Guardrail;

/// <summary>Decides, call by call, whether a store answers. Counts down to the failing one.</summary>
public sealed class Faults
{
    private int _callsUntilFailure = int.MaxValue;
    private int _failures;

    /// <summary>The store answers this many more calls, fails the given number, then answers again.</summary>
    public void FailAfter(int calls, int failures)
    {
        _failures = failures;
        Volatile.Write(ref _callsUntilFailure, calls);
    }

    public void Mend() => Volatile.Write(ref _callsUntilFailure, int.MaxValue);

    public void Check()
    {
        if (Volatile.Read(ref _callsUntilFailure) == int.MaxValue || Interlocked.Decrement(ref _callsUntilFailure) >= 0)
        {
            return;
        }

        if (Interlocked.Decrement(ref _failures) < 0)
        {
            Mend();
            return;
        }

        throw new IOException("The store is down: no space left on device.");
    }
}

/// <summary>A real store behind a door that sometimes jams: before the call, or, just as bad, after it took effect.</summary>
public sealed class FaultyChangeRequestStore(IChangeRequestStore inner, Faults faults) : IChangeRequestStore
{
    /// <summary>What the next readers of a request are given instead: a record edited behind the program's back.</summary>
    public Func<ChangeRequest, ChangeRequest>? Tamper { get; set; }

    /// <summary>Runs before a request is completed: where a process may die.</summary>
    public Func<Task>? BeforeCompleting { get; set; }

    public Task<ChangeRequest> AddOrGetOpenAsync(ChangeRequest request, CancellationToken cancellationToken) =>
        Around(() => inner.AddOrGetOpenAsync(request, cancellationToken));

    public async Task<ChangeRequest?> FindAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
        Tampered(await Around(() => inner.FindAsync(id, cancellationToken)));

    public async Task<ChangeRequest?> FindApprovedAsync(ChangeDigest digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        Tampered(await Around(() => inner.FindApprovedAsync(digest, now, cancellationToken)));

    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        Around(() => inner.ListAsync(query, cancellationToken));

    public Task<bool> TryApproveAsync(ChangeRequestId id, Approval approval, CancellationToken cancellationToken) =>
        Around(() => inner.TryApproveAsync(id, approval, cancellationToken));

    public Task<bool> TryDenyAsync(ChangeRequestId id, string denier, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        Around(() => inner.TryDenyAsync(id, denier, reason, at, cancellationToken));

    public Task<bool> TrySpendAsync(ChangeRequestId id, ChangeDigest digest, DateTimeOffset at, ChangeLease lease, CancellationToken cancellationToken) =>
        Around(() => inner.TrySpendAsync(id, digest, at, lease, cancellationToken));

    public Task<bool> TryRenewAsync(ChangeRequestId id, ChangeLease lease, CancellationToken cancellationToken) =>
        Around(() => inner.TryRenewAsync(id, lease, cancellationToken));

    public Task<bool> TryTakeOverAsync(ChangeRequestId id, ChangeLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        Around(() => inner.TryTakeOverAsync(id, lease, now, cancellationToken));

    public async Task<IReadOnlyList<ChangeRequest>> ListAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await Around(() => inner.ListAbandonedAsync(now, cancellationToken))).Select(request => Tamper is null ? request : Tamper(request))];

    public Task CompleteAsync(ChangeRequestId id, ChangeRequestState state, string outcome, DateTimeOffset at, string? holder, CancellationToken cancellationToken) =>
        Around(async () =>
        {
            await (BeforeCompleting?.Invoke() ?? Task.CompletedTask);
            await inner.CompleteAsync(id, state, outcome, at, holder, cancellationToken);
            return true;
        });

    public Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken) => Around(() => inner.ExpireAsync(now, cancellationToken));

    private ChangeRequest? Tampered(ChangeRequest? request) => request is null || Tamper is null ? request : Tamper(request);

    private async Task<T> Around<T>(Func<Task<T>> call)
    {
        faults.Check();
        var answer = await call();
        faults.Check();
        return answer;
    }
}

/// <inheritdoc cref="FaultyChangeRequestStore"/>
public sealed class FaultyAuditTrail(IAuditTrail inner, Faults faults) : IAuditTrail
{
    /// <summary>The disk is full for the trail, while everything else still works.</summary>
    public bool IsFull { get; set; }

    public async Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken)
    {
        if (IsFull)
        {
            throw new IOException("The audit trail is full: no space left on device.");
        }

        faults.Check();
        var entry = await inner.AppendAsync(record, durable, cancellationToken);
        faults.Check();
        return entry;
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        faults.Check();
        await foreach (var entry in inner.ReadAsync(fromSequence, cancellationToken))
        {
            yield return entry;
        }
    }

    public Task<IReadOnlyList<AuditEntry>> LatestAsync(int limit, CancellationToken cancellationToken)
    {
        faults.Check();
        return inner.LatestAsync(limit, cancellationToken);
    }
}

/// <inheritdoc cref="FaultyChangeRequestStore"/>
public sealed class FaultyKillSwitch(IKillSwitch inner, Faults faults) : IKillSwitch
{
    public Task<bool> IsOnAsync(CancellationToken cancellationToken)
    {
        faults.Check();
        return inner.IsOnAsync(cancellationToken);
    }

    public Task TurnAsync(bool stopped, string actor, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        faults.Check();
        return inner.TurnAsync(stopped, actor, reason, at, cancellationToken);
    }
}
