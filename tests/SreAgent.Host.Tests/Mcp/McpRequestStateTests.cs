using System.Text;
using System.Text.Json.Nodes;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>What a client sends back is an attacker's until proved otherwise.</summary>
public sealed class McpRequestStateTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new();
    private readonly McpWorld _world;

    public McpRequestStateTests() => _world = new McpWorld(_clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_genuine_state_with_the_right_phrase_executes()
    {
        var wire = _world.Wire();
        var result = await AnswerAsync(wire, await AskAsync(wire));
        Assert.NotEqual(true, result["isError"]?.GetValue<bool>());
        Assert.Equal(["cart"], _world.Tools.Restarted);
    }

    [Fact]
    public async Task Asking_has_no_effect_and_leaves_nothing_open()
    {
        var wire = _world.Wire();
        await AskAsync(wire);
        Assert.Empty(_world.Tools.Restarted);
        Assert.Equal(ChangeRequestState.Pending, Assert.Single(_world.Guardrail.Requests).State);
    }

    [Fact]
    public async Task A_replayed_state_is_refused_and_nothing_runs_twice()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire);
        await AnswerAsync(wire, state);

        AssertRefused(await AnswerAsync(wire, state), "answered already");
        Assert.Equal(["cart"], _world.Tools.Restarted);
    }

    [Fact]
    public async Task A_state_whose_question_was_closed_cannot_be_accepted_afterwards()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire);
        await AnswerAsync(wire, state, action: "cancel");
        AssertRefused(await AnswerAsync(wire, state), "answered already");
        AssertNothingHappened();
    }

    [Fact]
    public async Task An_old_state_does_not_cover_other_arguments()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire, "cart");
        AssertRefused(await AnswerAsync(wire, state, service: "checkout", phrase: "checkout"), "differ");
        AssertNothingHappened();
    }

    [Fact]
    public async Task An_altered_state_is_refused()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire, "cart");
        var parts = state.Split('.');
        var payload = JsonNode.Parse(Decoded(parts[0]))!;
        payload["Principal"] = "os:mallory";
        AssertRefused(await AnswerAsync(wire, $"{Encoded(payload.ToJsonString())}.{parts[1]}"), "not issued");
        AssertNothingHappened();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e30.e30")]
    [InlineData("approved")]
    [InlineData("a.b.c")]
    [InlineData("{\"approved\":true}")]
    public async Task A_forged_state_is_refused(string forged)
    {
        var wire = _world.Wire();
        await AskAsync(wire);
        AssertRefused(await AnswerAsync(wire, forged), "not issued");
        AssertNothingHappened();
    }

    [Fact]
    public async Task An_answer_without_a_question_is_refused()
    {
        AssertRefused(await AnswerAsync(_world.Wire(), state: null), "not issued");
        Assert.Empty(_world.Guardrail.Requests);
    }

    [Fact]
    public async Task A_state_of_another_server_process_is_refused()
    {
        var state = await AskAsync(_world.Wire());
        AssertRefused(await AnswerAsync(_world.Wire(), state), "not issued");
        AssertNothingHappened();
    }

    [Fact]
    public async Task A_state_past_its_deadline_is_refused()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire);
        _clock.Now += TimeSpan.FromMinutes(31);
        AssertRefused(await AnswerAsync(wire, state), "expired");
        AssertNothingHappened();
    }

    [Fact]
    public async Task A_client_that_no_longer_can_be_asked_cannot_answer()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire);
        wire.CanBeAsked = false;
        Assert.Contains("awaiting-approval", TextOf(await AnswerAsync(wire, state)), StringComparison.Ordinal);
        AssertNothingHappened();
    }

    [Fact]
    public async Task A_client_of_the_handshake_era_cannot_answer_by_a_second_round()
    {
        var wire = _world.Wire();
        var state = await AskAsync(wire);
        var old = _world.Wire(McpWorld.Handshake, canBeAsked: false);
        var result = (await old.CallAsync("tools/call", SecondRound("cart", state, "accept", "cart")))["result"]!;
        Assert.Contains("awaiting-approval", TextOf(result), StringComparison.Ordinal);
        AssertNothingHappened();
    }

    [Fact]
    public async Task An_answer_of_the_wrong_shape_leaves_the_question_open()
    {
        var wire = _world.Wire();
        var round = SecondRound("cart", await AskAsync(wire), "accept", "cart");
        round["inputResponses"] = new JsonObject { ["approval"] = new JsonObject { ["content"] = new JsonObject { ["phrase"] = "cart" } } };
        var answer = await wire.CallAsync("tools/call", round);
        Assert.DoesNotContain("restarted", answer.ToJsonString(), StringComparison.Ordinal);
        AssertNothingHappened();
    }

    private static async Task<string> AskAsync(WireClient wire, string service = "cart")
    {
        var result = (await wire.CallAsync("tools/call", Restart(service)))["result"]!;
        Assert.Equal("input_required", result["resultType"]!.GetValue<string>());
        return result["requestState"]!.GetValue<string>();
    }

    private static async Task<JsonNode> AnswerAsync(
        WireClient wire, string? state, string service = "cart", string action = "accept", string phrase = "cart") =>
        (await wire.CallAsync("tools/call", SecondRound(service, state, action, phrase)))["result"]!;

    private static JsonObject SecondRound(string service, string? state, string action, string phrase)
    {
        var call = Restart(service);
        call["inputResponses"] = new JsonObject { ["approval"] = new JsonObject { ["action"] = action, ["content"] = new JsonObject { ["phrase"] = phrase } } };
        if (state is not null)
        {
            call["requestState"] = state;
        }

        return call;
    }

    private static JsonObject Restart(string service) => new() { ["name"] = "practice_restart", ["arguments"] = new JsonObject { ["service"] = service } };

    private static void AssertRefused(JsonNode result, string because)
    {
        Assert.True(result["isError"]!.GetValue<bool>());
        Assert.Contains("approval-state", TextOf(result), StringComparison.Ordinal);
        Assert.Contains(because, TextOf(result), StringComparison.Ordinal);
    }

    private void AssertNothingHappened()
    {
        Assert.Empty(_world.Tools.Restarted);
        Assert.All(_world.Guardrail.Requests, request => Assert.Equal(ChangeRequestState.Pending, request.State));
    }

    private static string TextOf(JsonNode result) => result["content"]![0]!["text"]!.GetValue<string>();

    private static string Decoded(string base64Url) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(base64Url));

    private static string Encoded(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
