using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G1: whatever is missing, unknown or broken, nothing runs, and the answer says which rule said so.</summary>
public sealed class G01FailClosedTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task An_unknown_tool_is_denied_and_the_nearest_names_are_offered()
    {
        var outcome = await _harness.CallAsync("knob_turn_valeu", new { target = "volume", value = 1 });

        var denied = Assert.IsType<ToolResult.Denied>(outcome.Result);
        Assert.Equal("unknown-tool", denied.Rule);
        Assert.Contains("knob_turn_value", denied.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_actor_is_denied_even_a_read()
    {
        var outcome = await _harness.CallAsync("knob_read_value", new { target = "volume" }, Actor.Missing);

        Assert.Equal("missing-actor", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
    }

    [Fact]
    public async Task Broken_guardrail_settings_stop_everything_and_are_named()
    {
        await using var harness = GuardrailHarness.Start(Settings(("Guardrails:Mode", "off")));

        var outcome = await harness.CallAsync("knob_read_value", new { target = "volume" });

        var denied = Assert.IsType<ToolResult.Denied>(outcome.Result);
        Assert.Equal("fail-closed", denied.Rule);
        Assert.Contains("Guardrails:Mode is 'off'", denied.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_nobody_configured_is_denied()
    {
        await using var harness = GuardrailHarness.Start(world: new KnobWorld { Environment = "moonbase" });

        var outcome = await harness.CallAsync("knob_read_value", new { target = "volume" });

        Assert.Equal("unknown-environment", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_store_that_goes_down_at_any_moment_never_lets_a_change_through_unrecorded(int callsBefore)
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.Faults.FailAfter(callsBefore, failures: 1000);

        var result = await _harness.ExecuteAsync(id);

        _harness.Faults.Mend();
        if (_harness.World.Journal.Count == 0)
        {
            Assert.IsNotType<ToolResult.Found>(result);
        }
        else
        {
            // It ran, so its intent stands in the trail and the approval is gone.
            var entries = await _harness.Audit.LatestAsync(10, CancellationToken.None);
            Assert.Contains(entries, entry => entry.Record.Kind == Core.Audit.AuditKind.Intent && string.Equals(entry.Record.Subject, id.Value, StringComparison.Ordinal));
            Assert.NotEqual(ChangeRequestState.Approved, (await _harness.ShowAsync(id)).State);
            await _harness.ExecuteAsync(id);
        }

        Assert.True(_harness.World.Journal.Count <= 1);
    }

    [Fact]
    public async Task A_store_that_is_down_stops_reads_too_because_their_intent_cannot_be_written()
    {
        _harness.Faults.FailAfter(0, failures: 1000);

        var outcome = await _harness.CallAsync("knob_read_value", new { target = "volume" });

        Assert.Equal("fail-closed", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
    }

    [Fact]
    public async Task A_clock_that_runs_before_the_request_refuses_to_execute_it()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.Clock.Advance(TimeSpan.FromHours(-2));

        var result = await _harness.ExecuteAsync(id);

        Assert.Equal("clock-skew", Assert.IsType<ToolResult.Denied>(result).Rule);
        Assert.Empty(_harness.World.Journal);
    }

    [Fact]
    public async Task Malformed_arguments_are_answered_with_the_fix_and_nothing_runs()
    {
        var outcome = await _harness.CallAsync("knob_turn_value", new { target = "volume", value = "loud", approved = true });

        var failed = Assert.IsType<ToolResult.Failed>(outcome.Result);
        Assert.Contains("'value' must be a whole number", failed.Explanation, StringComparison.Ordinal);
        Assert.Contains("There is no argument 'approved'", failed.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_are_refused_unread()
    {
        var outcome = await _harness.CallAsync("knob_write_note", new { target = "volume", text = new string('x', 10_000_000) });

        Assert.Contains("at most 262,144 are accepted", Assert.IsType<ToolResult.Failed>(outcome.Result).Explanation, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal);
}
