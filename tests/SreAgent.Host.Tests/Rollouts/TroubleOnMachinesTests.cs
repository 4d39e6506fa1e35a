using SreAgent.Core.Changes;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>A rolling update without flyctl, in the middle of which a machine or Fly goes wrong: what was touched is put back, once, and said.</summary>
public sealed class TroubleOnMachinesTests : IAsyncLifetime
{
    private PracticeShop _shop = null!; // Set before every test.
    private Replica _replica = null!; // As above.
    private string[] _machines = [];

    public async ValueTask InitializeAsync()
    {
        _shop = await PracticeShop.OpenAsync();
        _replica = Replica.Start(_shop);
        _machines = [.. (await _shop.MachinesAsync()).Select(machine => machine.Id)];
    }

    [Fact]
    public async Task A_lease_held_by_another_keeps_every_machine_as_it_is_and_says_by_whom()
    {
        var id = await ApprovedAsync();
        _shop.Fly.HoldLease(PracticeShop.App, _machines[1], TimeSpan.FromHours(1), "eve@lab.example");

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains($"Machine {_machines[1]} is held by eve@lab.example", done.Outcome, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent to any machine", done.Outcome, StringComparison.Ordinal);
        Assert.Empty(_shop.Updates());
        _shop.AssertRecordedOnce("failure");
    }

    [Fact]
    public async Task A_machine_that_never_gets_healthy_has_all_that_were_touched_put_back()
    {
        _shop.Fly.Faults.NeverHealthy(_machines[1]);

        var done = await CarryOutAsync();

        Assert.Contains($"Machine {_machines[1]} is started but not healthy", done.Outcome, StringComparison.Ordinal);
        await AssertPutBackAsync(done, touched: 2);
    }

    [Fact]
    public async Task So_has_one_that_never_starts()
    {
        _shop.Fly.Faults.NeverStarting(_machines[1]);

        var done = await CarryOutAsync();

        Assert.Contains($"Machine {_machines[1]} did not start within 20 s", done.Outcome, StringComparison.Ordinal);
        Assert.Equal(["v43", "v43", "v43"], await _shop.ImagesAsync());
        AssertUpdated(_machines[..2], "v43→v42", "v42→v43");
        _shop.AssertRecordedOnce("failure");
    }

    [Theory]
    [InlineData(409, "held or being changed by somebody else")]
    [InlineData(412, "somebody changed it meanwhile")]
    [InlineData(422, "does not accept the configuration")]
    [InlineData(500, "itself is as it was")]
    public async Task A_refusal_in_the_middle_puts_back_what_was_touched(int status, string words)
    {
        _shop.Fly.Faults.FailUpdates(1, status, _machines[1]);

        var done = await CarryOutAsync();

        Assert.Contains(words, done.Outcome, StringComparison.Ordinal);
        Assert.Contains($"{_machines[1]} (never changed), {_machines[0]} (put back)", done.Outcome, StringComparison.Ordinal);
        await AssertPutBackAsync(done, touched: 1);
    }

    [Fact]
    public async Task A_limiter_that_asks_to_wait_is_obeyed()
    {
        _shop.Fly.Faults.FailUpdates(3, 429, _machines[1]);

        await AssertDoneOnceAsync(await CarryOutAsync());
    }

    [Fact]
    public async Task A_limiter_that_never_stops_asking_has_all_put_back()
    {
        _shop.Fly.Faults.FailUpdates(20, 429, _machines[1]);

        var done = await CarryOutAsync();

        Assert.Contains("Fly kept asking to wait", done.Outcome, StringComparison.Ordinal);
        await AssertPutBackAsync(done, touched: 1);
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_is_looked_up_and_not_sent_again()
    {
        _shop.Fly.Faults.FailUpdates(1, 500, _machines[1], afterApplying: true);

        await AssertDoneOnceAsync(await CarryOutAsync());
    }

    [Fact]
    public async Task An_image_pruned_under_way_has_all_put_back()
    {
        _replica.Life.When($"after the record that 'update machine {_machines[0]}' is finished", () => _shop.Fly.PruneImage(PracticeShop.App, "v42"));

        var done = await CarryOutAsync();

        Assert.Contains("manifest unknown", done.Outcome, StringComparison.OrdinalIgnoreCase);
        await AssertPutBackAsync(done, touched: 1);
    }

    [Fact]
    public async Task An_image_that_cannot_be_fetched_does_not_pass_for_deployed()
    {
        _shop.Fly.Faults.PullFails(Testing.Fly.FlyPractice.Image(PracticeShop.App, "v42").Digest);

        var done = await CarryOutAsync();

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Equal(["v43", "v43", "v43"], await _shop.ImagesAsync());
    }

    [Fact]
    public async Task A_machine_that_cannot_be_put_back_is_named()
    {
        _shop.Fly.Faults.FailUpdates(1, 422, _machines[1]);
        _replica.Life.When($"after the record that 'restore machine {_machines[0]}' begins", () => _shop.Fly.Faults.FailUpdates(1, 409, _machines[0]));

        var done = await CarryOutAsync();

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains($"NOT as before, look at once: {_machines[0]}", done.Outcome, StringComparison.Ordinal);
        Assert.Equal(["v42", "v43", "v43"], await _shop.ImagesAsync());
        AssertUpdated(_machines[..1], "v43→v42");
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _shop.DisposeAsync();
    }

    private Task<ChangeRequestId> ApprovedAsync() => _replica.ApprovedAsync(_replica.AskRollbackAsync());

    private async Task<ChangeRequest> CarryOutAsync() => await _replica.CarryOutAsync(await ApprovedAsync());

    private async Task AssertDoneOnceAsync(ChangeRequest done)
    {
        Assert.True(done.State == ChangeRequestState.Succeeded, $"{done.State}: {done.Outcome}");
        Assert.Equal(["v42", "v42", "v42"], await _shop.ImagesAsync());
        AssertUpdated(_machines, "v43→v42");
        _shop.AssertRecordedOnce("success");
    }

    private async Task AssertPutBackAsync(ChangeRequest done, int touched)
    {
        Assert.True(done.State == ChangeRequestState.Failed, $"{done.State}: {done.Outcome}");
        Assert.Contains("Every machine that was touched is as before", done.Outcome, StringComparison.Ordinal);
        Assert.Equal(["v43", "v43", "v43"], await _shop.ImagesAsync());
        AssertUpdated(_machines[..touched], "v43→v42", "v42→v43");
        _shop.AssertRecordedOnce("failure");
    }

    private void AssertUpdated(string[] machines, params string[] how) =>
        Assert.Equal(machines.SelectMany(machine => how.Select(one => $"{machine} {one}")).Order(StringComparer.Ordinal), _shop.Updates().Order(StringComparer.Ordinal));
}
