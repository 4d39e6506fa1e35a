using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>What may happen before a rollout begins: then nothing is executed, or exactly what was approved, once.</summary>
public sealed class BetweenYesAndDoingTests : IAsyncLifetime
{
    private PracticeShop _shop = null!; // Set before every test.
    private Replica _replica = null!; // As above.

    public async ValueTask InitializeAsync()
    {
        _shop = await PracticeShop.OpenAsync(machines: 2);
        _replica = Replica.Start(_shop);
    }

    [Fact]
    public async Task An_image_that_was_pruned_is_not_put_up_for_approval()
    {
        _shop.Fly.PruneImage(PracticeShop.App, "v42");

        var answer = Assert.IsType<ToolResult.Failed>(await _replica.CallAsync("fly_rollback", new { service = PracticeShop.App }));

        Assert.Contains("image exists: The registry has no image", answer.Explanation, StringComparison.Ordinal);
        Assert.Empty(_shop.Journal.Entries);
    }

    [Fact]
    public async Task An_image_pruned_after_the_approval_is_not_rolled_out()
    {
        var id = await ApprovedAsync();
        _shop.Fly.PruneImage(PracticeShop.App, "v42");

        var answer = Assert.IsType<ToolResult.Failed>(await _replica.ExecuteAsync(id));

        Assert.Contains("The registry has no image", answer.Explanation, StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Approved, (await _replica.ShowAsync(id)).State);
        Assert.Empty(_shop.Journal.Entries);
    }

    [Fact]
    public async Task An_image_pruned_after_the_last_check_is_found_before_anything_is_touched()
    {
        var id = await ApprovedAsync();
        _replica.Life.When("after 'spend'", () => _shop.Fly.PruneImage(PracticeShop.App, "v42"));

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains("Nothing was touched. The registry has no image", done.Outcome, StringComparison.Ordinal);
        Assert.Empty(_shop.Updates());
    }

    [Fact]
    public async Task An_approval_that_runs_out_during_the_last_check_is_expired()
    {
        var id = await ApprovedAsync();
        _shop.Prometheus.ErrorRatio = () =>
        {
            _shop.Prometheus.ErrorRatio = () => 0.1;
            _shop.Clock.Advance(TimeSpan.FromMinutes(31));
            return 0.1;
        };

        var answer = Assert.IsType<ToolResult.Denied>(await _replica.ExecuteAsync(id));

        Assert.Equal("expired", answer.Rule);
        Assert.Equal(ChangeRequestState.Expired, (await _replica.ShowAsync(id)).State);
        Assert.Empty(_shop.Journal.Entries);
    }

    [Fact]
    public async Task Another_release_after_the_approval_is_drift()
    {
        var id = await ApprovedAsync();
        await _shop.Fly.DeployAsync(PracticeShop.App, "v41", "eve@lab.example", TestContext.Current.CancellationToken);

        var answer = Assert.IsType<ToolResult.Denied>(await _replica.ExecuteAsync(id));

        Assert.Equal("drift", answer.Rule);
        Assert.Contains("checkout is no longer as it was", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Drifted, (await _replica.ShowAsync(id)).State);
        Assert.Equal(["v41", "v41"], await _shop.ImagesAsync());
        Assert.Empty(_shop.Updates(id));
    }

    [Fact]
    public async Task Another_release_after_the_last_check_stops_it_before_anything_is_touched()
    {
        var id = await ApprovedAsync();
        _replica.Life.When("after 'spend'", () => _shop.Fly.DeployAsync(PracticeShop.App, "v41", "eve@lab.example", TestContext.Current.CancellationToken));

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains("Nothing was touched: checkout or its image is no longer what was approved", done.Outcome, StringComparison.Ordinal);
        Assert.Equal(["v41", "v41"], await _shop.ImagesAsync());
        Assert.Empty(_shop.Updates(id));
    }

    [Fact]
    public async Task A_machine_changed_after_the_last_look_stops_it()
    {
        var id = await ApprovedAsync();
        _replica.Life.When("after the record that 'measure before' is finished", () => _shop.Fly.DeployAsync(PracticeShop.App, "v41", "eve@lab.example", TestContext.Current.CancellationToken));

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains("is not the version that was approved", done.Outcome, StringComparison.Ordinal);
        Assert.Contains("No machine was touched", done.Outcome, StringComparison.Ordinal);
        Assert.Empty(_shop.Updates(id));
        _shop.AssertRecordedOnce("failure");
    }

    [Fact]
    public async Task Two_approvers_and_two_executing_replicas_make_one_rollout()
    {
        await using var other = Replica.Start(_shop);
        var id = await _replica.AskRollbackAsync();

        var approvals = await Task.WhenAll(Task.Run(() => _replica.ApproveAsync(id)), Task.Run(() => other.ApproveAsync(id)));
        Assert.Single(approvals, approval => approval.Accepted);
        await Task.WhenAll(Task.Run(() => _replica.ExecuteAsync(id)), Task.Run(() => other.ExecuteAsync(id)));

        await AssertRolledBackOnceAsync(id);
    }

    [Fact]
    public async Task The_kill_switch_holds_an_approved_rollout_until_it_is_turned_off()
    {
        var id = await ApprovedAsync();
        await _replica.KillSwitch.TurnAsync(stopped: true, "os:grace", "everything rests", _shop.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        var answer = Assert.IsType<ToolResult.Denied>(await _replica.ExecuteAsync(id));

        Assert.Contains("kill-switch", answer.Rule, StringComparison.Ordinal);
        Assert.Empty(_shop.Journal.Entries);
        await _replica.KillSwitch.TurnAsync(stopped: false, "os:grace", "", _shop.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        await _replica.ExecuteAsync(id);
        await AssertRolledBackOnceAsync(id);
    }

    [Fact]
    public async Task A_switch_turned_during_the_last_check_still_holds_it()
    {
        var id = await ApprovedAsync();
        var turned = false;
        _shop.Prometheus.ErrorRatio = () =>
        {
            if (!turned)
            {
                turned = true;
                _replica.KillSwitch.TurnAsync(stopped: true, "os:grace", "now", _shop.Clock.GetUtcNow(), CancellationToken.None).GetAwaiter().GetResult();
            }

            return 0.1;
        };

        Assert.Contains("kill-switch", Assert.IsType<ToolResult.Denied>(await _replica.ExecuteAsync(id)).Rule, StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Approved, (await _replica.ShowAsync(id)).State);
        Assert.Empty(_shop.Journal.Entries);
    }

    [Fact]
    public async Task With_the_audit_trail_full_nothing_is_executed()
    {
        var id = await ApprovedAsync();
        _replica.Door.IsShut = doing => doing == "audit Intent";

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains("nothing was executed", done.Outcome, StringComparison.Ordinal);
        Assert.Empty(_shop.Journal.Entries);
    }

    [Fact]
    public async Task With_the_audit_trail_full_at_the_end_the_answer_says_so()
    {
        var id = await ApprovedAsync();
        _replica.Door.IsShut = doing => doing == "audit Outcome";

        var answer = Assert.IsType<ToolResult.Found>(await _replica.ExecuteAsync(id));

        Assert.Contains(answer.Evidence.Notes, note => note.Contains("outcome could not be recorded", StringComparison.Ordinal));
        await AssertRolledBackOnceAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _shop.DisposeAsync();
    }

    private Task<ChangeRequestId> ApprovedAsync() => _replica.ApprovedAsync(_replica.AskRollbackAsync());

    private async Task AssertRolledBackOnceAsync(ChangeRequestId id)
    {
        var done = await _replica.ShowAsync(id);
        Assert.True(done.State == ChangeRequestState.Succeeded, $"{done.State}: {done.Outcome}");
        Assert.Equal((await _shop.MachinesAsync()).Select(machine => $"{machine.Id} v43→v42").Order(StringComparer.Ordinal), _shop.Updates().Order(StringComparer.Ordinal));
        Assert.Single(await _replica.AuditedAsync(id), AuditKind.Intent);
        _shop.AssertRecordedOnce("success");
    }
}
