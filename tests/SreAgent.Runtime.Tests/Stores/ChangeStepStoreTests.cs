using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Tests.Stores;

/// <summary>Steps are kept in order, once each, by whoever holds the change and by nobody else.</summary>
public sealed class ChangeStepStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = StoreFixture.Noon;
    private static readonly string Holder = StoreFixture.Lease.Holder;

    private readonly StoreFixture _store = new();
    private readonly ChangeRequestStore _requests;
    private readonly ChangeStepStore _steps;

    public ChangeStepStoreTests()
    {
        var database = _store.Open();
        (_requests, _steps) = (new ChangeRequestStore(database), new ChangeStepStore(database));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_is_fresh_then_unsettled_then_done()
    {
        var id = await ExecutingAsync();

        Assert.IsType<StepStart.Fresh>(await _steps.BeginAsync(id, Holder, "update a", "from v1", Noon, Token));
        Assert.Equal("from v1", Assert.IsType<StepStart.Unsettled>(await _steps.BeginAsync(id, Holder, "update a", "from v9", Noon, Token)).Step.Intent);
        await _steps.FinishAsync(id, Holder, "update a", "on v2", Noon.AddSeconds(3), Token);

        Assert.Equal("on v2", Assert.IsType<StepStart.Done>(await _steps.BeginAsync(id, Holder, "update a", "from v1", Noon, Token)).Result);
        Assert.Equal([new ChangeStep("update a", "from v1", Noon, "on v2", Noon.AddSeconds(3))], await _steps.ListAsync(id, Token));
    }

    [Fact]
    public async Task Steps_are_listed_in_the_order_they_were_begun()
    {
        var id = await ExecutingAsync();
        foreach (var name in new[] { "c", "a", "b" })
        {
            await _steps.BeginAsync(id, Holder, name, "", Noon, Token);
        }

        Assert.Equal(["c", "a", "b"], (await _steps.ListAsync(id, Token)).Select(step => step.Name));
    }

    [Fact]
    public async Task Whoever_lost_the_change_records_nothing_more_while_another_is_at_it()
    {
        var id = await ExecutingAsync();
        await _steps.BeginAsync(id, Holder, "update a", "", Noon, Token);
        Assert.True(await _requests.TryTakeOverAsync(id, new ChangeLease("host/2/two", Noon.AddMinutes(9)), Noon.AddMinutes(1), Token));

        var refusal = await Assert.ThrowsAsync<ChangeTakenOverException>(() => _steps.BeginAsync(id, Holder, "update b", "", Noon, Token));
        await Assert.ThrowsAsync<ChangeTakenOverException>(() => _steps.FinishAsync(id, Holder, "update a", "late", Noon, Token));

        Assert.Contains("host/2/two", refusal.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await _steps.ListAsync(id, Token)).Result);
    }

    [Fact]
    public async Task A_change_that_is_not_executing_takes_no_step()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);

        await Assert.ThrowsAsync<ChangeTakenOverException>(() => _steps.BeginAsync(request.Id, Holder, "update a", "", Noon, Token));
    }

    [Fact]
    public async Task A_step_is_not_finished_twice()
    {
        var id = await ExecutingAsync();
        await _steps.BeginAsync(id, Holder, "update a", "", Noon, Token);
        await _steps.FinishAsync(id, Holder, "update a", "one", Noon, Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _steps.FinishAsync(id, Holder, "update a", "two", Noon, Token));
    }

    public void Dispose() => _store.Dispose();

    private async Task<ChangeRequestId> ExecutingAsync()
    {
        var request = await _requests.AddOrGetOpenAsync(StoreFixture.Request(), Token);
        await _requests.TryApproveAsync(request.Id, StoreFixture.ApprovalAt(Noon), Token);
        Assert.True(await _requests.TrySpendAsync(request.Id, request.Digest, Noon, StoreFixture.Lease, Token));
        return request.Id;
    }
}
