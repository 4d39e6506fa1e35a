using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

public class CommitToolsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_are_listed_by_path_and_time_and_more_is_said()
    {
        using var github = new AGitHub().Get(
            "/repos/acme/shop/commits", Json($"[{Commit()}]", headers: ("Link", "<https://api.github.com/repositories/7/commits?page=2>; rel=\"next\"")));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.ListCommitsAsync("acme/shop", path: "src/pay", since: "now-1d", limit: 1, cancellationToken: Token));

        Assert.Equal("?path=src/pay&since=2026-11-19T12:00:00Z&per_page=1", Assert.Single(github.Stub.Asked).Query);
        Assert.Equal(["Of the default branch.", "1 commits shown; more exist. Narrow the question or raise limit."], found.Evidence.Notes);
        Assert.Equal(github.Clock.GetUtcNow(), found.Evidence.Range!.To);
    }

    [Fact]
    public async Task A_long_file_is_shown_from_the_line_asked_for()
    {
        var text = string.Join('\n', Enumerable.Range(1, 1200).Select(number => $"line {number}"));
        using var github = new AGitHub().Get(
            "/repos/acme/shop/contents/a.txt",
            Json($$"""{"type":"file","path":"a.txt","size":9,"encoding":"base64","content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}"""));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.GetFileAsync("acme/shop", "/a.txt", startLine: 900, cancellationToken: Token));

        var data = JsonSerializer.SerializeToElement(found.Data);
        Assert.StartsWith("line 900\nline 901\n", data.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1200, data.GetProperty("lines").GetInt32());
        Assert.Equal(["At the default branch."], found.Evidence.Notes);
    }

    [Theory]
    [InlineData("src", "src/only")]
    [InlineData("", "only")]
    public async Task A_folder_with_one_folder_in_it_is_a_folder(string folder, string entry)
    {
        using var github = new AGitHub().Get($"/repos/acme/shop/contents/{folder}", Json($$"""[{"type":"dir","path":"{{entry}}","size":0}]"""));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.GetFileAsync("acme/shop", folder, Hash, cancellationToken: Token));

        Assert.Contains(entry, JsonSerializer.Serialize(found.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_lists_its_entries()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/contents/src", Json("""[{"type":"file","path":"src/a.cs","size":3},{"type":"dir","path":"src/b","size":0}]"""));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.GetFileAsync("acme/shop", "src", Hash, cancellationToken: Token));

        Assert.Contains("src/b", JsonSerializer.Serialize(found.Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployments_say_how_each_ended_and_which_change_made_them()
    {
        using var github = new AGitHub()
            .Get("/repos/acme/shop/deployments", Json($$"""
                [{"id":2,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-19T10:00:00Z","payload":"{\"change\":\"chg-b\"}","creator":{"login":"bot"} },
                 {"id":1,"sha":"{{Hash}}","environment":"production","created_at":"2026-11-19T09:00:00Z","payload":"not json"}]
                """))
            .Get("/repos/acme/shop/deployments/2/statuses", Json("""[{"id":5,"state":"failure","description":"errors rose","created_at":"2026-11-19T10:05:00Z"}]"""))
            .Get("/repos/acme/shop/deployments/1/statuses", Json("[]"));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.ListDeploymentsAsync("checkout", "production", cancellationToken: Token));

        var views = Assert.IsType<DeploymentView[]>(found.Data);
        Assert.Equal([("failure", "chg-b"), ("no status yet", null)], views.Select(view => (view.State, view.Change)));
    }

    [Fact]
    public async Task A_time_nobody_can_read_says_how_to_write_one()
    {
        using var github = new AGitHub();

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Tools.ListCommitsAsync("acme/shop", since: "yesterday", cancellationToken: Token));

        Assert.Contains("give now, now-1h30m", fault.Message, StringComparison.Ordinal);
    }
}
