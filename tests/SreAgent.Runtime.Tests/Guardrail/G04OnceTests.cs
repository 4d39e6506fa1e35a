using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G4: two approvers, two replicas, a crash, a retry: one execution.</summary>
public sealed class G04OnceTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task Of_two_approvers_one_is_told_that_somebody_was_first()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Mallory);

        var answers = await Task.WhenAll(
            Task.Run(() => _harness.ApproveAsync(id, GuardrailHarness.Ada)), Task.Run(() => _harness.ApproveAsync(id, GuardrailHarness.Grace)));

        Assert.Single(answers, answer => answer.Accepted);
        Assert.Single((await _harness.ShowAsync(id)).Approvals);
    }

    [Fact]
    public async Task Eight_executors_on_two_replicas_turn_the_knob_once()
    {
        await using var replica = GuardrailHarness.Start(like: _harness);
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() => (index % 2 == 0 ? _harness : replica).ExecuteAsync(id))));

        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task Executing_again_reports_the_first_outcome_and_does_nothing()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        await _harness.ExecuteAsync(id);

        Assert.IsType<ToolResult.Found>(await _harness.ExecuteAsync(id));
        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task The_same_call_after_it_ran_is_a_new_wish()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        await _harness.ExecuteAsync(id);

        Assert.NotEqual(id, await _harness.AskAsync());
        Assert.Single(_harness.World.Journal);
    }

    [Fact]
    public async Task A_change_whose_process_died_is_shown_as_interrupted_and_never_run_again()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        // Never disposed of: a killed process does not get to finish.
        var doomed = GuardrailHarness.Start(like: _harness);
        _harness.World.DuringChange = () => Task.Delay(Timeout.Infinite);
        _ = Task.Run(() => doomed.ExecuteAsync(id));
        while ((await _harness.ShowAsync(id)).State != ChangeRequestState.Executing)
        {
            await Task.Yield();
        }

        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(ChangeRequestState.Interrupted, (await survivor.ShowAsync(id)).State);
        Assert.Contains("is unknown", Assert.IsType<ToolResult.Failed>(await survivor.ExecuteAsync(id)).Explanation, StringComparison.Ordinal);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_does_not_stop_the_record()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        var proceed = new TaskCompletionSource();
        _harness.World.DuringChange = () => proceed.Task;
        using var impatience = new CancellationTokenSource();
        var waiting = Task.Run(() => _harness.Desk.ExecuteAsync(id, new Progress<string>(), impatience.Token));
        while ((await _harness.ShowAsync(id)).State != ChangeRequestState.Executing)
        {
            await Task.Yield();
        }

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        proceed.SetResult();

        while ((await _harness.ShowAsync(id)).State == ChangeRequestState.Executing)
        {
            await Task.Yield();
        }

        Assert.Equal(ChangeRequestState.Succeeded, (await _harness.ShowAsync(id)).State);
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_finishes_the_change_it_has_begun()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        var stopping = GuardrailHarness.Start(like: _harness);
        var begun = new TaskCompletionSource();
        var proceed = new TaskCompletionSource();
        _harness.World.DuringChange = () =>
        {
            begun.SetResult();
            return proceed.Task;
        };
        var waiting = Task.Run(() => stopping.ExecuteAsync(id));
        await begun.Task;

        var stopped = stopping.DisposeAsync().AsTask();
        Assert.False(stopped.IsCompleted);
        proceed.SetResult();
        await stopped;

        Assert.Equal(ChangeRequestState.Succeeded, (await _harness.ShowAsync(id)).State);
        await waiting;
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
