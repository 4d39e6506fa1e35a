using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G2: an approval is for exactly one call on exactly one state of its target.</summary>
public sealed class G02BoundTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task The_identical_call_executes_once_it_is_approved()
    {
        var id = await _harness.AskAsync("volume", 7);
        await _harness.ApproveAsync(id);

        var outcome = await _harness.CallAsync("knob_turn_value", new { value = 7, target = "volume" });

        Assert.IsType<ToolResult.Found>(outcome.Result);
        Assert.Equal([new KnobTurn("knob_turn_value", "volume", 7, 0)], _harness.World.Journal);
    }

    [Fact]
    public async Task A_changed_argument_needs_an_approval_of_its_own()
    {
        var id = await _harness.AskAsync("volume", 7);
        await _harness.ApproveAsync(id);

        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 11 });

        Assert.NotEqual(id, Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result).Id);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task Another_requester_cannot_ride_on_somebody_elses_approval()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Ada);
        await _harness.ApproveAsync(id);

        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7 }, GuardrailHarness.Mallory);

        Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task Prose_the_model_words_anew_does_not_break_the_match()
    {
        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7, reason = "too quiet" });
        var id = Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result).Id;
        await _harness.ApproveAsync(id);

        var retried = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7, reason = "It is rather quiet." });

        Assert.IsType<ToolResult.Found>(retried.Result);
    }

    [Fact]
    public async Task A_former_name_is_the_same_call()
    {
        await _harness.ApproveAsync(await _harness.AskAsync());

        var outcome = await _harness.CallAsync("knob_twist_value", new { target = "volume", value = 7 });

        Assert.IsType<ToolResult.Found>(outcome.Result);
    }

    [Fact]
    public async Task Asking_twice_for_the_same_waits_on_one_request()
    {
        Assert.Equal(await _harness.AskAsync(), await _harness.AskAsync());
    }

    [Fact]
    public async Task A_request_edited_in_the_store_after_its_approval_is_refused()
    {
        var id = await _harness.AskAsync("volume", 7);
        await _harness.ApproveAsync(id);
        _harness.Requests.Tamper = request => request with { Arguments = System.Text.Json.JsonSerializer.SerializeToElement(new { target = "volume", value = 99 }) };

        var result = await _harness.ExecuteAsync(id);

        Assert.Equal("drift", Assert.IsType<ToolResult.Denied>(result).Rule);
        Assert.Empty(_harness.World.Journal);
        _harness.Requests.Tamper = null;
        Assert.Equal(ChangeRequestState.Drifted, (await _harness.ShowAsync(id)).State);
    }

    [Fact]
    public async Task A_requester_edited_in_the_store_does_not_let_them_approve_their_own_request()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Ada);
        _harness.Requests.Tamper = request => request with { Scope = request.Scope with { Requester = "os:mallory" } };

        var answer = await _harness.ApproveAsync(id, GuardrailHarness.Ada);

        Assert.Equal((false, "drift"), (answer.Accepted, answer.Rule));
        _harness.Requests.Tamper = null;
        Assert.Equal(ChangeRequestState.Pending, (await _harness.ShowAsync(id)).State);
    }

    [Fact]
    public async Task A_remedy_edited_into_an_approved_request_is_refused_with_it()
    {
        var id = await _harness.AskRampAsync(undoOnFailure: false, "a");
        await _harness.ApproveAsync(id);
        _harness.World.VerifiesAs = VerificationVerdict.Failed;
        _harness.Requests.Tamper = request => request with { Plan = request.Plan with { Remedy = request.Plan.Remedy! with { Automatic = true } } }; // A ramp has one.

        var result = await _harness.ExecuteAsync(id);

        Assert.Equal("drift", Assert.IsType<ToolResult.Denied>(result).Rule);
        Assert.Empty(_harness.World.Journal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
