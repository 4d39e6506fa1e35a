using System.Net;
using SreAgent.Core.Code;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub;
using static SreAgent.Integrations.Tests.GitHub.AGitHub;

namespace SreAgent.Integrations.Tests.GitHub;

/// <summary>What a deploy asks of the code.</summary>
public class CodeHostTests
{
    private const string Checks = $"/repos/acme/shop/commits/{Hash}/check-runs";
    private const string Statuses = $"/repos/acme/shop/commits/{Hash}/status";
    private const string NoStatuses = $$"""{"sha":"{{Hash}}","state":"pending","total_count":0,"statuses":[]}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checks_and_statuses_are_one_list_newest_of_each()
    {
        using var github = new AGitHub()
            .Get(Checks, Json(Runs(Run(1, "build", "failure", "10:00"), Run(2, "build", "success", "11:00"), Run(3, "lint", "skipped", "10:00"))))
            .Get(Statuses, Json($$"""{"sha":"{{Hash}}","state":"success","total_count":1,"statuses":[{"id":1,"context":"ci/test","state":"success","description":"42 passed","target_url":"https://ci.example/1","updated_at":"2026-11-19T10:00:00Z"}]}"""));

        var checks = await github.CodeHost.ChecksAsync("acme/shop", Hash, Token);

        Assert.True(checks.IsGreen);
        Assert.Equal([("build", "success"), ("ci/test", "success: 42 passed"), ("lint", "skipped")], checks.Checks.Select(check => (check.Name, check.Detail)));
        Assert.Equal($"https://github.com/acme/shop/commit/{Hash}/checks", checks.Link!.ToString());
    }

    [Fact]
    public async Task A_check_of_one_App_does_not_hide_the_failure_of_another()
    {
        using var github = new AGitHub().Get(Checks, Json(Runs(Run(1, "build", "failure", "10:00", app: 1), Run(2, "build", "success", "11:00", app: 2)))).Get(Statuses, Json(NoStatuses));

        Assert.False((await github.CodeHost.ChecksAsync("acme/shop", Hash, Token)).IsGreen);
    }

    [Theory]
    [InlineData("cancelled", CheckState.Failed)]
    [InlineData("stale", CheckState.Failed)]
    [InlineData("startup_failure", CheckState.Failed)]
    [InlineData("invented_tomorrow", CheckState.Pending)]
    [InlineData(null, CheckState.Pending)]
    public async Task A_conclusion_that_is_not_success_is_never_green(string? conclusion, CheckState state)
    {
        using var github = new AGitHub().Get(Checks, Json(Runs(Run(1, "build", conclusion, "10:00")))).Get(Statuses, Json(NoStatuses));

        var checks = await github.CodeHost.ChecksAsync("acme/shop", Hash, Token);

        Assert.Equal(state, Assert.Single(checks.Checks).State);
        Assert.False(checks.IsGreen);
    }

    [Fact]
    public async Task A_rerun_that_is_queued_makes_a_green_commit_pending()
    {
        var queued = """{"id":9,"name":"build","status":"queued","app":{"id":1}}""";
        using var github = new AGitHub().Get(Checks, Json(Runs(Run(1, "build", "success", "10:00"), queued))).Get(Statuses, Json(NoStatuses));

        Assert.Equal(CheckState.Pending, Assert.Single((await github.CodeHost.ChecksAsync("acme/shop", Hash, Token)).Checks).State);
    }

    [Fact]
    public async Task A_commit_without_checks_is_not_green()
    {
        using var github = new AGitHub().Get(Checks, Json(Runs())).Get(Statuses, Json(NoStatuses));

        Assert.False((await github.CodeHost.ChecksAsync("acme/shop", Hash, Token)).IsGreen);
        Assert.IsType<ToolResult.NoData>(await github.Tools.GetCommitStatusAsync("acme/shop", Hash, Token));
    }

    [Fact]
    public async Task A_branch_is_pinned_to_a_commit_before_its_checks_are_read()
    {
        using var github = new AGitHub()
            .Get("/repos/acme/shop/commits/release%2Fv1", Json(Commit()))
            .Get(Checks, Json(Runs(Run(1, "build", "failure", "10:00")))).Get(Statuses, Json(NoStatuses));

        var view = Assert.IsType<ChecksView>(Assert.IsType<ToolResult.Found>(await github.Tools.GetCommitStatusAsync("checkout", "release/v1", Token)).Data);

        Assert.Equal((Hash, false, 0, 1), (view.Commit, view.Green, view.Passed, view.Failed));
    }

    [Fact]
    public async Task A_comparison_says_ahead_behind_commits_and_files()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/compare/v1...v2", Json($$"""
            {"status":"diverged","ahead_by":1,"behind_by":2,"html_url":"https://github.com/acme/shop/compare/v1...v2","commits":[{{Commit(message: "Add retries")}}],
             "files":[{"filename":"db/1.sql","status":"added","additions":5,"deletions":0}]}
            """));

        var range = await github.CodeHost.CompareAsync("acme/shop", "v1", "v2", Token);

        Assert.Equal((1, 2, false), (range.Ahead, range.Behind, range.FilesCut));
        Assert.Equal(("Add retries", "Ada", "db/1.sql"), (range.Commits[0].Title, range.Commits[0].Author, range.Files[0].Path));
    }

    [Fact]
    public async Task A_file_is_text_at_a_commit()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/contents/fly.toml", Json(File("fly.toml", "app = 'shop'\n")));

        Assert.Equal("app = 'shop'\n", await github.CodeHost.FileAsync("acme/shop", "fly.toml", Hash, Token));
        Assert.Equal($"?ref={Hash}", Assert.Single(github.Stub.Asked).Query);
    }

    [Fact]
    public async Task A_missing_file_is_believed_only_where_the_commit_can_be_seen()
    {
        var missing = Json("""{"message":"Not Found"}""", HttpStatusCode.NotFound);
        using var seen = new AGitHub().Get("/repos/acme/shop/contents/fly.toml", missing).Get($"/repos/acme/shop/commits/{Hash}", Json(Commit()));
        using var hidden = new AGitHub().Get("/repos/acme/shop/contents/fly.toml", missing).Get($"/repos/acme/shop/commits/{Hash}", missing);

        Assert.Null(await seen.CodeHost.FileAsync("acme/shop", "fly.toml", Hash, Token));
        var fault = await Assert.ThrowsAsync<ToolException>(() => hidden.CodeHost.FileAsync("acme/shop", "fly.toml", Hash, Token));
        Assert.Contains("'Contents: read'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"file","path":"x","size":2000000,"encoding":"none","content":""}""", "2,000,000 bytes")]
    [InlineData("""{"type":"file","path":"x","size":2,"encoding":"base64","content":"AAE="}""", "not text")]
    [InlineData("""{"type":"file","path":"x","size":2,"encoding":"base64","content":"//79"}""", "not text")]
    [InlineData("""{"type":"symlink","path":"x","size":2,"target":"/etc/passwd"}""", "is a symlink")]
    [InlineData("""[{"type":"file","path":"x/y","size":2}]""", "is a folder")]
    public async Task What_is_no_readable_file_says_what_it_is(string answer, string sentence)
    {
        using var github = new AGitHub().Get("/repos/acme/shop/contents/x", Json(answer));

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.CodeHost.FileAsync("acme/shop", "x", Hash, Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_says_whether_it_is_protected()
    {
        using var github = new AGitHub().Get("/repos/acme/shop/branches/release%2Fv1", Json($$"""{"name":"release/v1","protected":true,"commit":{"sha":"{{Hash}}"} }"""));

        var branch = await github.Api.BranchAsync(Shop, "release/v1", Token);

        Assert.Equal((true, Hash), (branch.Protected, branch.Commit!.Sha));
    }

    [Fact]
    public async Task A_check_run_is_written_with_its_conclusion_and_without_what_is_not_said()
    {
        using var github = new AGitHub().Post("/repos/acme/shop/check-runs", Json(Run(4, "sre/verify", "success", "10:00"), HttpStatusCode.Created));

        var run = await github.Api.CreateCheckRunAsync(Shop, new NewCheckRun("sre/verify", Hash, "completed", "success", new ApiCheckOutput("Well", "All good"), DetailsUrl: null), Token);

        Assert.Equal(4, run.Id);
        Assert.Equal(
            $$$"""{"name":"sre/verify","head_sha":"{{{Hash}}}","status":"completed","conclusion":"success","output":{"title":"Well","summary":"All good"}}""",
            Assert.Single(github.Writes).Body);
    }

    private static string Runs(params string[] runs) => $$"""{"total_count":{{runs.Length}},"check_runs":[{{string.Join(',', runs)}}]}""";

    private static string Run(int id, string name, string? conclusion, string at, int app = 1) => $$"""
        {"id":{{id}},"name":"{{name}}","status":"completed","conclusion":{{(conclusion is null ? "null" : $"\"{conclusion}\"")}},"started_at":"2026-11-19T{{at}}:00Z","app":{"id":{{app}}},"html_url":"https://github.com/runs/{{id}}"}
        """;

    private static string File(string path, string text) =>
        $$"""{"type":"file","path":"{{path}}","size":{{text.Length}},"encoding":"base64","content":"{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))}}"}""";
}
