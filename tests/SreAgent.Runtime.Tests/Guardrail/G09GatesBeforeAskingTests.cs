using SreAgent.Core.Audit;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G9: a failed preflight asks nobody; a freeze denies until an approver lifts it with a recorded override.</summary>
public sealed class G09GatesBeforeAskingTests : IAsyncDisposable
{
    private readonly GuardrailHarness _frozen = GuardrailHarness.Start(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Guardrails:Freezes:harvest:TimeZone"] = "Europe/Paris",
        ["Guardrails:Freezes:harvest:From"] = "2026-11-20T00:00",
        ["Guardrails:Freezes:harvest:To"] = "2026-11-21T00:00",
        ["Guardrails:Rules:0:Name"] = "harvest-freeze",
        ["Guardrails:Rules:0:Verdict"] = "deny",
        ["Guardrails:Rules:0:Reason"] = "Changes rest during the harvest.",
        ["Guardrails:Rules:0:Effects:0"] = "change",
        ["Guardrails:Rules:0:During:0"] = "harvest",
        ["Guardrails:Rules:0:Overridable"] = "true",
    });

    [Fact]
    public async Task A_failed_preflight_is_answered_without_asking_anybody()
    {
        _frozen.World.PreflightPasses = false;

        var outcome = await _frozen.CallAsync("knob_turn_value", new { target = "volume", value = 7 });

        Assert.Contains("knob is oiled: It squeaks.", Assert.IsType<ToolResult.Failed>(outcome.Result).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_yes_does_not_lift_a_freeze()
    {
        var id = await _frozen.AskAsync();

        var answer = await _frozen.ApproveAsync(id);

        Assert.Equal("harvest-freeze", answer.Rule);
        Assert.Contains("explicit override", answer.Message, StringComparison.Ordinal);
        var entry = Assert.Single(await _frozen.Audit.LatestAsync(1, CancellationToken.None));
        Assert.Equal(AuditKind.Denied, entry.Record.Kind);
        Assert.Equal(GuardrailHarness.Grace.Id, entry.Record.Actor);
    }

    [Fact]
    public async Task An_explicit_override_lifts_a_freeze_and_is_recorded()
    {
        var id = await _frozen.AskAsync();

        Assert.True((await _frozen.ApproveAsync(id, overrideDenial: true)).Accepted);
        Assert.IsType<ToolResult.Found>(await _frozen.ExecuteAsync(id));
        Assert.True(Assert.Single((await _frozen.ShowAsync(id)).Approvals).Override);
    }

    [Fact]
    public async Task A_freeze_that_begins_between_approval_and_execution_stops_the_change()
    {
        _frozen.Clock.Set(new DateTimeOffset(2026, 11, 19, 22, 45, 0, TimeSpan.Zero));
        var id = await _frozen.AskAsync();
        Assert.True((await _frozen.ApproveAsync(id)).Accepted);
        _frozen.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal("harvest-freeze", Assert.IsType<ToolResult.Denied>(await _frozen.ExecuteAsync(id)).Rule);
        Assert.Empty(_frozen.World.Journal);
    }

    [Fact]
    public async Task An_override_given_when_nothing_was_denied_lifts_nothing_that_comes_later()
    {
        _frozen.Clock.Set(new DateTimeOffset(2026, 11, 19, 22, 45, 0, TimeSpan.Zero));
        var id = await _frozen.AskAsync();
        Assert.True((await _frozen.ApproveAsync(id, overrideDenial: true)).Accepted);
        Assert.False(Assert.Single((await _frozen.ShowAsync(id)).Approvals).Override);
        _frozen.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal("harvest-freeze", Assert.IsType<ToolResult.Denied>(await _frozen.ExecuteAsync(id)).Rule);
        Assert.Empty(_frozen.World.Journal);
    }

    public ValueTask DisposeAsync() => _frozen.DisposeAsync();
}
