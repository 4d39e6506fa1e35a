using SreAgent.Core.Changes;
using SreAgent.Testing.Fly;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>The vendor's tool may be missing, fail, hang, crash, lie, or outlive us: it is run once, and only the machines are believed.</summary>
public sealed class TroubleWithFlyctlTests : IAsyncLifetime
{
    private PracticeShop _shop = null!; // Set before every test.
    private SimulatedFlyctl? _flyctl;

    public async ValueTask InitializeAsync() => _shop = await PracticeShop.OpenAsync("v42", machines: 2);

    [Fact]
    public async Task Without_it_the_Machines_API_does_it_and_the_plan_says_so()
    {
        await using var replica = Replica.Start(_shop);
        var id = await replica.ApprovedAsync(replica.AskDeployAsync("v41"));

        var done = await replica.CarryOutAsync(id);

        Assert.Contains(done.Plan.Facts, fact => fact is { Name: "executor", Detail: "the Machines API" });
        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        await AssertUpdatedAsync("v42→v41");
    }

    [Fact]
    public async Task One_that_does_its_work_is_run_once()
    {
        await using var replica = With(mischief: null);
        var id = await replica.ApprovedAsync(replica.AskDeployAsync("v41"));

        var done = await replica.CarryOutAsync(id);

        Assert.Contains(done.Plan.Facts, fact => fact.Name == "executor" && fact.Detail.StartsWith("flyctl ", StringComparison.Ordinal));
        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        AssertRunOnce();
        await AssertUpdatedAsync("v42→v41");
        _shop.AssertRecordedOnce("success");
    }

    [Theory]
    [InlineData("fail", "flyctl failed (exit status 1)", "the builder said no")]
    [InlineData("crash", "flyctl crashed (exit status 3)", "panic: runtime error")]
    [InlineData("lie", "flyctl ended with success (exit status 0), but that is not so", "Not on it: ")]
    public async Task One_that_does_nothing_is_found_out_and_not_run_again(string mischief, string words, string said)
    {
        await using var replica = With(mischief);
        var id = await replica.ApprovedAsync(replica.AskDeployAsync("v43"));

        var done = await replica.CarryOutAsync(id);

        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains(words, done.Outcome, StringComparison.Ordinal);
        Assert.Contains(said, done.Outcome, StringComparison.Ordinal);
        Assert.Contains("No remedy is ready.", done.Outcome, StringComparison.Ordinal);
        Assert.Contains("all machines run v42", done.Outcome, StringComparison.Ordinal);
        AssertRunOnce();
        Assert.Empty(_shop.Updates());
        Assert.Equal(["v42", "v42"], await _shop.ImagesAsync());
        _shop.AssertRecordedOnce("failure");
    }

    [Fact]
    public async Task One_that_fails_midway_leaves_the_rollback_ready_to_approve()
    {
        await using var replica = With("fail-midway");
        var id = await replica.ApprovedAsync(replica.AskDeployAsync("v43"));

        var failed = await replica.CarryOutAsync(id);

        var (first, last) = ((await _shop.MachinesAsync())[0].Id, (await _shop.MachinesAsync())[1].Id);
        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Contains($"On the wanted image: {first}. Not on it: {last} (v42)", failed.Outcome, StringComparison.Ordinal);
        Assert.Equal([$"{first} v42→v43"], _shop.Updates());
        AssertRunOnce();
        _shop.AssertRecordedOnce("failure");

        var remedy = await replica.RemedyOfAsync(id);
        Assert.Equal(ChangeRequestState.Pending, remedy.State);
        Assert.Contains($"{remedy.Id} (", failed.Outcome, StringComparison.Ordinal);
        Assert.Contains("is ready to approve.", failed.Outcome, StringComparison.Ordinal);
        await replica.DisposeAsync();

        // The rollback is a rollout of its own: here by a flyctl that has been mended.
        _flyctl!.Dispose();
        await using var mended = With(mischief: null);
        Assert.True((await mended.ApproveAsync(remedy.Id)).Accepted);
        var back = await mended.CarryOutAsync(remedy.Id);
        Assert.True(back.State == ChangeRequestState.Succeeded, back.Outcome);
        Assert.Contains("--skip-release-command", Deploys().Single());
        Assert.Equal(["v42", "v42"], await _shop.ImagesAsync());
    }

    [Fact]
    public async Task One_that_hangs_is_killed_at_the_deadline_and_does_not_keep_anybody_from_the_way_back()
    {
        await using var replica = With("hang");
        var id = await replica.ApprovedAsync(replica.AskDeployAsync("v43"));

        var execution = Task.Run(() => replica.CarryOutAsync(id));
        await ReleasedAsync();
        _shop.Clock.Advance(TimeSpan.FromMinutes(14));
        var failed = await execution;

        Assert.Equal(ChangeRequestState.Failed, failed.State);
        Assert.Contains("flyctl did not end by our deadline and was killed", failed.Outcome, StringComparison.Ordinal);
        AssertRunOnce();
        Assert.Empty(_shop.Updates());
        Assert.Equal("running", (await _shop.AppAsync()).Releases[0].Status);
        Assert.Contains("all machines run v42", failed.Outcome, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing else under way", failed.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_outlives_us_is_waited_for_and_not_run_again()
    {
        var midway = new TaskCompletionSource();
        _shop.Fleet.Starting = midway.Task;
        var doomed = With(mischief: null);
        var id = await doomed.ApprovedAsync(doomed.AskDeployAsync("v41"));
        var execution = Task.Run(() => doomed.ExecuteAsync(id));
        await UntilAsync(() => _shop.Updates().Count > 0);
        doomed.Life.End();
        await using var survivor = Survivor();
        var recovery = Task.Run(survivor.RecoverAsync);

        midway.SetResult();

        Assert.Equal(1, await recovery);
        var done = await survivor.ShowAsync(id);
        Assert.True(done.State == ChangeRequestState.Succeeded, done.Outcome);
        Assert.False(execution.IsCompleted);
        AssertRunOnce();
        await AssertUpdatedAsync("v42→v41");
        _shop.AssertRecordedOnce("success");
    }

    [Fact]
    public async Task One_that_died_with_us_is_not_run_again_and_the_change_fails_visibly()
    {
        var doomed = With("hang");
        var id = await doomed.ApprovedAsync(doomed.AskDeployAsync("v43"));
        _ = Task.Run(() => doomed.ExecuteAsync(id));
        await ReleasedAsync();
        doomed.Life.End();
        _flyctl!.Kill();
        await using var survivor = Survivor();
        var recovery = Task.Run(survivor.RecoverAsync);

        while (await Task.WhenAny(recovery, Task.Delay(100, TestContext.Current.CancellationToken)) != recovery)
        {
            _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var done = await survivor.ShowAsync(id);
        Assert.Equal(ChangeRequestState.Failed, done.State);
        Assert.Contains("still marked as running long after flyctl should have ended", done.Outcome, StringComparison.Ordinal);
        Assert.Contains("It was not run again.", done.Outcome, StringComparison.Ordinal);
        AssertRunOnce();
        Assert.Empty(_shop.Updates());
        _shop.AssertRecordedOnce("failure");
    }

    [Theory]
    [InlineData("after the record that 'flyctl deploy' begins", 0)]
    [InlineData("before the record that 'flyctl deploy' is finished", 1)]
    [InlineData("after the record that 'flyctl deploy' is finished", 1)]
    public async Task A_kill_around_it_never_runs_it_twice(string moment, int runs)
    {
        var doomed = With(mischief: null);
        var id = await doomed.ApprovedAsync(doomed.AskDeployAsync("v41"));
        doomed.Life.EndsAt = (_, passed) => passed == moment;
        await doomed.DieExecutingAsync(id);
        await using var survivor = Survivor();
        var recovery = Task.Run(survivor.RecoverAsync);
        while (await Task.WhenAny(recovery, Task.Delay(200, TestContext.Current.CancellationToken)) != recovery)
        {
            _shop.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        var done = await survivor.ShowAsync(id);
        Assert.Equal(runs, Deploys().Count);
        Assert.True(done.State == (runs == 1 ? ChangeRequestState.Succeeded : ChangeRequestState.Failed), done.Outcome);
        Assert.Contains(runs == 1 ? "Verified" : "flyctl made no release before or after the process that ran it died.", done.Outcome, StringComparison.Ordinal);
        Assert.Equal(runs == 1 ? ["v41", "v41"] : ["v42", "v42"], await _shop.ImagesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _flyctl?.Dispose();
        await _shop.DisposeAsync();
    }

    /// <summary>
    /// A process that has flyctl, which may be up to something. A real process takes real time to start and end: the clock hurries only after it.
    /// </summary>
    private Replica With(string? mischief)
    {
        _shop.Clock.Hurry(1);
        _flyctl = new SimulatedFlyctl(_shop.Fly.Address, PracticeShop.Token, mischief);
        var replica = Replica.Start(_shop, ("Integrations:Fly:Flyctl", _flyctl.ProgramPath));
        replica.Life.When(moment => moment is "before the record that 'flyctl deploy' is finished" or "after the record that 'carrying out failed' begins", () => _shop.Clock.Hurry(25));
        return replica;
    }

    /// <summary>The process that goes on with what the other left.</summary>
    private Replica Survivor()
    {
        _shop.Clock.Hurry(25);
        return Replica.Start(_shop, ("Integrations:Fly:Flyctl", _flyctl!.ProgramPath)); // Nobody survives who did not have it.
    }

    private IReadOnlyList<IReadOnlyList<string>> Deploys() => [.. _flyctl!.Calls.Where(call => call[0] == "deploy")]; // Asked only where there is one.

    private void AssertRunOnce() => Assert.Single(Deploys());

    private async Task AssertUpdatedAsync(string how) =>
        Assert.Equal((await _shop.MachinesAsync()).Select(machine => $"{machine.Id} {how}").Order(StringComparer.Ordinal), _shop.Updates().Order(StringComparer.Ordinal));

    private Task ReleasedAsync() => UntilAsync(() => _shop.Journal.Entries.Any(entry => entry.System == "fly" && entry.Method == "PATCH"));

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var look = 0; !isSo(); look++)
        {
            Assert.True(look < 600, "It never came to that.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
