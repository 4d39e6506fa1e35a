using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G10: a change that fails leaves its remedy ready, and runs it only when exactly that was approved in the same request.</summary>
public sealed class G10RemedyTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task A_failed_change_leaves_its_remedy_ready_and_does_not_run_it()
    {
        var (failed, _) = await FailedAsync(undoOnFailure: false);

        var ready = Assert.Single(await OpenAsync());
        Assert.Equal(("knob_turn_value", ChangeRequestState.Pending, failed.Id), (ready.Tool, ready.State, ready.RemedyOf));
        Assert.Contains($"{ready.Id} (Turn a to 0) is ready to approve.", failed.Outcome, StringComparison.Ordinal);
        Assert.Equal(7, _harness.World.Of("a").Value);
    }

    [Fact]
    public async Task A_ready_remedy_takes_an_approval_of_its_own()
    {
        await FailedAsync(undoOnFailure: false);
        var ready = Assert.Single(await OpenAsync());
        _harness.World.VerifiesAs = VerificationVerdict.Passed;

        await _harness.ExecuteAsync(ready.Id);
        Assert.Equal(7, _harness.World.Of("a").Value);

        await _harness.ApproveAsync(ready.Id);
        await _harness.ExecuteAsync(ready.Id);
        Assert.Equal(0, _harness.World.Of("a").Value);
    }

    [Fact]
    public async Task One_that_was_approved_together_with_the_change_runs_once()
    {
        var (failed, said) = await FailedAsync(undoOnFailure: true);

        Assert.Equal(0, _harness.World.Of("a").Value);
        Assert.Equal(["knob_ramp_value", "knob_turn_value"], _harness.World.Journal.Select(turn => turn.Tool));
        Assert.Contains("was approved together with this change and runs now.", said, StringComparison.Ordinal);
        var remedy = Assert.Single(await AllAsync(), request => request.RemedyOf == failed.Id);
        var approval = Assert.Single(remedy.Approvals);
        Assert.Equal(("os:grace", Surface.Terminal, failed.Id), (approval.Approver, approval.Via, approval.InAdvanceWith));
        Assert.Contains(
            await _harness.Audit.LatestAsync(50, CancellationToken.None),
            entry => entry.Record.Kind == AuditKind.Approved && entry.Record.Subject == remedy.Id.Value && entry.Record.Detail.Contains($"\"inAdvanceWith\":\"{failed.Id}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_succeeds_leaves_no_remedy()
    {
        var id = await _harness.AskRampAsync(undoOnFailure: true, "a");
        await _harness.ApproveAsync(id);
        await _harness.ExecuteAsync(id);

        Assert.Equal(id, Assert.Single(await AllAsync()).Id);
    }

    [Fact]
    public async Task An_approval_without_automatic_undo_is_not_one_with_it()
    {
        var with = await _harness.AskRampAsync(undoOnFailure: true, "a");
        var without = await _harness.AskRampAsync(undoOnFailure: false, "a");

        Assert.NotEqual((await _harness.ShowAsync(with)).Digest, (await _harness.ShowAsync(without)).Digest);
    }

    [Fact]
    public async Task A_remedy_whose_target_moved_since_is_not_run()
    {
        _harness.World.VerifiesAs = VerificationVerdict.Failed;
        var id = await _harness.AskRampAsync(undoOnFailure: false, "a");
        await _harness.ApproveAsync(id);
        await _harness.ExecuteAsync(id);
        var ready = Assert.Single(await OpenAsync());
        await _harness.ApproveAsync(ready.Id);
        _harness.World.TurnBehindOurBack("a", 3);

        Assert.IsType<ToolResult.Denied>(await _harness.ExecuteAsync(ready.Id));
        Assert.Equal(3, _harness.World.Of("a").Value);
    }

    [Fact]
    public async Task Policy_may_forbid_the_remedy_also_when_it_was_approved_in_advance()
    {
        await using var strict = GuardrailHarness.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Guardrails:Rules:0:Name"] = "no-turning",
            ["Guardrails:Rules:0:Verdict"] = "deny",
            ["Guardrails:Rules:0:Reason"] = "Turning is for later.",
            ["Guardrails:Rules:0:Tools:0"] = "knob_turn_value",
        });
        strict.World.VerifiesAs = VerificationVerdict.Failed;
        var id = await strict.AskRampAsync(undoOnFailure: true, "a");
        await strict.ApproveAsync(id);

        Assert.Contains("Turning is for later.", Assert.IsType<ToolResult.Failed>(await strict.ExecuteAsync(id)).Explanation, StringComparison.Ordinal);
        Assert.Equal(7, strict.World.Of("a").Value);
    }

    [Fact]
    public async Task One_whose_process_died_before_running_it_is_run_by_another()
    {
        _harness.World.VerifiesAs = VerificationVerdict.Failed;
        var id = await _harness.AskRampAsync(undoOnFailure: true, "a");
        await _harness.ApproveAsync(id);
        var reached = new TaskCompletionSource();
        // Never disposed of: a killed process does not get to finish.
        var doomed = GuardrailHarness.Start(like: _harness);
        doomed.Requests.BeforeCompleting = async () =>
        {
            doomed.Requests.BeforeCompleting = null;
            reached.SetResult();
            await Task.Delay(Timeout.Infinite);
        };
        _ = Task.Run(() => doomed.ExecuteAsync(id));
        await reached.Task;
        await using var survivor = GuardrailHarness.Start(like: _harness);
        survivor.Clock.Advance(TimeSpan.FromSeconds(31));

        await survivor.RecoverAsync();

        Assert.Equal(0, _harness.World.Of("a").Value);
        Assert.Equal(["knob_ramp_value", "knob_turn_value"], _harness.World.Journal.Select(turn => turn.Tool));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task<(ChangeRequest Request, string Said)> FailedAsync(bool undoOnFailure)
    {
        _harness.World.VerifiesAs = VerificationVerdict.Failed;
        var id = await _harness.AskRampAsync(undoOnFailure, "a");
        await _harness.ApproveAsync(id);
        var said = Assert.IsType<ToolResult.Failed>(await _harness.ExecuteAsync(id)).Explanation;
        return (await _harness.ShowAsync(id), said);
    }

    private Task<IReadOnlyList<ChangeRequest>> AllAsync() => _harness.Desk.ListAsync(new ChangeRequestQuery([]), CancellationToken.None);

    private async Task<IReadOnlyList<ChangeRequest>> OpenAsync() => [.. (await AllAsync()).Where(request => request.IsOpen)];
}
