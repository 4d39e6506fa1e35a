using System.Runtime.CompilerServices;
using SreAgent.Core.Audit;
using SreAgent.Core.Policy;

namespace SreAgent.Testing.Rehearsal;

/// <summary>An audit trail, a policy and a kill switch in memory.</summary>
public sealed class RehearsedRecord : IAuditTrail, IPolicySource, IKillSwitch
{
    public List<AuditEntry> Entries { get; } = [];

    public bool Stopped { get; private set; }

    public Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken)
    {
        var entry = AuditChain.Link(Entries.Count + 1, record, Entries.Count == 0 ? AuditChain.Genesis : Entries[^1].Hash);
        Entries.Add(entry);
        return Task.FromResult(entry);
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var entry in Entries.Where(entry => entry.Sequence >= fromSequence))
        {
            yield return entry;
        }
    }

    public Task<IReadOnlyList<AuditEntry>> LatestAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. Entries.AsEnumerable().Reverse().Take(limit)]);

    public Task<GuardrailPolicy> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(new GuardrailPolicy
    {
        Version = "v1",
        KillSwitch = Stopped,
        DefaultEnvironment = "production",
        Environments = new Dictionary<string, EnvironmentPolicy> { ["production"] = new() { Name = "production", Approvers = ["os:*"] } },
    });

    public Task<bool> IsOnAsync(CancellationToken cancellationToken) => Task.FromResult(Stopped);

    public Task TurnAsync(bool stopped, string actor, string reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Stopped = stopped;
        return Task.CompletedTask;
    }
}
