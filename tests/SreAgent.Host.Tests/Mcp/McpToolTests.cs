using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using SreAgent.Host.Mcp;

namespace SreAgent.Host.Tests.Mcp;

public sealed class McpToolTests : IAsyncLifetime
{
    private readonly McpWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Tools_are_listed_by_name_with_the_hints_of_their_effect(string era)
    {
        var client = await _world.ClientAsync(era);
        Assert.Equal(era, client.NegotiatedProtocolVersion);

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["other_look", "practice_count", "practice_echo", "practice_note", "practice_restart", "practice_wait"], tools.Select(tool => tool.Name));
        AssertHints("practice_echo", readOnly: true, destructive: false, openWorld: false);
        AssertHints("practice_note", readOnly: false, destructive: false, openWorld: null);
        AssertHints("practice_restart", readOnly: false, destructive: true, openWorld: null);

        void AssertHints(string name, bool readOnly, bool destructive, bool? openWorld)
        {
            var hints = tools.Single(tool => tool.Name == name).ProtocolTool.Annotations!;
            Assert.Equal((readOnly, destructive, openWorld), (hints.ReadOnlyHint, hints.DestructiveHint, hints.OpenWorldHint));
        }
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task A_call_is_answered_with_the_outcome_worded_for_a_model(string era)
    {
        var client = await _world.ClientAsync(era);
        var answer = await CallAsync(client, "practice_echo", new() { ["text"] = "grüezi" });
        Assert.NotEqual(true, answer.IsError);
        Assert.Contains("grüezi", JsonNode.Parse(TextOf(answer))!["data"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_that_names_what_was_meant()
    {
        var answer = await CallAsync(await _world.ClientAsync(), "practice_ecko", []);
        Assert.True(answer.IsError);
        Assert.Contains("practice_echo", TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_arguments_are_an_error_that_names_each_of_them()
    {
        var answer = await CallAsync(await _world.ClientAsync(), "practice_echo", new() { ["txet"] = "hello" });
        Assert.True(answer.IsError);
        Assert.Contains("txet", TextOf(answer), StringComparison.Ordinal);
        Assert.Contains("text", TextOf(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"practice_echo","arguments":"{\"text\":\"hello\"}"}""", "send the object itself")]
    [InlineData("""{"name":"practice_echo","arguments":[1]}""", "not a list")]
    [InlineData("""{"name":7,"arguments":{}}""", "'name' must be")]
    [InlineData("""{"arguments":{}}""", "'name' must be")]
    public async Task A_malformed_call_is_told_what_is_wrong_with_it(string parameters, string explanation)
    {
        var error = (await _world.Wire().CallAsync("tools/call", JsonNode.Parse(parameters)!.AsObject()))["error"]!;
        Assert.Equal((int)McpErrorCode.InvalidParams, error["code"]!.GetValue<int>());
        Assert.Contains(explanation, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_json_loses_nothing_but_itself()
    {
        var wire = _world.Wire();
        await wire.SendRawAsync("{ this is not json");
        await wire.SendRawAsync("""{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"practice_echo","arguments":{"text":}}}""");
        var answer = await wire.CallAsync("tools/call", Call("practice_echo", new JsonObject { ["text"] = "still here" }));
        Assert.Contains("still here", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_are_refused_and_the_next_call_works()
    {
        var client = await _world.ClientAsync();
        var refused = await CallAsync(client, "practice_echo", new() { ["text"] = new string('x', 10 << 20) });
        Assert.True(refused.IsError);
        Assert.Contains("at most", TextOf(refused), StringComparison.Ordinal);

        Assert.NotEqual(true, (await CallAsync(client, "practice_echo", new() { ["text"] = "small" })).IsError);
    }

    [Fact]
    public async Task A_tool_the_persona_does_not_hold_is_neither_listed_nor_callable()
    {
        var client = await _world.ClientAsync(options: new McpServeOptions("reader", [], ReadOnly: false));
        Assert.Equal(["practice_echo"], await NamesAsync(client));

        var answer = await CallAsync(client, "practice_note", new() { ["text"] = "x" });
        Assert.True(answer.IsError);
        Assert.Contains("toolset", TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_only_leaves_the_reads()
    {
        var client = await _world.ClientAsync(options: new McpServeOptions("ada", [], ReadOnly: true));
        Assert.Equal(["other_look", "practice_count", "practice_echo", "practice_wait"], await NamesAsync(client));
        Assert.True((await CallAsync(client, "practice_restart", new() { ["service"] = "cart" })).IsError);
        Assert.Empty(_world.Guardrail.Requests);
    }

    [Fact]
    public async Task A_toolset_pattern_narrows_the_grants_and_never_widens_them()
    {
        var narrowed = await _world.ClientAsync(options: new McpServeOptions("ada", ["oth*"], ReadOnly: false));
        Assert.Equal(["other_look"], await NamesAsync(narrowed));
        var widened = await _world.ClientAsync(options: new McpServeOptions("reader", ["*"], ReadOnly: false));
        Assert.Equal(["practice_echo"], await NamesAsync(widened));
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Progress_arrives_in_order_and_before_the_answer(string era)
    {
        var wire = _world.Wire(era);
        await wire.CallAsync("tools/call", Call("practice_count", new JsonObject { ["to"] = 50 }, progressToken: "p-1"));

        var told = wire.Received.Where(message => message["method"]?.GetValue<string>() == "notifications/progress").Select(message => message["params"]!).ToArray();
        Assert.All(told, progress => Assert.Equal("p-1", progress["progressToken"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"counted to {i}"), told.Select(progress => progress["message"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(1, 50), told.Select(progress => progress["progress"]!.GetValue<int>()));
        Assert.NotNull(wire.Received[^1]["result"]);
    }

    [Fact]
    public async Task A_client_that_asks_for_no_progress_gets_none()
    {
        var wire = _world.Wire();
        await wire.CallAsync("tools/call", Call("practice_count", new JsonObject { ["to"] = 5 }));
        Assert.Single(wire.Received);
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task A_cancelled_call_stops_the_tool_and_is_not_answered(string era)
    {
        var wire = _world.Wire(era);
        var id = await wire.SendAsync("tools/call", Call("practice_wait", []));
        await _world.Tools.SlowStarted;

        await wire.NotifyAsync("notifications/cancelled", new JsonObject { ["requestId"] = id, ["reason"] = "changed my mind" });

        await _world.Tools.SlowCancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await wire.CallAsync("tools/call", Call("practice_echo", new JsonObject { ["text"] = "next" }));
        Assert.DoesNotContain(wire.Received, message => message["id"]?.GetValue<int>() == id);
    }

    [Fact]
    public async Task Lists_say_how_long_they_may_be_kept_and_by_whom()
    {
        var wire = _world.Wire();
        foreach (var method in new[] { "tools/list", "prompts/list", "resources/list", "resources/templates/list" })
        {
            var result = (await wire.CallAsync(method, []))["result"]!;
            Assert.True(result["ttlMs"]!.GetValue<long>() > 0, method);
            Assert.Equal("private", result["cacheScope"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_cursor_nobody_handed_out_is_refused()
    {
        var error = (await _world.Wire().CallAsync("tools/list", new JsonObject { ["cursor"] = "abc" }))["error"]!;
        Assert.Equal((int)McpErrorCode.InvalidParams, error["code"]!.GetValue<int>());
    }

    private static async Task<string[]> NamesAsync(McpClient client) =>
        [.. (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool => tool.Name)];

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments) =>
        await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static JsonObject Call(string tool, JsonObject arguments, string? progressToken = null)
    {
        var call = new JsonObject { ["name"] = tool, ["arguments"] = arguments };
        if (progressToken is not null)
        {
            call["_meta"] = new JsonObject { ["progressToken"] = progressToken };
        }

        return call;
    }
}
