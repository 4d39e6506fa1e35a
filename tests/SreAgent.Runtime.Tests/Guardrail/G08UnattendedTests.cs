using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G8: schedules and webhooks may raise a request, never execute one.</summary>
public sealed class G08UnattendedTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task A_schedule_may_ask()
    {
        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7 }, GuardrailHarness.Schedule);

        Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result);
    }

    [Fact]
    public async Task A_schedule_that_asks_again_after_the_approval_still_waits_for_a_human_to_execute()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Schedule);
        await _harness.ApproveAsync(id);

        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7 }, GuardrailHarness.Schedule);

        Assert.Equal(id, Assert.IsType<ToolResult.AwaitingApproval>(outcome.Result).Id);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task What_a_schedule_raised_executes_at_the_hands_of_the_approver()
    {
        var id = await _harness.AskAsync(actor: GuardrailHarness.Schedule);
        await _harness.ApproveAsync(id);

        await _harness.ExecuteAsync(id);

        Assert.Single(_harness.World.Journal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
