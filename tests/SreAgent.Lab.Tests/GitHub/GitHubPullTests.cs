namespace SreAgent.Lab.Tests.GitHub;

public class GitHubPullTests
{
    [Fact]
    public async Task A_pull_request_is_opened_read_and_closed()
    {
        await using var lab = await GitHubLab.StartAsync();

        var opened = await OpenAsync(lab);
        var files = await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46/files");
        var diff = await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46", "application/vnd.github.diff");
        var commits = await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46/commits");
        var asIssue = await lab.GetAsync($"{GitHubLab.Checkout}/issues/46");
        var closed = await lab.PatchAsync($"{GitHubLab.Checkout}/pulls/46", new { state = "closed" });

        Assert.Equal((201, "fix/timeouts", "main", "2"), (opened.Status, opened["head.ref"], opened["base.ref"], opened["changed_files"]));
        Assert.Equal(["docs/timeouts.md", "fly.toml"], files.Each("filename"));
        Assert.Equal(["added", "removed"], files.Each("status"));
        Assert.Equal(
            "diff --git a/docs/timeouts.md b/docs/timeouts.md\nnew file mode 100644\n--- /dev/null\n+++ b/docs/timeouts.md\n@@ -0,0 +1 @@\n+# Timeouts\n"
            + "diff --git a/fly.toml b/fly.toml\ndeleted file mode 100644\n--- a/fly.toml\n+++ /dev/null\n@@ -1 +0,0 @@\n-app = \"checkout\"\n",
            diff.Text);
        Assert.Equal(["Give up sooner"], commits.Json.EnumerateArray().Select(commit => commit.GetProperty("commit").GetProperty("message").GetString()));
        Assert.EndsWith("/pulls/46", asIssue["pull_request.url"], StringComparison.Ordinal);
        Assert.Equal("closed", closed["state"]);
        Assert.Empty((await lab.GetAsync($"{GitHubLab.Checkout}/pulls")).Json.EnumerateArray());
        Assert.Single((await lab.GetAsync($"{GitHubLab.Checkout}/pulls?state=closed&head=acme:fix%2Ftimeouts")).Json.EnumerateArray());
        lab.Recording.AssertFaithful();
    }

    [Theory]
    [InlineData("nowhere", "main", "invalid")]
    [InlineData("main", "main", "custom")]
    public async Task One_that_brings_nothing_is_refused(string head, string into, string code)
    {
        await using var lab = await GitHubLab.StartAsync();

        var refused = await lab.PostAsync($"{GitHubLab.Checkout}/pulls", new { title = "No", head, @base = into });

        Assert.Equal((422, code), (refused.Status, refused["errors.0.code"]));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task The_same_one_is_not_opened_twice()
    {
        await using var lab = await GitHubLab.StartAsync();
        await OpenAsync(lab);

        var again = await OpenAsync(lab);

        Assert.Equal((422, "A pull request already exists for acme:fix/timeouts."), (again.Status, again["errors.0.message"]));
        Assert.Single(lab.Journal.Entries);
    }

    [Fact]
    public async Task A_review_brings_its_comments()
    {
        await using var lab = await GitHubLab.StartAsync();
        await OpenAsync(lab);

        var review = await lab.PostAsync($"{GitHubLab.Checkout}/pulls/46/reviews", new { body = "See below", @event = "COMMENT", comments = new[] { new { path = "docs/timeouts.md", line = 1, side = "RIGHT", body = "Say how long." } } });
        var stray = await lab.PostAsync($"{GitHubLab.Checkout}/pulls/46/reviews", new { @event = "COMMENT", comments = new[] { new { path = "src/other.cs", line = 1, body = "?" } } });
        var own = await lab.PostAsync($"{GitHubLab.Checkout}/pulls/46/reviews", new { @event = "APPROVE" });
        var comments = await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46/comments");

        Assert.Equal((200, "COMMENTED"), (review.Status, review["state"]));
        Assert.Equal((422, 422), (stray.Status, own.Status));
        Assert.Equal(["Say how long."], comments.Each("body"));
        Assert.Equal(review["id"], comments["0.pull_request_review_id"]);
        Assert.Equal(["COMMENTED"], (await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46/reviews")).Each("state"));
        lab.Recording.AssertFaithful();
    }

    private static Task<Reply> OpenAsync(GitHubLab lab) =>
        lab.PostAsync($"{GitHubLab.Checkout}/pulls", new { title = "Give up sooner", head = "fix/timeouts", @base = "main", body = "Closes #1", draft = false });
}
