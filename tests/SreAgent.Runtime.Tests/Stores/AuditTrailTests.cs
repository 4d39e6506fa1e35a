using SreAgent.Core.Audit;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Tests.Stores;

public sealed class AuditTrailTests : IDisposable
{
    private readonly StoreFixture _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_entry_reads_back_as_it_was_appended()
    {
        var trail = new AuditTrail(_store.Open());
        var record = new AuditRecord(
            new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1234567), AuditKind.Denied, "", "kai", "", "no_such_tool", "call-ü", "line\nbreak \0 \u2028 😀 \"quoted\"");

        var entry = await trail.AppendAsync(record, durable: true, Token);

        var read = Assert.Single(await trail.LatestAsync(10, Token));
        Assert.Equal(entry.Hash, read.Hash);
        Assert.Equal(record.At.UtcTicks, read.Record.At.UtcTicks);
        Assert.Equal(record with { At = read.Record.At }, read.Record);
        Assert.True(AuditChain.IsIntact(read));
    }

    [Fact]
    public async Task Latest_is_newest_first_and_reading_is_oldest_first_from_where_asked()
    {
        var trail = new AuditTrail(_store.Open());
        await AppendAsync(trail, 5);

        Assert.Equal([5, 4], (await trail.LatestAsync(2, Token)).Select(entry => entry.Sequence));
        Assert.Equal([3, 4, 5], (await ReadAsync(trail, from: 3)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task A_trail_longer_than_a_page_is_read_whole()
    {
        var trail = new AuditTrail(_store.Open());
        await AppendAsync(trail, 1203);

        Assert.Equal(Enumerable.Range(1, 1203).Select(i => (long)i), (await ReadAsync(trail)).Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Appending_while_somebody_reads_is_not_held_up()
    {
        var trail = new AuditTrail(_store.Open(TimeSpan.FromSeconds(2)));
        await AppendAsync(trail, 3);

        await foreach (var entry in trail.ReadAsync(1, Token))
        {
            if (entry.Sequence == 1)
            {
                await trail.AppendAsync(StoreFixture.Record(), durable: true, Token);
            }
        }

        Assert.Equal(4, (await trail.LatestAsync(1, Token))[0].Sequence);
    }

    [Fact]
    public async Task Four_openings_appending_at_once_make_one_chain_without_gaps()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AppendAsync(new AuditTrail(_store.Open()), 250), Token)));

        await AssertIntactAsync(1000);
    }

    [Fact]
    public async Task Processes_appending_at_once_make_one_chain_without_gaps()
    {
        var children = Enumerable.Range(0, 3).Select(_ => StoreFixture.Spawn(nameof(ChildProcess.AppendMany), _store.Path)).ToArray();
        await AppendAsync(new AuditTrail(_store.Open(TimeSpan.FromSeconds(60))), ChildProcess.Appends);
        foreach (var child in children)
        {
            await child.WaitForExitAsync(Token);
            Assert.True(child.ExitCode == 0, await child.StandardOutput.ReadToEndAsync(Token));
            child.Dispose();
        }

        await AssertIntactAsync(4 * ChildProcess.Appends);
    }

    [Fact]
    public async Task A_process_killed_while_appending_leaves_an_intact_chain_that_goes_on()
    {
        var trail = new AuditTrail(_store.Open());
        await trail.AppendAsync(StoreFixture.Record(), durable: true, Token);
        using (var child = StoreFixture.Spawn(nameof(ChildProcess.AppendForever), _store.Path))
        {
            while ((await trail.LatestAsync(1, Token))[0].Sequence < 200)
            {
                Assert.False(child.HasExited, "The child stopped by itself.");
                await Task.Yield();
            }

            child.Kill();
            await child.WaitForExitAsync(Token);
        }

        var last = await trail.AppendAsync(StoreFixture.Record("after"), durable: true, Token);
        await AssertIntactAsync(last.Sequence);
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = '{}' WHERE sequence = 2")]
    [InlineData("DELETE FROM audit WHERE sequence = 3")]
    [InlineData("INSERT OR REPLACE INTO audit SELECT 2, at, kind, actor, persona, environment, tool, subject, 'forged', previous_hash, hash FROM audit WHERE sequence = 2")]
    [InlineData("INSERT INTO audit SELECT 9, at, kind, actor, persona, environment, tool, subject, detail, previous_hash, hash FROM audit WHERE sequence = 3")]
    public async Task The_database_itself_refuses_to_change_the_trail(string sql)
    {
        await AppendAsync(new AuditTrail(_store.Open()), 3);

        var refusal = Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => _store.Tamper(sql));

        Assert.Contains("the audit trail", refusal.Message, StringComparison.Ordinal);
        await AssertIntactAsync(3);
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = 'nothing happened' WHERE sequence = 4", 4)]
    [InlineData("UPDATE audit SET actor = 'os:eve' WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit SET at = '2026-11-20T12:00:00.0000001Z' WHERE sequence = 6", 6)]
    [InlineData("DELETE FROM audit WHERE sequence = 3", 4)]
    [InlineData("DELETE FROM audit WHERE sequence = 1", 2)]
    [InlineData("DELETE FROM audit WHERE sequence = 3; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 3", 3)]
    [InlineData("UPDATE audit SET sequence = 100 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 100", 2)]
    public async Task Tampering_behind_the_triggers_is_found_at_the_first_broken_link(string sql, long brokenAt)
    {
        var trail = new AuditTrail(_store.Open());
        for (var i = 0; i < 6; i++)
        {
            await trail.AppendAsync(StoreFixture.Record($"entry {i}"), durable: false, Token);
        }

        _store.Tamper("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; " + sql);

        var verification = await AuditChain.VerifyAsync(trail.ReadAsync(1, Token), Token);
        Assert.Equal(brokenAt, verification.BrokenAt);
    }

    [Fact]
    public async Task An_entry_no_program_could_have_written_is_a_broken_link_and_not_a_crash()
    {
        var trail = new AuditTrail(_store.Open());
        await AppendAsync(trail, 3);

        _store.Tamper("DROP TRIGGER audit_is_never_changed; UPDATE audit SET at = 'yesterday', kind = 'Party' WHERE sequence = 2");

        Assert.Equal(2, (await AuditChain.VerifyAsync(trail.ReadAsync(1, Token), Token)).BrokenAt);
    }

    [Fact]
    public async Task An_append_cancelled_while_it_waits_writes_nothing()
    {
        var trail = new AuditTrail(_store.Open());
        await AppendAsync(trail, 1);
        using var raw = _store.Raw();
        using var holder = raw.BeginTransaction(deferred: false);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var waiting = trail.AppendAsync(StoreFixture.Record(), durable: true, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        holder.Rollback();
        await AssertIntactAsync(1);
    }

    private static async Task AppendAsync(AuditTrail trail, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await trail.AppendAsync(StoreFixture.Record(), durable: false, Token);
        }
    }

    private static async Task<List<AuditEntry>> ReadAsync(AuditTrail trail, long from = 1)
    {
        var entries = new List<AuditEntry>();
        await foreach (var entry in trail.ReadAsync(from, Token))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task AssertIntactAsync(long entries)
    {
        var verification = await AuditChain.VerifyAsync(new AuditTrail(_store.Open()).ReadAsync(1, Token), Token);
        Assert.True(verification.Ok, $"Broken at {verification.BrokenAt}.");
        Assert.Equal(entries, verification.Entries);
    }
}
