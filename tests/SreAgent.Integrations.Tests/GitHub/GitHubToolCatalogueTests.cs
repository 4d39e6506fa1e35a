using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.GitHub;

public class GitHubToolCatalogueTests
{
    [Fact]
    public void The_tools_are_these()
    {
        using var github = new AGitHub();

        Snapshot.VerifyJson(ToolFactory.From(github.Tools).Select(tool => new { tool.Name, effect = tool.Effect.ToString(), tool.Description, tool.InputSchema }));
    }

    [Fact]
    public void Listing_them_all_stays_within_their_budget()
    {
        using var github = new AGitHub();

        var tokens = ToolFactory.From(github.Tools)
            .Sum(tool => (Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(new { name = tool.Name, description = tool.Description, inputSchema = tool.InputSchema }, JsonSerializerOptions.Web)) + 3) / 4);

        TestContext.Current.TestOutputHelper!.WriteLine($"{tokens} tokens");
        Assert.InRange(tokens, 1, 1250);
    }
}
