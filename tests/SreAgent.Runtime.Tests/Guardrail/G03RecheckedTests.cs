using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G3: at execution, policy is asked again and the target is looked at again.</summary>
public sealed class G03RecheckedTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task A_target_that_moved_since_is_refused_and_the_request_is_closed()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.World.TurnBehindOurBack("volume", 3);

        var result = await _harness.ExecuteAsync(id);

        Assert.Contains("volume is no longer as it was", Assert.IsType<ToolResult.Denied>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Drifted, (await _harness.ShowAsync(id)).State);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task A_policy_that_was_edited_since_is_drift()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        await using var stricter = GuardrailHarness.Start(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Guardrails:Environments:practice:ApproveVia:0"] = "slack" }, like: _harness);

        var result = await stricter.ExecuteAsync(id);

        Assert.Contains("policy has been changed", Assert.IsType<ToolResult.Denied>(result).Reason, StringComparison.Ordinal);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task A_persona_that_lost_the_tool_since_cannot_execute_it()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        await using var replica = GuardrailHarness.Start(like: _harness, personas: new FixedPersonas(APersona.Holding("knob_read_*")));

        Assert.IsType<ToolResult.Denied>(await replica.ExecuteAsync(id));
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task A_preflight_that_fails_by_now_stops_the_change_and_keeps_the_approval()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.World.PreflightPasses = false;

        Assert.Contains("It squeaks", Assert.IsType<ToolResult.Failed>(await _harness.ExecuteAsync(id)).Explanation, StringComparison.Ordinal);

        _harness.World.PreflightPasses = true;
        Assert.IsType<ToolResult.Found>(await _harness.ExecuteAsync(id));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
