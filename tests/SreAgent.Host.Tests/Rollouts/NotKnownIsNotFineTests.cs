using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Lab.Http;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>What cannot be measured, recorded or stored while a rollout runs: it is said, never taken for well, and nothing is done twice over it.</summary>
public sealed class NotKnownIsNotFineTests : IAsyncLifetime
{
    private PracticeShop _shop = null!; // Set before every test.
    private Replica _replica = null!; // As above.

    public async ValueTask InitializeAsync()
    {
        _shop = await PracticeShop.OpenAsync(machines: 2);
        _replica = Replica.Start(_shop);
    }

    [Fact]
    public async Task Prometheus_down_during_verification_is_unverified()
    {
        _replica.Life.When("after the record that 'watch users' is finished", () => _shop.Prometheus.IsDown = true);

        var done = await _replica.CarryOutAsync(await ApprovedAsync());

        Assert.Equal(ChangeRequestState.Unverified, done.State);
        Assert.StartsWith("Executed. Not verified: availability: it could not be measured: ", done.Outcome, StringComparison.Ordinal);
        await AssertUpdatedOnceAsync();
        _shop.AssertRecordedOnce("error");
    }

    [Fact]
    public async Task Prometheus_down_from_the_beginning_is_unverified_too()
    {
        var id = await ApprovedAsync();
        _shop.Prometheus.IsDown = true;

        var done = await _replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Unverified, done.State);
        await AssertUpdatedOnceAsync();
    }

    [Fact]
    public async Task A_record_whose_answer_was_lost_is_looked_up_and_closed()
    {
        _shop.Grafana.Faults.Add("POST", "annotations", new LabFault.LosesAnswer());
        _shop.GitHub.Faults.Add("POST", "deployments", new LabFault.LosesAnswer());

        var done = await _replica.CarryOutAsync(await ApprovedAsync());

        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        await AssertUpdatedOnceAsync();
        _shop.AssertRecordedOnce("success");
    }

    [Fact]
    public async Task Systems_that_keep_records_may_all_be_down()
    {
        _shop.Grafana.Faults.Add("*", "", new LabFault.Refuses(500, "down"), times: 100);
        _shop.GitHub.Faults.Add("*", "deployments", new LabFault.Refuses(500, "down"), times: 100);

        var answer = Assert.IsType<ToolResult.Found>(await _replica.ExecuteAsync(await ApprovedAsync()));

        Assert.Contains(answer.Evidence.Notes, note => note.StartsWith("github has no record of this", StringComparison.Ordinal));
        Assert.Contains(answer.Evidence.Notes, note => note.StartsWith("grafana has no record of this", StringComparison.Ordinal));
        await AssertUpdatedOnceAsync();
    }

    [Fact]
    public async Task A_store_that_stumbles_makes_the_rollout_wait_and_not_fail()
    {
        var machine = (await _shop.MachinesAsync())[0].Id;
        var refused = 0;
        _replica.Door.IsShut = doing => doing == $"finish update machine {machine}" && ++refused <= 3;

        var done = await _replica.CarryOutAsync(await ApprovedAsync());

        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        Assert.Equal(4, refused);
        await AssertUpdatedOnceAsync();
        _shop.AssertRecordedOnce("success");
    }

    [Fact]
    public async Task A_process_cut_off_from_the_store_stops_touching_and_another_goes_on()
    {
        var id = await ApprovedAsync();
        var first = (await _shop.MachinesAsync())[0].Id;
        _replica.Life.When($"before the record that 'update machine {first}' is finished", () => _replica.Door.IsShut = _ => true);

        var answer = Assert.IsType<ToolResult.Failed>(await _replica.ExecuteAsync(id));

        Assert.Contains("no longer this process's", answer.Explanation, StringComparison.Ordinal);
        Assert.Equal([$"{first} v43→v42"], _shop.Updates());
        await using var survivor = Replica.Start(_shop);
        Assert.Equal(1, await survivor.RecoverAsync());
        var done = await survivor.ShowAsync(id);
        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        await AssertUpdatedOnceAsync();
        _shop.AssertRecordedOnce("success");
    }

    [Fact]
    public async Task An_outcome_the_store_does_not_take_is_made_up_for_later()
    {
        var id = await ApprovedAsync();
        _replica.Door.IsShut = doing => doing == "complete";
        var answer = Assert.IsType<ToolResult.Found>(await _replica.ExecuteAsync(id));
        Assert.Contains(answer.Evidence.Notes, note => note.Contains("outcome could not be recorded", StringComparison.Ordinal));

        await using var survivor = Replica.Start(_shop);
        await survivor.RecoverAsync();

        Assert.Equal(ChangeRequestState.Succeeded, (await survivor.ShowAsync(id)).State);
        await AssertUpdatedOnceAsync();
        _shop.AssertRecordedOnce("success");
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _shop.DisposeAsync();
    }

    private Task<ChangeRequestId> ApprovedAsync() => _replica.ApprovedAsync(_replica.AskRollbackAsync());

    private async Task AssertUpdatedOnceAsync() =>
        Assert.Equal((await _shop.MachinesAsync()).Select(machine => $"{machine.Id} v43→v42").Order(StringComparer.Ordinal), _shop.Updates().Order(StringComparer.Ordinal));
}
