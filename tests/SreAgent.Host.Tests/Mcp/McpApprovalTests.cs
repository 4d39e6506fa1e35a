using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Host.Tests.Mcp;

public sealed class McpApprovalTests : IAsyncLifetime
{
    private readonly WatchedClock _clock = new();
    private readonly McpWorld _world;
    private readonly List<ElicitRequestParams> _asked = [];

    public McpApprovalTests() => _world = new McpWorld(_clock);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task The_right_phrase_executes_exactly_what_was_shown_as_the_asked_user(string era)
    {
        var answer = await RestartAsync(era, Accept("cart"));

        Assert.NotEqual(true, answer.IsError);
        Assert.Equal(["cart"], _world.Tools.Restarted);
        var approval = Assert.Single(Assert.Single(_world.Guardrail.Requests).Approvals);
        Assert.Equal((McpWorld.User, Surface.Mcp), (approval.Approver, approval.Via));
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task The_question_shows_what_where_from_what_to_what_the_blast_radius_and_the_way_back(string era)
    {
        await RestartAsync(era, Accept("cart"));

        var question = Assert.Single(_asked);
        var id = Assert.Single(_world.Guardrail.Requests).Id.Value;
        foreach (var part in new[] { id, "Restarts cart.", "practice", "running in practice", "running since now", "its callers retry", "none needed", "type: cart" })
        {
            Assert.Contains(part, question.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["phrase"], question.RequestedSchema!.Required);
        Assert.IsType<ElicitRequestParams.StringSchema>(Assert.Single(question.RequestedSchema.Properties).Value);
    }

    [Theory]
    [InlineData(McpWorld.Handshake, "checkout")]
    [InlineData(McpWorld.Stateless, "checkout")]
    [InlineData(McpWorld.Handshake, "yes")]
    [InlineData(McpWorld.Stateless, "true")]
    [InlineData(McpWorld.Stateless, null)]
    public async Task A_wrong_phrase_counts_as_no_answer(string era, string? phrase)
    {
        var answer = await RestartAsync(era, Accept(phrase));
        AssertPending(answer);
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Declining_is_final(string era)
    {
        var answer = await RestartAsync(era, new ElicitResult { Action = "decline" });

        Assert.True(answer.IsError);
        Assert.Empty(_world.Tools.Restarted);
        var request = Assert.Single(_world.Guardrail.Requests);
        Assert.Equal(ChangeRequestState.Denied, request.State);
        Assert.Contains(McpWorld.User, request.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Closing_the_question_leaves_it_open(string era) =>
        AssertPending(await RestartAsync(era, new ElicitResult { Action = "cancel" }));

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task A_client_that_cannot_ask_is_told_where_to_approve_and_the_same_call_then_executes(string era)
    {
        var client = await _world.ClientAsync(era);
        var held = await RestartAsync(client);
        AssertPending(held);
        var id = Assert.Single(_world.Guardrail.Requests).Id;
        Assert.Contains($"sre-agent changes approve {id}", TextOf(held), StringComparison.Ordinal);

        await _world.Guardrail.ApproveAsync(id, new Actor("os:grace", Surface.Mcp, IsHuman: true), overrideDenial: false, TestContext.Current.CancellationToken);
        var executed = await RestartAsync(client);

        Assert.NotEqual(true, executed.IsError);
        Assert.Equal(["cart"], _world.Tools.Restarted);
    }

    [Fact]
    public async Task A_large_answer_of_an_approved_change_is_cut_with_a_handle()
    {
        _world.Guardrail.MaxResultBytes = 16;

        var told = JsonNode.Parse(TextOf(await RestartAsync(McpWorld.Stateless, Accept("cart"))))!;

        Assert.Equal("cut", told["status"]!.GetValue<string>());
        Assert.NotNull(await _world.Guardrail.Results.FindAsync(told["handle"]!.GetValue<string>(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_declares_elicitation_and_cannot_do_it_loses_nothing()
    {
        var wire = _world.Wire(McpWorld.Handshake);
        var id = await wire.SendAsync("tools/call", Restart());
        var question = await wire.HearAsync("elicitation/create");

        await wire.RefuseAsync(question["id"]!, "Method not found");

        var answer = await wire.AnswerToAsync(id);
        Assert.Contains("sre-agent changes approve", answer["result"]!["content"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(ChangeRequestState.Pending, Assert.Single(_world.Guardrail.Requests).State);
    }

    [Fact]
    public async Task Giving_up_the_call_while_the_question_is_open_leaves_the_request_open()
    {
        var wire = _world.Wire(McpWorld.Handshake);
        var id = await wire.SendAsync("tools/call", Restart());
        var question = await wire.HearAsync("elicitation/create");

        await wire.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = id });
        await _clock.AllTimersGone.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        // An answer that comes too late is an answer to nothing.
        await wire.ReplyAsync(question["id"]!, new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["phrase"] = "cart" } });
        await EchoAsync(wire);

        Assert.Equal(ChangeRequestState.Pending, Assert.Single(_world.Guardrail.Requests).State);
        Assert.Empty(_world.Tools.Restarted);
    }

    [Fact]
    public async Task While_a_person_reads_the_call_is_kept_alive_by_progress()
    {
        var wire = _world.Wire(McpWorld.Handshake);
        var call = Restart();
        call["_meta"] = new JsonObject { ["progressToken"] = 1 };
        await wire.SendAsync("tools/call", call);
        var progress = await wire.HearAsync("notifications/progress");
        Assert.Contains("waits for your approval", progress["params"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Where_the_environment_does_not_list_mcp_nobody_is_asked(string era)
    {
        _world.Guardrail.Environment = _world.Guardrail.Environment with { ApproveVia = [] };
        AssertPending(await RestartAsync(era, Accept("cart")));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Where_four_eyes_are_wanted_the_requester_is_not_asked()
    {
        _world.Guardrail.Environment = _world.Guardrail.Environment with { AllowSelfApproval = false };
        var answer = await RestartAsync(McpWorld.Stateless, Accept("cart"));
        AssertPending(answer);
        Assert.Contains("second person", TextOf(answer), StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task When_the_request_cannot_be_read_nothing_runs_and_the_answer_says_so()
    {
        _world.Guardrail.Broken = new IOException("disk gone, password=hunter2");
        var answer = await RestartAsync(McpWorld.Stateless, Accept("cart"));
        Assert.True(answer.IsError);
        Assert.Contains("fail-closed", TextOf(answer), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", TextOf(answer), StringComparison.Ordinal);
        Assert.Empty(_world.Tools.Restarted);
    }

    private async Task<CallToolResult> RestartAsync(string era, ElicitResult answer)
    {
        var client = await _world.ClientAsync(era, question =>
        {
            _asked.Add(question!);
            return answer;
        });
        return await RestartAsync(client);
    }

    private static async Task<CallToolResult> RestartAsync(McpClient client) =>
        await client.CallToolAsync(
            "practice_restart", new Dictionary<string, object?> { ["service"] = "cart" }, cancellationToken: TestContext.Current.CancellationToken);

    private void AssertPending(CallToolResult answer)
    {
        Assert.True(answer.IsError);
        Assert.Empty(_world.Tools.Restarted);
        var request = Assert.Single(_world.Guardrail.Requests);
        Assert.Equal(ChangeRequestState.Pending, request.State);
        var told = JsonNode.Parse(TextOf(answer))!;
        Assert.Equal("awaiting-approval", told["status"]!.GetValue<string>());
        Assert.Equal(request.Id.Value, told["changeRequest"]!.GetValue<string>());
        Assert.Equal("Restarts cart.", told["would"]!.GetValue<string>());
    }

    private static Task<JsonObject> EchoAsync(WireClient wire) =>
        wire.CallAsync("tools/call", new JsonObject { ["name"] = "practice_echo", ["arguments"] = new JsonObject { ["text"] = "x" } });

    private static JsonObject Restart() => new() { ["name"] = "practice_restart", ["arguments"] = new JsonObject { ["service"] = "cart" } };

    private static ElicitResult Accept(string? phrase) => new()
    {
        Action = "accept",
        Content = phrase is null ? null : new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["phrase"] = JsonSerializer.SerializeToElement(phrase) },
    };

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
