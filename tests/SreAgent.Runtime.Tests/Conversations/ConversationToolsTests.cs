using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

public sealed class ConversationToolsTests
{
    private readonly InMemoryResultStore _results = new();
    private readonly IReadOnlyList<Tool> _tools;

    public ConversationToolsTests() =>
        _tools = ToolFactory.From(new ConversationTools(_results, () => new InMemoryApprovalDesk(), new InMemoryPersonas(InMemoryPersonas.Named("kai"), InMemoryPersonas.Named("sre"))));

    [Fact]
    public async Task A_kept_result_is_paged_to_its_end_and_nothing_is_lost()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{i} "));
        var handle = await _results.KeepAsync("c-1", "prometheus_query", text, default, CancellationToken.None);
        var read = "";
        for (int? offset = 0; offset is not null;)
        {
            var page = JsonSerializer.SerializeToElement(Assert.IsType<ToolResult.Found>(await CallAsync("host_read_result", new { handle, offset })).Data, JsonSerializerOptions.Web);
            read += page.GetProperty("text").GetString();
            offset = page.GetProperty("nextOffset").ValueKind == JsonValueKind.Number ? page.GetProperty("nextOffset").GetInt32() : null;
        }

        Assert.Equal(text, read);
    }

    [Fact]
    public async Task An_unknown_handle_change_or_persona_is_nothing_found()
    {
        Assert.IsType<ToolResult.NoData>(await CallAsync("host_read_result", new { handle = "res-none" }));
        Assert.IsType<ToolResult.NoData>(await CallAsync("host_show_change", new { id = "chg-none" }));
        var none = Assert.IsType<ToolResult.NoData>(await CallAsync("host_list_personas", new { persona = "nobody" }));
        Assert.Equal("there are: kai, sre", Assert.Single(none.LikelyCauses));
    }

    [Fact]
    public async Task An_offset_beyond_the_end_says_how_long_the_result_is()
    {
        var handle = await _results.KeepAsync("c-1", "t", "short", default, CancellationToken.None);
        Assert.Contains("has 5 characters", Assert.IsType<ToolResult.Failed>(await CallAsync("host_read_result", new { handle, offset = 99 })).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void No_host_tool_decides_anything() => Assert.All(_tools, tool => Assert.Equal(ToolEffect.Read, tool.Effect));

    private Task<ToolResult> CallAsync(string name, object arguments)
    {
        var tool = _tools.Single(one => one.Name == name);
        var valid = Assert.IsType<ArgumentCheck.Valid>(ArgumentValidator.Check(tool.InputSchema, JsonSerializer.SerializeToElement(arguments)));
        return tool.Execute(valid.Arguments, new ToolRun(new Progress<string>()), CancellationToken.None);
    }
}
