using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>The desk answers as the tool invoker does: one wording, one cap, whoever asks.</summary>
public sealed class ExecutedOutcomeTests : IAsyncDisposable
{
    private readonly GuardrailHarness _harness = GuardrailHarness.Start(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Guardrails:MaxResultBytes"] = "4096" });

    [Fact]
    public async Task The_answer_is_about_the_call_that_was_held()
    {
        var outcome = await ExecutedAsync("volume");

        Assert.Equal(("call-1", "knob_turn_value"), (outcome.Call.Id, outcome.Call.Tool));
        Assert.Contains("\"status\":\"found\"", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"succeeded\"", outcome.Text, StringComparison.Ordinal);
        Assert.Contains("\"changeRequest\":\"chg-", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_answer_is_cut_and_the_rest_is_kept()
    {
        var outcome = await ExecutedAsync(new string('v', 5_000));

        var cut = JsonElement.Parse(outcome.Text);
        Assert.Equal("cut", cut.GetProperty("status").GetString());
        var kept = await _harness.Results.FindAsync(cut.GetProperty("handle").GetString()!, CancellationToken.None);
        Assert.Equal(cut.GetProperty("totalCharacters").GetInt32(), kept!.Text.Length);
    }

    [Fact]
    public async Task An_id_nobody_raised_is_an_answer_not_a_fault()
    {
        var outcome = await _harness.Desk.ExecuteAsync(new ChangeRequestId("chg-nothing00"), new Progress<string>(), CancellationToken.None);

        Assert.Equal("unknown-change", Assert.IsType<ToolResult.Denied>(outcome.Result).Rule);
        Assert.Contains("chg-nothing00", outcome.Text, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task<ToolOutcome> ExecutedAsync(string target)
    {
        var id = await _harness.AskAsync(target);
        await _harness.ApproveAsync(id);
        return await _harness.Desk.ExecuteAsync(id, new Progress<string>(), CancellationToken.None);
    }
}
