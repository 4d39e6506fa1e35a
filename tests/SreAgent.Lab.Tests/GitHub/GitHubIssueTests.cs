namespace SreAgent.Lab.Tests.GitHub;

public class GitHubIssueTests
{
    [Fact]
    public async Task An_issue_lives_from_opening_to_closing_and_back()
    {
        await using var lab = await GitHubLab.StartAsync();

        var opened = await lab.PostAsync($"{GitHubLab.Checkout}/issues", new { title = "Errors rise", body = "Since v43.", labels = new[] { "incident", "new-label" } });
        var closed = await lab.PatchAsync($"{GitHubLab.Checkout}/issues/46", new { state = "closed", state_reason = "completed" });
        var reopened = await lab.PatchAsync($"{GitHubLab.Checkout}/issues/46", new { state = "open" });

        Assert.Equal((201, "46", "open", "sre-bot"), (opened.Status, opened["number"], opened["state"], opened["user.login"]));
        Assert.Equal(["incident", "new-label"], opened.Json.GetProperty("labels").EnumerateArray().Select(label => label.GetProperty("name").GetString()));
        Assert.Equal(("closed", "completed", "sre-bot"), (closed["state"], closed["state_reason"], closed["closed_by.login"]));
        Assert.Equal(("open", "reopened", ""), (reopened["state"], reopened["state_reason"], reopened["closed_at"]));
        Assert.Equal(["acme/checkout#46 opened: Errors rise", "acme/checkout#46 changed, now closed", "acme/checkout#46 changed, now open"], lab.Changes);
        Assert.All(lab.Journal.Entries, entry => Assert.Equal("github", entry.System));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_long_list_goes_on_where_Link_says()
    {
        await using var lab = await GitHubLab.StartAsync();

        var first = await lab.GetAsync($"{GitHubLab.Checkout}/issues?state=all&per_page=20");
        var next = first.Headers["Link"].Split('<', '>')[1];
        var second = await lab.GetAsync(next);

        Assert.Equal((20, "45"), (first.Json.GetArrayLength(), first["0.number"]));
        Assert.Contains("/repositories/", next, StringComparison.Ordinal);
        Assert.Contains("state=all&per_page=20&page=2>; rel=\"next\"", first.Headers["Link"], StringComparison.Ordinal);
        Assert.Contains("page=3>; rel=\"last\"", first.Headers["Link"], StringComparison.Ordinal);
        Assert.Equal("25", second["0.number"]);
        Assert.Contains("rel=\"prev\"", second.Headers["Link"], StringComparison.Ordinal);
        Assert.DoesNotContain("next", (await lab.GetAsync($"{GitHubLab.Checkout}/issues?state=all&per_page=20&page=3")).Headers["Link"], StringComparison.Ordinal);
        lab.Recording.AssertFaithful();
    }

    [Theory]
    [InlineData("state=closed", 3)]
    [InlineData("state=all&labels=bug", 5)]
    [InlineData("creator=nobody", 0)]
    public async Task Lists_take_filters(string query, int count)
    {
        await using var lab = await GitHubLab.StartAsync();

        Assert.Equal(count, (await lab.GetAsync($"{GitHubLab.Checkout}/issues?{query}")).Json.GetArrayLength());
        lab.Recording.AssertFaithful();
    }

    [Theory]
    [InlineData("repo:acme/checkout is:open trouble", 42)]
    [InlineData("repo:acme/checkout is:issue is:closed", 3)]
    [InlineData("repo:acme/checkout label:bug \"trouble 27\" in:title", 1)]
    [InlineData("repo:acme/checkout is:pr", 0)]
    public async Task Search_knows_the_usual_qualifiers(string query, int count)
    {
        await using var lab = await GitHubLab.StartAsync();

        var found = await lab.GetAsync($"search/issues?q={Uri.EscapeDataString(query)}");

        Assert.Equal(count, found.Json.GetProperty("total_count").GetInt32());
        Assert.Equal("search", found.Headers["X-RateLimit-Resource"]);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Comments_are_written_rewritten_and_deleted()
    {
        await using var lab = await GitHubLab.StartAsync();

        var written = await lab.PostAsync($"{GitHubLab.Checkout}/issues/1/comments", new { body = "<!-- marker --> Verdict" });
        var address = $"{GitHubLab.Checkout}/issues/comments/{written["id"]}";
        var rewritten = await lab.PatchAsync(address, new { body = "<!-- marker --> New verdict" });
        var listed = await lab.GetAsync($"{GitHubLab.Checkout}/issues/1/comments");
        var deleted = await lab.SendAsync(HttpMethod.Delete, address);

        Assert.Equal((201, 200, 204), (written.Status, rewritten.Status, deleted.Status));
        Assert.Equal(["<!-- marker --> New verdict"], listed.Each("body"));
        Assert.Equal(404, (await lab.GetAsync(address)).Status);
        Assert.Equal(3, lab.Journal.Entries.Count);
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task Labels_come_and_go()
    {
        await using var lab = await GitHubLab.StartAsync();

        var added = await lab.PostAsync($"{GitHubLab.Checkout}/issues/9/labels", new { labels = new[] { "incident" } });
        var removed = await lab.SendAsync(HttpMethod.Delete, $"{GitHubLab.Checkout}/issues/9/labels/bug");
        var missing = await lab.SendAsync(HttpMethod.Delete, $"{GitHubLab.Checkout}/issues/9/labels/bug");
        var made = await lab.PostAsync($"{GitHubLab.Checkout}/labels", new { name = "postmortem", color = "abcdef" });
        var twice = await lab.PostAsync($"{GitHubLab.Checkout}/labels", new { name = "postmortem" });

        Assert.Equal(["bug", "incident"], added.Each("name"));
        Assert.Equal(["incident"], removed.Each("name"));
        Assert.Equal((404, 201, 422, "already_exists"), (missing.Status, made.Status, twice.Status, twice["errors.0.code"]));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_in_GitHubs_shape()
    {
        await using var lab = await GitHubLab.StartAsync();

        var untitled = await lab.PostAsync($"{GitHubLab.Checkout}/issues", new { title = "", body = "no title" });
        var tooLong = await lab.PostAsync($"{GitHubLab.Checkout}/issues/1/comments", new { body = new string('x', 65537) });
        var unsearched = await lab.GetAsync("search/issues?q=");

        Assert.Equal((422, "Validation Failed", "Issue", "title", "missing_field"), (untitled.Status, untitled["message"], untitled["errors.0.resource"], untitled["errors.0.field"], untitled["errors.0.code"]));
        Assert.Equal((422, "custom"), (tooLong.Status, tooLong["errors.0.code"]));
        Assert.Equal((422, "missing"), (unsearched.Status, unsearched["errors.0.code"]));
        Assert.Empty(lab.Journal.Entries);
        lab.Recording.AssertFaithful();
    }
}
