using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G4 for changes of several steps: a process that dies at any point leaves a change another finishes, and no step is done twice.</summary>
public sealed class G04ResumedTests : IAsyncDisposable
{
    private static readonly TimeSpan PastTheLease = TimeSpan.FromSeconds(31);

    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Theory]
    [InlineData("before turn a")]
    [InlineData("within turn a")]
    [InlineData("after turn a")]
    [InlineData("before turn b")]
    [InlineData("within turn b")]
    [InlineData("after turn b")]
    public async Task Wherever_its_process_dies_a_change_is_finished_and_no_step_done_twice(string moment)
    {
        var id = await DiedAtAsync(moment);
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(PastTheLease);

        Assert.Equal(1, await survivor.RecoverAsync());

        Assert.Equal(ChangeRequestState.Succeeded, (await survivor.ShowAsync(id)).State);
        Assert.Equal(["a", "b"], _harness.World.Journal.Select(turn => turn.Target));
        var steps = await survivor.Desk.StepsAsync(id, CancellationToken.None);
        Assert.All(steps, step => Assert.NotNull(step.FinishedAt));
        Assert.Equal(["turn a", "turn b"], steps.Select(step => step.Name));
    }

    [Fact]
    public async Task Of_two_replicas_that_resume_one_change_only_one_goes_on()
    {
        var id = await DiedAtAsync("within turn a");
        await using var first = GuardrailHarness.Start(like: _harness);
        await using var second = GuardrailHarness.Start(like: _harness);
        first.Clock.Advance(PastTheLease);

        var gone = await Task.WhenAll(first.RecoverAsync(), second.RecoverAsync());

        Assert.Equal(1, gone.Sum());
        Assert.Equal(["a", "b"], _harness.World.Journal.Select(turn => turn.Target));
        Assert.Equal(ChangeRequestState.Succeeded, (await first.ShowAsync(id)).State);
    }

    [Fact]
    public async Task A_process_that_was_only_slow_touches_nothing_after_another_took_over()
    {
        var wake = new TaskCompletionSource();
        var id = await DiedAtAsync("after turn a", until: wake.Task);
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(PastTheLease);
        await survivor.RecoverAsync();

        wake.SetResult();
        var late = Assert.IsType<ToolResult.Failed>(await _slow!);

        Assert.Contains("no longer this process's", late.Explanation, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], _harness.World.Journal.Select(turn => turn.Target));
        Assert.Equal(ChangeRequestState.Succeeded, (await survivor.ShowAsync(id)).State);
    }

    [Fact]
    public async Task A_change_whose_lease_is_kept_is_left_alone()
    {
        await DiedAtAsync("before turn a");
        await using var other = GuardrailHarness.Start(like: _harness);

        Assert.Equal(0, await other.RecoverAsync());
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task What_began_too_long_ago_is_not_gone_on_with()
    {
        var id = await DiedAtAsync("after turn a");
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, await survivor.RecoverAsync());

        var request = await survivor.ShowAsync(id);
        Assert.Equal(ChangeRequestState.Interrupted, request.State);
        Assert.Contains("too long ago", request.Outcome, StringComparison.Ordinal);
        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task The_kill_switch_keeps_a_change_from_being_gone_on_with()
    {
        await DiedAtAsync("after turn a");
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(PastTheLease);
        await survivor.KillSwitch.TurnAsync(stopped: true, "os:ada", "everything rests", survivor.Clock.GetUtcNow(), CancellationToken.None);

        Assert.Equal(0, await survivor.RecoverAsync());
        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task A_stored_change_that_is_no_longer_the_approved_one_is_not_gone_on_with()
    {
        var id = await DiedAtAsync("after turn a");
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(PastTheLease);
        survivor.Requests.Tamper = request => request with { Arguments = System.Text.Json.JsonSerializer.SerializeToElement(new { targets = new[] { "a", "z" }, value = 99 }) };

        Assert.Equal(0, await survivor.RecoverAsync());

        survivor.Requests.Tamper = null;
        Assert.Contains("no longer what was approved", (await survivor.ShowAsync(id)).Outcome, StringComparison.Ordinal);
        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task Going_on_is_on_the_record()
    {
        var id = await DiedAtAsync("within turn b");
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(PastTheLease);
        await survivor.RecoverAsync();

        var entries = (await survivor.Audit.LatestAsync(50, CancellationToken.None)).Where(entry => entry.Record.Subject == id.Value).OrderBy(entry => entry.Sequence).ToArray();

        Assert.Equal([AuditKind.Requested, AuditKind.Approved, AuditKind.Intent, AuditKind.Intent, AuditKind.Outcome], entries.Select(entry => entry.Record.Kind));
        Assert.Contains("\"resumed\":true", entries[3].Record.Detail, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task<ToolResult>? _slow;

    /// <summary>A process that stops for good, or until told, at a moment of the ramp of a and b.</summary>
    private async Task<ChangeRequestId> DiedAtAsync(string moment, Task? until = null)
    {
        var id = await _harness.AskRampAsync(targets: ["a", "b"]);
        await _harness.ApproveAsync(id);
        var reached = new TaskCompletionSource();
        // Never disposed of: a killed process does not get to finish.
        var doomed = GuardrailHarness.Start(like: _harness);
        _harness.World.DuringRamp = async at =>
        {
            if (string.Equals(at, moment, StringComparison.Ordinal))
            {
                _harness.World.DuringRamp = null;
                reached.SetResult();
                await (until ?? Task.Delay(Timeout.Infinite));
            }
        };
        _slow = Task.Run(() => doomed.ExecuteAsync(id));
        await reached.Task;
        return id;
    }
}
