using System.Runtime.CompilerServices;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>Whether the store answers this process.</summary>
internal sealed class StoreDoor
{
    /// <summary>Asked before every call, with what is to be done; true: it fails.</summary>
    public Func<string, bool> IsShut { get; set; } = _ => false;

    public void Enter(string doing)
    {
        if (IsShut(doing))
        {
            throw new StoreUnavailableException($"The store could not {doing}: disk I/O error.");
        }
    }
}

/// <summary>The real steps, through a door, by a process that may die.</summary>
internal sealed class MortalSteps(IChangeStepStore inner, Life life, StoreDoor door) : IChangeStepStore
{
    public async Task<StepStart> BeginAsync(ChangeRequestId id, string holder, string name, string intent, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await life.PassAsync($"before the record that '{name}' begins");
        door.Enter($"begin {name}");
        var start = await inner.BeginAsync(id, holder, name, intent, at, cancellationToken);
        await life.PassAsync($"after the record that '{name}' begins");
        return start;
    }

    public async Task FinishAsync(ChangeRequestId id, string holder, string name, string result, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await life.PassAsync($"before the record that '{name}' is finished");
        door.Enter($"finish {name}");
        await inner.FinishAsync(id, holder, name, result, at, cancellationToken);
        await life.PassAsync($"after the record that '{name}' is finished");
    }

    public async Task<IReadOnlyList<ChangeStep>> ListAsync(ChangeRequestId id, CancellationToken cancellationToken)
    {
        await life.GoOnAsync();
        door.Enter("list steps");
        return await inner.ListAsync(id, cancellationToken);
    }
}

/// <inheritdoc cref="MortalSteps"/>
internal sealed class MortalRequests(IChangeRequestStore inner, Life life, StoreDoor door) : IChangeRequestStore
{
    public Task<ChangeRequest> AddOrGetOpenAsync(ChangeRequest request, CancellationToken cancellationToken) =>
        PassingAsync("add a request", () => inner.AddOrGetOpenAsync(request, cancellationToken));

    public Task<ChangeRequest?> FindAsync(ChangeRequestId id, CancellationToken cancellationToken) => LookingAsync("find a request", () => inner.FindAsync(id, cancellationToken));

    public Task<ChangeRequest?> FindApprovedAsync(ChangeDigest digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        LookingAsync("find an approved request", () => inner.FindApprovedAsync(digest, now, cancellationToken));

    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        LookingAsync("list requests", () => inner.ListAsync(query, cancellationToken));

    public Task<bool> TryApproveAsync(ChangeRequestId id, Approval approval, CancellationToken cancellationToken) =>
        PassingAsync("approve", () => inner.TryApproveAsync(id, approval, cancellationToken));

    public Task<bool> TryDenyAsync(ChangeRequestId id, string denier, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        PassingAsync("deny", () => inner.TryDenyAsync(id, denier, reason, at, cancellationToken));

    public Task<bool> TrySpendAsync(ChangeRequestId id, ChangeDigest digest, DateTimeOffset at, ChangeLease lease, CancellationToken cancellationToken) =>
        PassingAsync("spend", () => inner.TrySpendAsync(id, digest, at, lease, cancellationToken));

    public Task<bool> TryRenewAsync(ChangeRequestId id, ChangeLease lease, CancellationToken cancellationToken) =>
        LookingAsync("renew", () => inner.TryRenewAsync(id, lease, cancellationToken));

    public Task<bool> TryTakeOverAsync(ChangeRequestId id, ChangeLease lease, DateTimeOffset now, CancellationToken cancellationToken) =>
        PassingAsync("take over", () => inner.TryTakeOverAsync(id, lease, now, cancellationToken));

    public Task<IReadOnlyList<ChangeRequest>> ListAbandonedAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        LookingAsync("list abandoned requests", () => inner.ListAbandonedAsync(now, cancellationToken));

    public Task CompleteAsync(ChangeRequestId id, ChangeRequestState state, string outcome, DateTimeOffset at, string? holder, CancellationToken cancellationToken) =>
        PassingAsync("complete", async () =>
        {
            await inner.CompleteAsync(id, state, outcome, at, holder, cancellationToken);
            return true;
        });

    public Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken) => LookingAsync("expire", () => inner.ExpireAsync(now, cancellationToken));

    private async Task<T> PassingAsync<T>(string doing, Func<Task<T>> call)
    {
        await life.PassAsync($"before '{doing}'");
        door.Enter(doing);
        var answer = await call();
        await life.PassAsync($"after '{doing}'");
        return answer;
    }

    private async Task<T> LookingAsync<T>(string doing, Func<Task<T>> call)
    {
        await life.GoOnAsync();
        door.Enter(doing);
        return await call();
    }
}

/// <inheritdoc cref="MortalSteps"/>
internal sealed class MortalTrail(IAuditTrail inner, Life life, StoreDoor door) : IAuditTrail
{
    public async Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken)
    {
        await life.PassAsync($"before the audit entry {record.Kind}");
        door.Enter($"audit {record.Kind}");
        var entry = await inner.AppendAsync(record, durable, cancellationToken);
        await life.PassAsync($"after the audit entry {record.Kind}");
        return entry;
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in inner.ReadAsync(fromSequence, cancellationToken))
        {
            yield return entry;
        }
    }

    public Task<IReadOnlyList<AuditEntry>> LatestAsync(int limit, CancellationToken cancellationToken) => inner.LatestAsync(limit, cancellationToken);
}

/// <summary>All requests of a process that may die.</summary>
internal sealed class MortalRequestHandler(Life life) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath; // Clients of systems always name one.
        var asks = request.Method == HttpMethod.Get || path.EndsWith("/query", StringComparison.Ordinal) || path.EndsWith("/graphql", StringComparison.Ordinal);

        // Leases are kept up in the background, at no particular moment.
        if (asks || (request.Method == HttpMethod.Post && request.Headers.Contains("fly-machine-lease-nonce") && path.EndsWith("/lease", StringComparison.Ordinal)))
        {
            await life.GoOnAsync();
            var asked = await base.SendAsync(request, cancellationToken);
            await life.GoOnAsync();
            return asked;
        }

        await life.PassAsync($"before {request.Method} {path}");
        var answer = await base.SendAsync(request, cancellationToken);
        await life.PassAsync($"after {request.Method} {path}");
        return answer;
    }
}
