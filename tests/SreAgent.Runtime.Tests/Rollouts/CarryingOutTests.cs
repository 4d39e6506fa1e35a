using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Testing;
using SreAgent.Testing.Rollouts;

namespace SreAgent.Runtime.Tests.Rollouts;

public sealed class CarryingOutTests : IDisposable
{
    private readonly RolloutWorld _world = new();

    [Fact]
    public async Task A_good_deploy_is_carried_out_verified_and_recorded()
    {
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.True(verification.Verdict == VerificationVerdict.Passed, verification.Detail);
        Assert.Equal(["machines", "endpoint health", "error lines", "availability"], verification.Checks.Select(check => check.Name));
        Assert.Equal(["m1", "m2"], _world.Platform.Changed);
        Assert.Equal("chg-0123456789", Assert.Single(_world.Recorder!.Opened).Change.Value);
        Assert.Equal(VerificationVerdict.Passed, Assert.Single(_world.Recorder.Closed).Verdict);
        Assert.Contains(_world.Progress, line => line.StartsWith("Watching for", StringComparison.Ordinal) && line.Contains("availability: 0 of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_result_names_image_digest_and_machines()
    {
        var result = Assert.IsType<ToolResult.Found>(await _world.ExecuteAsync(RolloutWorld.Deploy(), _world.Approved(await _world.PlanAsync(RolloutWorld.Deploy()))));
        var data = JsonSerializer.SerializeToElement(result.Data);
        Assert.Equal(ScriptedPlatform.Digest("v43"), data.GetProperty("digest").GetString());
        Assert.Equal(2, data.GetProperty("machines").GetArrayLength());
        Assert.Contains(result.Evidence.Notes, note => note.Contains("no new release record", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_that_moved_after_the_approval_is_never_deployed()
    {
        var change = _world.Approved(await _world.PlanAsync(RolloutWorld.Deploy()));
        _world.Platform.Images["evil"] = ScriptedPlatform.Commit("v43");
        _world.Platform.MovedTags["v43"] = "evil";
        var refusal = await Assert.ThrowsAsync<ToolException>(() => _world.ExecuteAsync(RolloutWorld.Deploy(), change));
        Assert.StartsWith("Nothing was touched", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Platform.Changed);
        Assert.Equal(VerificationVerdict.Failed, (await _world.VerifyAsync(RolloutWorld.Deploy(), change)).Verdict);
    }

    [Fact]
    public async Task A_bad_deploy_fails_on_the_figures_and_the_watch_ends_early()
    {
        var rolledOut = DateTimeOffset.MaxValue;
        _world.Metrics!.ErrorRatio = at => at >= rolledOut ? 0.3 : 0.0002;
        _world.Platform.Applied = () => rolledOut = _world.Clock.GetUtcNow();
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("availability:", verification.Detail, StringComparison.Ordinal);
        Assert.Contains("(30%) after", verification.Detail, StringComparison.Ordinal);
        Assert.Contains("Watching ended after", verification.Detail, StringComparison.Ordinal);
        Assert.Equal(VerificationVerdict.Failed, Assert.Single(_world.Recorder!.Closed).Verdict);
    }

    [Fact]
    public async Task A_rollback_is_verified_by_recovery()
    {
        var rolledOut = DateTimeOffset.MaxValue;
        _world.Metrics!.ErrorRatio = at => at >= rolledOut ? 0 : 0.3;
        _world.Platform.Applied = () => rolledOut = _world.Clock.GetUtcNow();
        var verification = await _world.RunAsync(RolloutWorld.Rollback());
        Assert.True(verification.Verdict == VerificationVerdict.Passed, verification.Detail);
        Assert.Contains("recovered: ", verification.Checks[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_does_not_answer_for_what_the_bad_image_logged_while_it_was_being_replaced()
    {
        _world.Platform.Applied = () => _world.Platform.Logs.AddRange(Enumerable.Range(0, 50).Select(_ =>
            new LogLine(_world.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1), "error", "m1", "ams", "NullReferenceException in DiscountRule")));
        var verification = await _world.RunAsync(RolloutWorld.Rollback());
        Assert.True(verification.Verdict == VerificationVerdict.Passed, verification.Detail);
        Assert.Contains("0 in ", Assert.Single(verification.Checks, check => check.Name == "error lines").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05, VerificationVerdict.Unverified, "not yet")]
    [InlineData(0.3, VerificationVerdict.Failed, "not recovered")]
    public async Task A_rollback_that_does_not_bring_users_back_says_so(double since, VerificationVerdict verdict, string says)
    {
        var rolledOut = DateTimeOffset.MaxValue;
        _world.Metrics!.ErrorRatio = at => at >= rolledOut ? since : 0.3;
        _world.Platform.Applied = () => rolledOut = _world.Clock.GetUtcNow();
        var verification = await _world.RunAsync(RolloutWorld.Rollback());
        Assert.Equal(verdict, verification.Verdict);
        Assert.Contains(says, verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_down_during_verification_is_unverified_and_said()
    {
        _world.Platform.Applied = () => _world.Metrics!.Down = "http://prometheus refused the connection.";
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Unverified, verification.Verdict);
        Assert.Contains("could not be measured: http://prometheus refused the connection.", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_traffic_is_unverified_not_fine()
    {
        _world.Metrics!.EventsPerSecond = 0.1;
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Unverified, verification.Verdict);
        Assert.Contains("too little traffic to tell", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_that_lies_is_found_out_by_the_digests()
    {
        _world.Platform.Lies = true;
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("m1 runs v42", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_never_gets_well_fails_it()
    {
        _world.Platform.Applied = () => _world.Platform.Instances[1] = _world.Platform.Instances[1] with { Checks = [new InstanceCheck("http", "critical", "503")] };
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("http of m2 is critical", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_flow_that_breaks_fails_it()
    {
        _world.Probe!.Answer = _ => new EndpointAnswer(AsExpected: false, "500 instead of 200");
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal("endpoint health: 500 instead of 200", verification.Detail);
    }

    [Fact]
    public async Task Clearly_more_error_lines_fail_it_and_new_kinds_are_named()
    {
        _world.Platform.Logs.Add(Line(-600, "error", "timeout after 5 s"));
        _world.Platform.Applied = () => _world.Platform.Logs.AddRange(Enumerable.Range(0, 40).Select(i => Line(1 + i, "info", $"panic: nil map in order {i}")));
        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("clearly more", verification.Detail, StringComparison.Ordinal);
        Assert.Contains("Not seen before: panic: nil map", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_configured_is_a_gap_in_the_verdict()
    {
        foreach (var key in _world.Settings.Keys.Where(key => key.Contains("Slos", StringComparison.Ordinal) || key.Contains("Endpoints", StringComparison.Ordinal)).ToArray())
        {
            _world.Settings.Remove(key);
        }

        var verification = await _world.RunAsync(RolloutWorld.Deploy());
        Assert.Equal(VerificationVerdict.Passed, verification.Verdict);
        Assert.Contains("Not looked at: users, since no objective is stated", verification.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorder_that_fails_never_fails_the_change()
    {
        _world.Recorder!.Down = "grafana answered 502.";
        var change = _world.Approved(await _world.PlanAsync(RolloutWorld.Deploy()));
        var result = Assert.IsType<ToolResult.Found>(await _world.ExecuteAsync(RolloutWorld.Deploy(), change));
        Assert.Contains("grafana has no record of this: grafana answered 502.", result.Evidence.Notes);
        Assert.Equal(VerificationVerdict.Passed, (await _world.VerifyAsync(RolloutWorld.Deploy(), change)).Verdict);
    }

    [Fact]
    public async Task A_change_that_breaks_off_closes_its_records_and_is_not_tried_again()
    {
        _world.Platform.Stubborn = "m2";
        var change = _world.Approved(await _world.PlanAsync(RolloutWorld.Deploy()));
        await Assert.ThrowsAsync<ToolException>(() => _world.ExecuteAsync(RolloutWorld.Deploy(), change));
        Assert.Equal(VerificationVerdict.Failed, Assert.Single(_world.Recorder!.Closed).Verdict);
        var verification = await _world.VerifyAsync(RolloutWorld.Deploy(), change);
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("m2 refused: 412", verification.Detail, StringComparison.Ordinal);
        _world.Platform.Stubborn = null;
        await Assert.ThrowsAsync<ToolException>(() => _world.ExecuteAsync(RolloutWorld.Deploy(), change));
        Assert.Equal(["m1"], _world.Platform.Changed);
    }

    /// <summary>The process dies at every record of every step in turn; another goes on from there.</summary>
    [Fact]
    public async Task A_process_that_dies_anywhere_is_succeeded_and_nothing_is_done_twice()
    {
        await _world.RunAsync(RolloutWorld.Deploy());
        Assert.InRange(_world.Steps.Records, 12, 20);
        for (var at = 0; at < _world.Steps.Records; at++)
        {
            using var world = new RolloutWorld { Steps = new InMemoryChangeSteps { DieAtRecord = at } };
            var change = world.Approved(await world.PlanAsync(RolloutWorld.Deploy()));
            await Assert.ThrowsAsync<ChangeTakenOverException>(() => BothAsync(world, change));
            world.Steps.TakenOver();

            var verification = await BothAsync(world, change);

            Assert.True(verification.Verdict == VerificationVerdict.Passed, $"died at {at}: {verification.Detail}");
            Assert.Equal(["m1", "m2"], world.Platform.Changed);
            Assert.Single(world.Recorder!.Opened);
            Assert.Single(world.Recorder.Closed);
        }

        static async Task<Verification> BothAsync(RolloutWorld world, ChangeExecution change)
        {
            await world.ExecuteAsync(RolloutWorld.Deploy(), change);
            return await world.VerifyAsync(RolloutWorld.Deploy(), change);
        }
    }

    [Fact]
    public async Task A_successor_compares_with_the_figures_from_before_the_first_began()
    {
        var change = _world.Approved(await _world.PlanAsync(RolloutWorld.Deploy()));
        await _world.ExecuteAsync(RolloutWorld.Deploy(), change);

        // Asked now, the "before" would be as bad as the "after" and nothing would seem wrong.
        _world.Metrics!.ErrorRatio = _ => 0.3;
        await _world.ExecuteAsync(RolloutWorld.Deploy(), change);
        var verification = await _world.VerifyAsync(RolloutWorld.Deploy(), change);
        Assert.Equal(VerificationVerdict.Failed, verification.Verdict);
        Assert.Contains("before, ", verification.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();

    private static LogLine Line(int secondsFromNoon, string level, string text) => new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddSeconds(secondsFromNoon), level, "m1", "ams", text);
}
