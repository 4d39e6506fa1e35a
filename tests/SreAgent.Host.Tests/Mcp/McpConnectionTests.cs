using System.Text.Json.Nodes;
using SreAgent.Core.Tools;
using SreAgent.Host.Mcp;

namespace SreAgent.Host.Tests.Mcp;

public sealed class McpConnectionTests : IAsyncLifetime
{
    private readonly McpWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_end_of_input_ends_the_server()
    {
        var wire = _world.Wire();
        await wire.CallAsync("tools/list", []);
        await wire.HangUpAsync();
        await wire.Serving.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Requests_written_before_the_end_of_input_are_answered()
    {
        var wire = _world.Wire();
        var id = await wire.SendAsync("tools/list", []);
        await wire.HangUpAsync();
        Assert.NotNull((await wire.AnswerToAsync(id))["result"]);
    }

    [Fact]
    public async Task The_end_of_input_stops_what_was_running()
    {
        var wire = _world.Wire();
        await wire.SendAsync("tools/call", new JsonObject { ["name"] = "practice_wait" });
        await _world.Tools.SlowStarted;
        await wire.HangUpAsync();
        await wire.Serving.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await _world.Tools.SlowCancelled.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_persona_that_does_not_exist_is_refused_with_those_that_do()
    {
        var refusal = Assert.Throws<ToolException>(() => McpCaller.Of(_world.Library, new McpServeOptions("nobody", [], ReadOnly: false), settings: null, McpWorld.Caller));
        Assert.Contains("ada, reader", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_toolset_pattern_that_matches_nothing_is_said()
    {
        var caller = McpCaller.Of(_world.Library, new McpServeOptions("ada", ["practise"], ReadOnly: false), settings: null, McpWorld.Caller);
        using var warnings = new StringWriter();
        await new McpSurface(_world.Services, caller).WarnAboutToolsetsAsync(["practise", "oth*"], warnings);
        Assert.Contains("--toolset practise", warnings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("oth*", warnings.ToString(), StringComparison.Ordinal);
    }
}
