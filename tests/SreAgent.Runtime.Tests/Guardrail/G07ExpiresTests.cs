using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G7: every request has a deadline; expired or denied is final; the human's reason goes back.</summary>
public sealed class G07ExpiresTests : IAsyncDisposable
{
    private static readonly TimeSpan PastDeadline = TimeSpan.FromMinutes(31);
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task A_request_nobody_answered_cannot_be_approved_any_more()
    {
        var id = await _harness.AskAsync();
        _harness.Clock.Advance(PastDeadline);

        Assert.Equal("not-open", (await _harness.ApproveAsync(id)).Rule);
        Assert.Equal(ChangeRequestState.Expired, (await _harness.ShowAsync(id)).State);
    }

    [Fact]
    public async Task An_approval_nobody_used_in_time_is_gone()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.Clock.Advance(PastDeadline);

        Assert.Equal("expired", Assert.IsType<ToolResult.Denied>(await _harness.ExecuteAsync(id)).Rule);
        Assert.IsType<ToolResult.AwaitingApproval>((await _harness.CallAsync("knob_turn_value", new { target = "volume", value = 7 })).Result);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task An_expired_request_stays_expired_when_the_clock_goes_back()
    {
        var id = await _harness.AskAsync();
        _harness.Clock.Advance(PastDeadline);
        await _harness.ShowAsync(id);
        _harness.Clock.Advance(-PastDeadline);

        Assert.False((await _harness.ApproveAsync(id)).Accepted);
    }

    [Fact]
    public async Task A_denial_is_final_and_its_reason_goes_back_to_whoever_asked()
    {
        var id = await _harness.AskAsync();
        await _harness.Desk.DenyAsync(id, GuardrailHarness.Grace, "not on a Friday", CancellationToken.None);

        Assert.False((await _harness.ApproveAsync(id)).Accepted);
        Assert.Contains("not on a Friday", Assert.IsType<ToolResult.Denied>(await _harness.ExecuteAsync(id)).Reason, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
