using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>A bad deploy whose rollback was approved with it: the one yes covers one rollback, whatever becomes of that.</summary>
public sealed class TroubleWithTheWayBackTests : IAsyncLifetime
{
    private PracticeShop _shop = null!; // Set before every test.
    private Replica _replica = null!; // As above.

    public async ValueTask InitializeAsync()
    {
        _shop = await PracticeShop.OpenAsync("v42", machines: 2);
        _replica = Replica.Start(_shop);
    }

    [Fact]
    public async Task A_bad_deploy_leaves_the_rollback_ready_when_it_was_not_approved_in_advance()
    {
        var id = await _replica.ApprovedAsync(_replica.AskDeployAsync());

        var failed = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Contains("Verification failed: availability: ", failed.Outcome, StringComparison.Ordinal);
        var remedy = await _replica.RemedyOfAsync(id);
        Assert.Equal(ChangeRequestState.Pending, remedy.State);
        Assert.Equal(["v43", "v43"], await _shop.ImagesAsync());
        Assert.Equal(2, _shop.Updates().Count);
        _shop.AssertRecordedOnce("failure");
    }

    [Fact]
    public async Task A_rollback_that_fails_is_said_and_not_tried_again()
    {
        var id = await _replica.ApprovedAsync(_replica.AskDeployAsync(rollBackOnFailure: true));
        var machines = (await _shop.MachinesAsync()).Select(machine => machine.Id).ToArray();
        _replica.Life.When("after the audit entry Outcome", () => _shop.Fly.HoldLease(PracticeShop.App, machines[1], TimeSpan.FromHours(1), "eve@lab.example"));

        var answer = Assert.IsType<ToolResult.Failed>(await _replica.ExecuteAsync(id));

        var (failed, remedy) = (await _replica.ShowAsync(id), await _replica.RemedyOfAsync(id));
        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Equal(ChangeRequestState.Failed, remedy.State);
        Assert.Contains("Verification failed: availability: ", answer.Explanation, StringComparison.Ordinal);
        Assert.Contains($"Machine {machines[1]} is held by eve@lab.example", answer.Explanation, StringComparison.Ordinal);
        Assert.Contains($"{machines[0]} runs v43", remedy.Outcome, StringComparison.Ordinal);
        Assert.Equal(machines.Select(machine => $"{machine} v42→v43"), _shop.Updates());
        Assert.Equal(0, await _replica.RecoverAsync());
        Assert.Equal(2, _shop.Updates().Count);
    }

    [Fact]
    public async Task A_deploy_that_put_everything_back_itself_needs_no_rollback_and_says_so()
    {
        _shop.Fly.Faults.NeverHealthy((await _shop.MachinesAsync())[1].Id);
        var id = await _replica.ApprovedAsync(_replica.AskDeployAsync(rollBackOnFailure: true));

        var failed = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Contains("Every machine that was touched is as before", failed.Outcome, StringComparison.Ordinal);
        Assert.Contains("all machines run v42", failed.Outcome, StringComparison.Ordinal);
        Assert.Equal(["v42", "v42"], await _shop.ImagesAsync());
        Assert.Equal(4, _shop.Updates(id).Count);
    }

    [Fact]
    public async Task A_rollback_whose_image_is_gone_by_then_is_not_begun()
    {
        var id = await _replica.ApprovedAsync(_replica.AskDeployAsync(rollBackOnFailure: true));
        _replica.Life.When("after the record that 'watch users' is finished", () => _shop.Fly.PruneImage(PracticeShop.App, "v42"));

        var failed = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Contains("No remedy is ready.", failed.Outcome, StringComparison.Ordinal);
        Assert.Contains("The registry has no image", failed.Outcome, StringComparison.Ordinal);
        Assert.Equal(2, _shop.Updates().Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _shop.DisposeAsync();
    }
}
