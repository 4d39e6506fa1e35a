using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Testing;
using SreAgent.Testing.Http;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>Replays of traffic that GitHub itself produced (see Recorded/README.md).</summary>
public class RecordedTests
{
    private static readonly string Folder = RepositoryRoot.Path("tests", "SreAgent.Integrations.Tests", "GitHub", "Recorded");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_followed_where_GitHub_says_they_are_also_to_another_path()
    {
        var recorded = Recorded("paginate-issues");
        using var github = new AGitHub().Over(recorded);

        var all = await github.Api.IssuesAsync(Fixture("paginate-issues"), "open", 100, Token);

        Assert.Equal(13, all.Items.Count);
        Assert.Equal(Enumerable.Range(1, 13).Reverse().Select(number => (long)number), all.Items.Select(issue => issue.Number));
        Assert.False(all.MoreExist);
        Assert.Equal(0, recorded.Left);
    }

    [Fact]
    public async Task No_more_pages_are_read_than_are_needed()
    {
        var recorded = Recorded("paginate-issues");
        using var github = new AGitHub().Over(recorded);

        var some = await github.Api.IssuesAsync(Fixture("paginate-issues"), "open", 5, Token);

        Assert.Equal(5, some.Items.Count);
        Assert.True(some.MoreExist);
        Assert.Equal(3, recorded.Left);
    }

    [Fact]
    public async Task A_refusal_names_the_field_that_is_wrong()
    {
        using var json = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "errors.json"), Token));

        var reason = GitHubErrors.Reason(json.RootElement[0].GetProperty("response").GetRawText());

        Assert.Equal("Validation Failed; Label color invalid", reason);
    }

    [Fact]
    public async Task A_root_folder_lists_its_entries()
    {
        using var github = new AGitHub().Over(Recorded("get-content"));

        var entries = await github.Api.ContentsAsync(Fixture("hello-world"), "", reference: null, Token);

        var readme = Assert.Single(entries!);
        Assert.Equal(("README.md", "file", 13), (readme.Path, readme.Type, readme.Size));
    }

    [Fact]
    public async Task Statuses_are_written_and_the_newest_of_each_context_is_read()
    {
        const string Commit = "0000000000000000000000000000000000000001";
        var writes = Recorded("create-status");
        using var github = new AGitHub().Over(writes);
        var failure = await github.Api.CreateStatusAsync(Fixture("create-status"), Commit, new NewStatus("failure", "example/1", "create-status failure test", "https://example.com"), Token);
        var success = await github.Api.CreateStatusAsync(Fixture("create-status"), Commit, new NewStatus("success", "example/2", "create-status success test", "https://example.com"), Token);
        using var reader = new AGitHub().Over(Recorded("create-status", skip: 3));
        var newest = await reader.Api.StatusesAsync(Fixture("create-status"), Commit, 100, Token);

        Assert.Equal(("failure", "success"), (failure.State, success.State));
        Assert.Equal(["example/1", "example/2"], newest.Items.Select(status => status.Context).Order(StringComparer.Ordinal));
        Assert.False(newest.MoreExist);
    }

    [Fact]
    public async Task Labels_added_come_back_with_the_issue()
    {
        using var github = new AGitHub().Over(Recorded("add-labels-to-issue", skip: 1));

        var labels = await github.Api.AddLabelsAsync(Fixture("add-labels-to-issue"), 1, new NewLabels(["Foo", "bAr", "baZ"]), Token);

        Assert.Equal(["Foo", "bAr", "baZ"], labels.Select(label => label.Name));
    }

    [Fact]
    public async Task A_search_says_how_many_there_are()
    {
        using var github = new AGitHub().Over(Recorded("search-issues"));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.SearchIssuesAsync("octokit-fixture-org/search-issues", "sesame", cancellationToken: Token));

        Assert.Contains("\"total\":2", System.Text.Json.JsonSerializer.Serialize(found.Data), StringComparison.Ordinal);
        Assert.Equal("search/issues q=repo:octokit-fixture-org/search-issues is:issue is:open sesame", found.Evidence.Query);
    }

    private static RecordedHandler Recorded(string scenario, int skip = 0) => RecordedHandler.From(Path.Combine(Folder, scenario + ".json"), skip);

    private static RepositoryName Fixture(string name) => new("octokit-fixture-org", name);
}
