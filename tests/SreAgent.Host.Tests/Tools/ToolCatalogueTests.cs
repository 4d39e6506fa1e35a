using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SreAgent.Host.Mcp;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Tools;

public class ToolCatalogueTests(ITestOutputHelper output)
{
    private const int TokenCeiling = 8_000;

    public static TheoryData<string> Names => [.. WholeCatalogue.Tools.Select(tool => tool.Name)];

    /// <summary>A change here is seen by every client and every persona that names the tool: review it as an interface.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_listing_of_a_tool_is_what_was_agreed(string name) =>
        Snapshot.VerifyJson(
            WholeCatalogue.Tools.Where(tool => tool.Name == name)
                .Select(tool => new { tool.Name, tool.Toolset, Effect = tool.Effect.ToString(), tool.Description, tool.InputSchema, Prose = tool.ProseArguments }).Single(),
            name);

    [Fact]
    public void Listing_everything_stays_cheap()
    {
        var list = new ListToolsResult { Tools = [.. WholeCatalogue.Tools.Select(ToolListing.Of)] };
        var tokens = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(list, McpJsonUtilities.DefaultOptions)) / 4;

        output.WriteLine($"tools/list of {WholeCatalogue.Tools.Count} tools costs about {tokens} tokens of the {TokenCeiling} agreed");
        Assert.True(tokens <= TokenCeiling, $"tools/list costs about {tokens} tokens; {TokenCeiling} were agreed.");
    }

    [Fact]
    public void The_tools_page_is_up_to_date()
    {
        var path = RepositoryRoot.Path("docs", "tools.md");
        var page = ToolsPage.Of(WholeCatalogue.Tools);
        if (Environment.GetEnvironmentVariable("SREAGENT_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", page);
    }
}
