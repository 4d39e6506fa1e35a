using System.Net;
using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using SreAgent.Testing.Http;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

public class PullRequestToolsTests
{
    private const string Pull = """
        {"number":8,"title":"Faster","state":"open","draft":true,"merged":false,"mergeable_state":"blocked","body":"Why","user":{"login":"ada"},"html_url":"https://github.com/acme/shop/pull/8",
         "created_at":"2026-11-19T10:00:00Z","updated_at":"2026-11-19T11:00:00Z","head":{"ref":"faster","sha":"0123456789abcdef0123456789abcdef01234567","label":"acme:faster"},
         "base":{"ref":"main","sha":"1123456789abcdef0123456789abcdef01234567"},"labels":[],"commits":2,"additions":3,"deletions":4,"changed_files":1}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_summary_says_where_it_stands()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/pulls/8", Json(Pull));

        var view = Assert.IsType<PullRequestView>(Assert.IsType<ToolResult.Found>(await github.Tools.GetPullRequestAsync("acme/shop", 8, cancellationToken: Token)).Data);

        Assert.Equal(("draft", "blocked", "acme:faster", "main", Hash, 1), (view.State, view.Mergeable, view.Head, view.Base, view.HeadSha, view.Files));
    }

    [Fact]
    public async Task Files_come_with_their_patches_where_there_are_any()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/pulls/8/files", Json("""
            [{"filename":"a.cs","status":"modified","additions":1,"deletions":0,"patch":"@@ -1 +1 @@"},{"filename":"b.png","status":"renamed","additions":0,"deletions":0,"previous_filename":"c.png"}]
            """));

        var files = Assert.IsType<FileView[]>(Assert.IsType<ToolResult.Found>(await github.Tools.GetPullRequestAsync("acme/shop", 8, PullRequestFacet.Files, cancellationToken: Token)).Data);

        Assert.Equal([("a.cs", "@@ -1 +1 @@", null), ("b.png", null, "c.png")], files.Select(file => (file.Path, file.Patch, file.PreviousPath)));
    }

    [Fact]
    public async Task The_diff_is_asked_for_as_one_and_cut_when_it_is_long()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/pulls/8", StubHandler.Body("diff --git " + new string('x', 50_000), "application/vnd.github.diff", HttpStatusCode.OK));

        var found = Assert.IsType<ToolResult.Found>(await github.Tools.GetPullRequestAsync("acme/shop", 8, PullRequestFacet.Diff, cancellationToken: Token));

        Assert.Contains("Accept: application/vnd.github.diff", Assert.Single(github.Stub.Asked).Headers, StringComparison.Ordinal);
        Assert.Equal(["The first 40,000 of 50,011 characters; facet files shows every file."], found.Evidence.Notes);
    }

    [Fact]
    public async Task Talk_and_comments_on_lines_are_one_list_in_time()
    {
        using var github = new AGitHub()
            .Get("/repos/acme/shop/issues/8/comments", Json("""[{"id":1,"body":"second","user":{"login":"bo"},"created_at":"2026-11-19T11:00:00Z","updated_at":"2026-11-19T11:00:00Z"}]"""))
            .Get("/repos/acme/shop/pulls/8/comments", Json("""[{"id":2,"body":"first","path":"a.cs","line":3,"user":{"login":"ada"},"created_at":"2026-11-19T10:00:00Z"}]"""));

        var comments = Assert.IsType<CommentView[]>(Assert.IsType<ToolResult.Found>(await github.Tools.GetPullRequestAsync("acme/shop", 8, PullRequestFacet.Comments, cancellationToken: Token)).Data);

        Assert.Equal([("first", "a.cs", 3), ("second", null, null)], comments.Select(comment => (comment.Body, comment.Path, comment.Line)));
    }

    [Fact]
    public async Task No_reviews_is_an_answer()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/pulls/8/reviews", Json("[]"));

        Assert.IsType<ToolResult.NoData>(await github.Tools.GetPullRequestAsync("acme/shop", 8, PullRequestFacet.Reviews, cancellationToken: Token));
    }

    [Fact]
    public async Task A_pull_request_goes_to_the_default_branch_unless_told_otherwise()
    {
        using var github = new AGitHub().Get("/repos/acme/shop", Json("""{"full_name":"acme/shop","default_branch":"trunk"}""")).Post("/repos/acme/shop/pulls", Json(Pull, HttpStatusCode.Created));

        await github.Tools.CreatePullRequestAsync("acme/shop", "sre/5-fix", "Fix", "Closes #5", draft: true, cancellationToken: Token);

        Assert.Equal("""{"title":"Fix","head":"sre/5-fix","base":"trunk","body":"Closes #5","draft":true}""", Assert.Single(github.Writes).Body);
    }

    [Theory]
    [InlineData(false, "COMMENT")]
    [InlineData(true, "REQUEST_CHANGES")]
    public async Task A_review_is_bound_to_the_commit_it_was_made_of_and_never_approves(bool requestChanges, string expected)
    {
        using var github = new AGitHub().Get("/repos/acme/shop/pulls/8", Json(Pull)).Post("/repos/acme/shop/pulls/8/reviews", Json("""{"id":1,"state":"COMMENTED"}"""));

        await github.Tools.CreateReviewAsync("acme/shop", 8, "APPROVE", requestChanges, ["src/a.cs:12: this leaks: see docs"], Token);

        var sent = JsonElement.Parse(Assert.Single(github.Writes).Body);
        Assert.Equal((Hash, expected), (sent.GetProperty("commit_id").GetString(), sent.GetProperty("event").GetString()));
        Assert.Equal("""[{"path":"src/a.cs","line":12,"side":"RIGHT","body":"this leaks: see docs"}]""", sent.GetProperty("comments").GetRawText());
    }

    [Theory]
    [InlineData("no line here")]
    [InlineData("../../etc/passwd:1: x")]
    [InlineData("a.cs:0x1: y")]
    public async Task A_comment_on_no_line_is_refused_before_anything_is_sent(string comment)
    {
        using var github = new AGitHub();

        await Assert.ThrowsAsync<ToolException>(() => github.Tools.CreateReviewAsync("acme/shop", 8, "b", comments: [comment], cancellationToken: Token));

        Assert.Empty(github.Stub.Asked);
    }
}
