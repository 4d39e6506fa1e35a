using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Tests.Stores;

public sealed class ChangeRequestStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = StoreFixture.Noon;

    private readonly StoreFixture _store = new();
    private readonly ChangeRequestStore _requests;

    public ChangeRequestStoreTests() => _requests = new ChangeRequestStore(_store.Open());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_request_reads_back_as_it_was_stored()
    {
        var request = StoreFixture.Request();

        await _requests.AddOrGetOpenAsync(request, Token);

        var read = await _requests.FindAsync(request.Id, Token);
        Assert.Equal(JsonSerializer.Serialize(request), JsonSerializer.Serialize(read));
    }

    [Fact]
    public async Task A_request_without_a_conversation_reads_back_without_one()
    {
        var request = StoreFixture.Request() with { ConversationId = null, CallId = null };

        await _requests.AddOrGetOpenAsync(request, Token);

        Assert.Equal(JsonSerializer.Serialize(request), JsonSerializer.Serialize(await _requests.FindAsync(request.Id, Token)));
    }

    [Fact]
    public async Task An_unknown_id_finds_nothing() => Assert.Null(await _requests.FindAsync(new ChangeRequestId("chg-' OR 1=1 --"), Token));

    [Fact]
    public async Task The_same_digest_gets_the_open_request_that_stands()
    {
        var first = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);
        await _requests.TryApproveAsync(first.Id, StoreFixture.ApprovalAt(Noon), Token);

        var second = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        Assert.Equal((first.Id, ChangeRequestState.Approved), (second.Id, second.State));
    }

    [Fact]
    public async Task An_open_request_past_its_deadline_gives_way_to_a_fresh_one()
    {
        var old = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        var fresh = await _requests.AddOrGetOpenAsync(StoreFixture.Request() with { CreatedAt = old.ExpiresAt, ExpiresAt = old.ExpiresAt.AddHours(1) }, Token);

        Assert.NotEqual(old.Id, fresh.Id);
        Assert.Equal(ChangeRequestState.Expired, (await _requests.FindAsync(old.Id, Token))!.State);
    }

    [Fact]
    public async Task Racers_with_one_digest_all_get_the_same_request()
    {
        var answers = await RaceAsync(16, (requests, _) => requests.AddOrGetOpenAsync(StoreFixture.Request(), Token));

        Assert.Single(answers.Select(answer => answer.Id).Distinct());
        Assert.Single(await _requests.ListAsync(new ChangeRequestQuery([]), Token));
    }

    [Fact]
    public async Task Of_sixteen_racing_to_spend_one_approval_exactly_one_wins()
    {
        var request = await ApprovedAsync();

        var wins = await RaceAsync(16, (requests, _) => requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token));

        Assert.Single(wins, won => won);
    }

    [Fact]
    public async Task Of_sixteen_racing_to_approve_exactly_one_is_recorded()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        var wins = await RaceAsync(16, (requests, i) => requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(Noon) with { Approver = $"slack:U{i}" }, Token));

        var winner = Array.IndexOf(wins, value: true);
        Assert.Single(wins, won => won);
        Assert.Equal($"slack:U{winner}", Assert.Single((await _requests.FindAsync(request.Id, Token))!.Approvals).Approver);
    }

    [Fact]
    public async Task Of_a_yes_and_a_no_at_once_a_spent_approval_was_never_denied()
    {
        var request = await ApprovedAsync();

        var wins = await RaceAsync(16, (requests, i) => i % 2 == 0
            ? requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token)
            : requests.TryDenyAsync(request.Id, "os:bob", "no", Noon, Token));

        Assert.Single(wins, won => won);
    }

    [Fact]
    public async Task Processes_racing_spend_every_approval_exactly_once()
    {
        for (var i = 0; i < 40; i++)
        {
            await ApprovedAsync($"digest {i}");
        }

        var children = Enumerable.Range(0, 3).Select(_ => StoreFixture.Spawn(nameof(ChildProcess.SpendAll), _store.Path)).ToArray();
        foreach (var child in children)
        {
            await child.WaitForExitAsync(Token);
            Assert.True(child.ExitCode == 0, await child.StandardOutput.ReadToEndAsync(Token));
            child.Dispose();
        }

        var executed = (await new AuditTrail(_store.Open()).LatestAsync(1000, Token)).Select(entry => entry.Record.Detail).ToArray();
        Assert.Equal(40, executed.Length);
        Assert.Equal(40, executed.Distinct().Count());
        Assert.All(await _requests.ListAsync(new ChangeRequestQuery([]), Token), request => Assert.Equal(ChangeRequestState.Succeeded, request.State));
    }

    [Fact]
    public async Task A_process_killed_inside_the_spend_has_not_spent_it()
    {
        var request = await ApprovedAsync();
        using (var child = StoreFixture.Spawn(nameof(ChildProcess.DieWhileSpending), _store.Path))
        {
            await child.WaitForExitAsync(Token);
            Assert.NotEqual(0, child.ExitCode);
        }

        Assert.Equal(ChangeRequestState.Approved, (await _requests.FindAsync(request.Id, Token))!.State);
        Assert.True(await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token));
    }

    [Fact]
    public async Task An_approval_for_another_digest_cannot_be_spent()
    {
        var request = await ApprovedAsync();

        Assert.False(await _requests.TrySpendAsync(request.Id, new ChangeDigest("d2"), Noon, StoreFixture.Lease, Token));
        Assert.Equal(ChangeRequestState.Approved, (await _requests.FindAsync(request.Id, Token))!.State);
    }

    [Fact]
    public async Task A_pending_request_cannot_be_spent()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        Assert.False(await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task The_deadline_is_to_the_tick(long ticks, bool inTime)
    {
        var request = await ApprovedAsync();
        var at = request.ExpiresAt.AddTicks(ticks);

        Assert.Equal(inTime, await _requests.FindApprovedAsync(request.Digest, at, Token) is not null);
        Assert.Equal(inTime, await _requests.TrySpendAsync(request.Id, request.Digest, at, StoreFixture.Lease, Token));
    }

    [Fact]
    public async Task A_yes_after_the_deadline_is_not_recorded()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        Assert.False(await _requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(request.ExpiresAt), Token));
        Assert.Empty((await _requests.FindAsync(request.Id, Token))!.Approvals);
    }

    [Fact]
    public async Task Only_an_approved_request_is_found_by_digest()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);
        Assert.Null(await _requests.FindApprovedAsync(request.Digest, Noon, Token));

        await _requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(Noon), Token);
        Assert.Equal(StoreFixture.ApprovalAt(Noon), Assert.Single((await _requests.FindApprovedAsync(request.Digest, Noon, Token))!.Approvals));

        await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token);
        Assert.Null(await _requests.FindApprovedAsync(request.Digest, Noon, Token));
    }

    [Fact]
    public async Task A_no_is_final_and_keeps_who_said_it_and_why()
    {
        var request = await ApprovedAsync();

        Assert.True(await _requests.TryDenyAsync(request.Id, "os:bob", "not during the sale", Noon, Token));

        Assert.False(await _requests.TryDenyAsync(request.Id, "os:eve", "again", Noon, Token));
        Assert.False(await _requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(Noon), Token));
        Assert.False(await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token));
        var denied = (await _requests.FindAsync(request.Id, Token))!;
        Assert.Equal((ChangeRequestState.Denied, "os:bob", "not during the sale", Noon), (denied.State, denied.DeniedBy, denied.Outcome, denied.DecidedAt));
    }

    [Theory]
    [InlineData(ChangeRequestState.Succeeded)]
    [InlineData(ChangeRequestState.Failed)]
    [InlineData(ChangeRequestState.Unverified)]
    [InlineData(ChangeRequestState.Drifted)]
    public async Task A_spent_request_is_completed_once(ChangeRequestState state)
    {
        var request = await ApprovedAsync();
        await _requests.TrySpendAsync(request.Id, request.Digest, Noon.AddSeconds(1), StoreFixture.Lease, Token);

        await _requests.CompleteAsync(request.Id, state, "as seen", Noon.AddSeconds(9), StoreFixture.Lease.Holder, Token);

        var done = (await _requests.FindAsync(request.Id, Token))!;
        Assert.Equal((state, "as seen", Noon.AddSeconds(1), Noon.AddSeconds(9)), (done.State, done.Outcome, done.ExecutedAt, done.CompletedAt));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _requests.CompleteAsync(request.Id, ChangeRequestState.Succeeded, "", Noon, StoreFixture.Lease.Holder, Token));
    }

    [Fact]
    public async Task An_approved_request_may_drift_and_nothing_else()
    {
        var request = await ApprovedAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => _requests.CompleteAsync(request.Id, ChangeRequestState.Succeeded, "", Noon, StoreFixture.Lease.Holder, Token));
        Assert.Contains("is Approved", refusal.Message, StringComparison.Ordinal);

        await _requests.CompleteAsync(request.Id, ChangeRequestState.Drifted, "v3 runs now", Noon, StoreFixture.Lease.Holder, Token);
        Assert.Null(await _requests.FindApprovedAsync(request.Digest, Noon, Token));
    }

    [Theory]
    [InlineData(ChangeRequestState.Pending)]
    [InlineData(ChangeRequestState.Approved)]
    [InlineData(ChangeRequestState.Executing)]
    [InlineData((ChangeRequestState)99)]
    public async Task Nothing_is_completed_into_a_state_that_is_not_final(ChangeRequestState state)
    {
        var request = await ApprovedAsync();
        await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token);

        await Assert.ThrowsAsync<ArgumentException>(() => _requests.CompleteAsync(request.Id, state, "", Noon, StoreFixture.Lease.Holder, Token));
    }

    [Fact]
    public async Task Expiring_touches_only_open_requests_past_their_deadline()
    {
        var pending = await _requests.AddOrGetOpenAsync(StoreFixture.Request("pending"), Token);
        var approved = await ApprovedAsync("approved");
        var running = await ApprovedAsync("running");
        await _requests.TrySpendAsync(running.Id, running.Digest, Noon, StoreFixture.Lease, Token);
        var later = await _requests.AddOrGetOpenAsync(StoreFixture.Request("later", TimeSpan.FromDays(1)), Token);

        Assert.Equal(2, await _requests.ExpireAsync(pending.ExpiresAt, Token));

        Assert.Equal(
            [ChangeRequestState.Expired, ChangeRequestState.Expired, ChangeRequestState.Executing, ChangeRequestState.Pending],
            await StatesAsync(pending, approved, running, later));
    }

    [Fact]
    public async Task A_lapsed_lease_is_taken_over_once_and_a_kept_one_never()
    {
        var lapsed = await ApprovedAsync("lapsed");
        await _requests.TrySpendAsync(lapsed.Id, lapsed.Digest, Noon, StoreFixture.Lease, Token);
        var kept = await ApprovedAsync("kept");
        await _requests.TrySpendAsync(kept.Id, kept.Digest, Noon, StoreFixture.Lease, Token);
        Assert.True(await _requests.TryRenewAsync(kept.Id, StoreFixture.Lease with { Until = Noon.AddMinutes(5) }, Token));
        var now = StoreFixture.Lease.Until;

        Assert.Equal(lapsed.Id, Assert.Single(await _requests.ListAbandonedAsync(now, Token)).Id);
        Assert.False(await _requests.TryTakeOverAsync(kept.Id, Other(now), now, Token));
        var wins = await RaceAsync(8, (requests, _) => requests.TryTakeOverAsync(lapsed.Id, Other(now), now, Token));

        Assert.Single(wins, won => won);
        Assert.False(await _requests.TryRenewAsync(lapsed.Id, StoreFixture.Lease, Token));
        Assert.Empty(await _requests.ListAbandonedAsync(now, Token));
    }

    [Fact]
    public async Task Only_the_holder_ends_a_running_change()
    {
        var request = await ApprovedAsync();
        await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token);
        await _requests.TryTakeOverAsync(request.Id, Other(Noon.AddMinutes(1)), Noon.AddMinutes(1), Token);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _requests.CompleteAsync(request.Id, ChangeRequestState.Succeeded, "", Noon, StoreFixture.Lease.Holder, Token));
        Assert.Contains("host/2/two", refusal.Message, StringComparison.Ordinal);

        await _requests.CompleteAsync(request.Id, ChangeRequestState.Interrupted, "it died", Noon.AddMinutes(1), Other(Noon).Holder, Token);
        var ended = (await _requests.FindAsync(request.Id, Token))!;
        Assert.Equal((ChangeRequestState.Interrupted, null), (ended.State, ended.CompletedAt));
    }

    private static ChangeLease Other(DateTimeOffset now) => new("host/2/two", now.AddSeconds(30));

    [Fact]
    public async Task Lists_are_newest_first_and_filtered()
    {
        var first = await _requests.AddOrGetOpenAsync(StoreFixture.Request("1"), Token);
        var second = await _requests.AddOrGetOpenAsync(StoreFixture.Request("2") with { CreatedAt = Noon.AddSeconds(1), ConversationId = "c-2" }, Token);
        var third = await _requests.AddOrGetOpenAsync(StoreFixture.Request("3") with { CreatedAt = Noon.AddSeconds(2) }, Token);
        await _requests.TryDenyAsync(third.Id, "os:bob", "no", Noon, Token);

        Assert.Equal([third.Id, second.Id, first.Id], await IdsAsync(new ChangeRequestQuery([])));
        Assert.Equal([third.Id], await IdsAsync(new ChangeRequestQuery([], Limit: 1)));
        Assert.Equal([second.Id], await IdsAsync(new ChangeRequestQuery([], "c-2")));
        Assert.Equal([third.Id, first.Id], await IdsAsync(new ChangeRequestQuery([ChangeRequestState.Denied, ChangeRequestState.Pending], "c-1")));
        Assert.Empty(await IdsAsync(new ChangeRequestQuery([ChangeRequestState.Succeeded])));
    }

    private async Task<ChangeRequest> ApprovedAsync(string digest = "d1")
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(digest), Token);
        Assert.True(await _requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(Noon), Token));
        return request;
    }

    /// <summary>Each racer through an opening of its own, as separate processes have them.</summary>
    private Task<T[]> RaceAsync<T>(int racers, Func<ChangeRequestStore, int, Task<T>> race)
    {
        var stores = Enumerable.Range(0, racers).Select(_ => new ChangeRequestStore(_store.Open())).ToArray();
        return Task.WhenAll(stores.Select((requests, i) => Task.Run(() => race(requests, i), Token)));
    }

    private async Task<ChangeRequestState[]> StatesAsync(params ChangeRequest[] requests)
    {
        var states = new List<ChangeRequestState>();
        foreach (var request in requests)
        {
            states.Add((await _requests.FindAsync(request.Id, Token))!.State);
        }

        return [.. states];
    }

    private async Task<ChangeRequestId[]> IdsAsync(ChangeRequestQuery query) => [.. (await _requests.ListAsync(query, Token)).Select(request => request.Id)];
}
