using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Tests.Stores;

/// <summary>
/// What other processes do to a store in these tests: programs that <see cref="StoreFixture.Spawn"/> runs, one per process. Explicit,
/// because by themselves they prove nothing.
/// </summary>
public sealed class ChildProcess
{
    public const string PathVariable = "SREAGENT_TEST_STORE";
    public const int Appends = 250;

    private static SqliteDatabase Database =>
        new(new StoreOptions { Path = Environment.GetEnvironmentVariable(PathVariable)!, BusyTimeout = TimeSpan.FromSeconds(60) }, TimeProvider.System);

    [Fact(Explicit = true)]
    public async Task AppendMany()
    {
        using var database = Database;
        var trail = new AuditTrail(database);
        for (var i = 0; i < Appends; i++)
        {
            await trail.AppendAsync(StoreFixture.Record(), durable: i % 50 == 0, TestContext.Current.CancellationToken);
        }
    }

    [Fact(Explicit = true)]
    public async Task AppendForever()
    {
        using var database = Database;
        var trail = new AuditTrail(database);
        while (true)
        {
            await trail.AppendAsync(StoreFixture.Record(), durable: false, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Dies inside a transaction that spends the approval of the only request there is.</summary>
    [Fact(Explicit = true)]
    public async Task DieWhileSpending()
    {
        using var database = Database;
        await database.WriteAsync("spend", durable: true, session =>
        {
            session.Execute("UPDATE change_requests SET state = 'Executing'");
            session.Execute("PRAGMA wal_checkpoint"); // Refused within a transaction; the pages stay in the log, uncommitted.
            System.Diagnostics.Process.GetCurrentProcess().Kill();
            return true;
        }, TestContext.Current.CancellationToken);
    }

    [Fact(Explicit = true)]
    public async Task SpendAll()
    {
        using var database = Database;
        var requests = new ChangeRequestStore(database);
        var token = TestContext.Current.CancellationToken;
        foreach (var request in await requests.ListAsync(new ChangeRequestQuery([], Limit: 1000), token))
        {
            if (await requests.TrySpendAsync(request.Id, request.Digest, StoreFixture.Noon, StoreFixture.Lease, token))
            {
                await requests.CompleteAsync(request.Id, ChangeRequestState.Succeeded, Environment.ProcessId.ToString(), StoreFixture.Noon, StoreFixture.Lease.Holder, token);
                await new AuditTrail(database).AppendAsync(StoreFixture.Record(request.Id.Value), durable: true, token);
            }
        }
    }
}
