using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing.Guardrail;

namespace SreAgent.Runtime.Tests.Guardrail;

/// <summary>G12: secrets never reach a model or the trail; what is executed is never rewritten.</summary>
public sealed class G12SecretsTests : IAsyncDisposable
{
    // Shaped like a token, belongs to nobody.
    private const string Token = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345";

    private readonly GuardrailHarness _harness = GuardrailHarness.Start();

    [Fact]
    public async Task A_token_in_an_answer_does_not_reach_the_model()
    {
        var outcome = await _harness.CallAsync("knob_write_note", new { target = "volume", text = $"use {Token}" });

        Assert.DoesNotContain(Token, outcome.Text, StringComparison.Ordinal);
        Assert.Contains("[redacted:github-token]", outcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, outcome.Call.Arguments.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_arguments_does_not_reach_the_trail()
    {
        await _harness.CallAsync("knob_write_note", new { target = "volume", text = Token });

        await foreach (var entry in _harness.Audit.ReadAsync(1, CancellationToken.None))
        {
            Assert.DoesNotContain(Token, entry.Record.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_in_a_call_id_does_not_reach_the_trail()
    {
        foreach (var tool in new[] { "knob_read_value", "knob_nonsense_here" })
        {
            await _harness.Invoker.InvokeAsync(
                new ToolCall(Token, tool, JsonSerializer.SerializeToElement(new { target = "volume" })),
                new CallContext(GuardrailHarness.Ada, APersona.WhoMayDoAnything), new Progress<string>(), CancellationToken.None);
        }

        var entries = await _harness.Audit.LatestAsync(10, CancellationToken.None);
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Equal("[redacted:github-token]", entry.Record.Subject));
    }

    [Fact]
    public async Task What_a_change_came_to_is_kept_redacted()
    {
        var id = await _harness.AskAsync();
        await _harness.ApproveAsync(id);
        _harness.World.DuringChange = () => throw new ToolException($"The knob said {Token}.");

        await _harness.ExecuteAsync(id);

        var kept = await _harness.Requests.FindAsync(id, CancellationToken.None);
        Assert.Contains("The knob said [redacted:github-token].", kept!.Outcome, StringComparison.Ordinal); // It was asked for above.
    }

    [Fact]
    public async Task A_change_is_executed_with_what_was_given_and_shown_redacted()
    {
        var id = await _harness.AskAsync(target: Token, value: 1);
        await _harness.ApproveAsync(id);

        var result = await _harness.ExecuteAsync(id);

        Assert.IsType<ToolResult.Found>(result);
        Assert.Equal(Token, Assert.Single(_harness.World.Journal).Target);
        var shown = await _harness.ShowAsync(id);
        Assert.DoesNotContain(Token, shown.Arguments.GetRawText() + shown.Plan.Summary + shown.Plan.Target + shown.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_executed_change_answered_is_redacted_before_any_surface_sees_it()
    {
        var id = await _harness.AskAsync(target: Token, value: 1);
        await _harness.ApproveAsync(id);

        var outcome = await _harness.Desk.ExecuteAsync(id, new Progress<string>(), CancellationToken.None);

        Assert.DoesNotContain(Token, JsonSerializer.Serialize(outcome.Result, outcome.Result.GetType()) + outcome.Text + outcome.Call.Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("[redacted:github-token]", outcome.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://admin:hunter2hunter2@db.internal", "hunter2")]
    [InlineData(Token, Token)]
    public async Task A_refused_yes_shows_the_request_redacted_too(string target, string secret)
    {
        var id = await _harness.AskAsync(target, value: 1);

        var refused = await _harness.ApproveAsync(id, GuardrailHarness.Mallory);

        Assert.False(refused.Accepted);
        Assert.DoesNotContain(secret, refused.Message + refused.Request!.Arguments.GetRawText() + refused.Request.Plan.Summary, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
