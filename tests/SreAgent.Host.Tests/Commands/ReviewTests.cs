using System.Text.Json;
using SreAgent.Host.Commands.Review;
using SreAgent.Host.Tests.Story;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Commands;

/// <summary>The verb over real folders, with everything behind it real.</summary>
public sealed class ReviewTests : IDisposable
{
    private const string Runbook = """
        # Runbook

        ## On call

        The payments team is on call day and night: PagerDuty schedule payments-primary pages first, after ten minutes payments-secondary.

        ## Rollback

        Run `fly releases rollback --app checkout`; it takes two minutes and needs no migration.
        """;

    private readonly Installation _installation = new();
    private readonly DocumentTree _files = new();

    public void Dispose()
    {
        _installation.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task One_document_has_the_agreed_fields()
    {
        _files.Write("docs/runbook.md", Runbook);

        var (status, console) = await RunAsync(_files.Folder, "--json");
        var review = JsonElement.Parse(console.Said);

        Assert.Equal(1, status);
        Assert.Equal(_files.Folder, review.GetProperty("subject").GetString());
        Assert.Equal(JsonValueKind.Null, review.GetProperty("commit").ValueKind);
        Assert.Equal("sre-operator", review.GetProperty("persona").GetString());
        Assert.False(review.GetProperty("ready").GetBoolean());
        Assert.Equal(JsonValueKind.Array, review.GetProperty("findings").ValueKind);
        Assert.Equal(JsonValueKind.Array, review.GetProperty("notLookedAt").ValueKind);
        var questions = review.GetProperty("questions").EnumerateArray().ToArray();
        Assert.Equal(["slo-observability", "failure-recovery", "upgrade", "dependencies", "on-call"], questions.Select(question => question.GetProperty("id").GetString()));
        var onCall = questions[4];
        Assert.Contains(onCall.GetProperty("verdict").GetString(), new[] { "answered", "partly" });
        var citation = onCall.GetProperty("evidence")[0];
        Assert.Equal("docs/runbook.md", citation.GetProperty("path").GetString());
        Assert.Equal(5, citation.GetProperty("line").GetInt32());
        Assert.Equal(5, citation.GetProperty("endLine").GetInt32());
        Assert.Contains("PagerDuty schedule", citation.GetProperty("quote").GetString(), StringComparison.Ordinal);
        Assert.All(questions, question => Assert.Equal(question.GetProperty("verdict").GetString() == "answered", question.GetProperty("gaps").GetArrayLength() == 0));
    }

    [Fact]
    public async Task A_folder_given_by_dots_is_shown_by_its_name()
    {
        var above = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetPathRoot(Directory.GetCurrentDirectory())!);

        Assert.Equal($"{Path.GetFileName(Directory.GetCurrentDirectory())} (.)", SubjectName.Shown("."));
        Assert.Equal(above, SubjectName.Shown(above)); // The root has no name.
        Assert.Equal("acme/shop", SubjectName.Shown("acme/shop"));
        _files.Write("docs/runbook.md", Runbook);
        Assert.StartsWith(_files.Folder, (await RunAsync(_files.Folder)).Console.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_answered_in_part_only_is_not_called_ready()
    {
        _files.Write("README.md", "# Checkout\n\n## SLO\n\n99.9 % of requests succeed over 30 days.\n\n## Dependencies\n\nIt depends on the orders database.\n");
        _files.Write(".github/workflows/main.yml", "jobs:\n  deploy:\n    steps:\n      - run: flyctl deploy\n");
        _files.Write("fly.toml", "app = \"checkout\"\n[[services.http_checks]]\npath = \"/healthz\"\n");
        _files.Write("CODEOWNERS", "* @shop/checkout\n");

        var (status, console) = await RunAsync(_files.Folder);

        Assert.Equal(0, status);
        Assert.Contains("Nothing is missing, but slo-observability, failure-recovery, upgrade, dependencies, on-call are answered only in part. 0 answered, 5 partly, 0 missing.", console.Said.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_folders_are_one_document_a_line_and_a_bad_one_stops_nobody()
    {
        _files.Write("a/docs/runbook.md", Runbook);
        Directory.CreateDirectory(_files.Path("b"));

        var (status, console) = await RunAsync(_files.Path("a"), _files.Path("gone"), _files.Path("b"), "--json");

        Assert.Equal(2, status);
        Assert.Equal([_files.Path("a"), _files.Path("b")], console.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("subject").GetString()));
        Assert.Contains("There is no folder", console.Complained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", 1)]
    [InlineData("partly", 1)]
    [InlineData("never", 0)]
    public async Task What_fails_a_review_is_chosen(string failOn, int wanted)
    {
        _files.Write("README.md", "# Nothing\n");

        Assert.Equal(wanted, (await RunAsync(_files.Folder, "--fail-on", failOn)).Status);
    }

    [Fact]
    public async Task What_is_waived_fails_nothing_and_is_shown()
    {
        _files.Write(".sre-agent.yml", "waivers:\n" + string.Concat(new[] { "slo-observability", "failure-recovery", "upgrade", "dependencies", "on-call" }
            .Select(id => $"  - question: {id}\n    reason: A spike nobody runs.\n    owner: shop\n    expires: 2999-12-31\n")));

        var (status, console) = await RunAsync(_files.Folder, "--fail-on", "partly");

        Assert.Equal(0, status);
        Assert.Contains("waived: A spike nobody runs (waived by shop until 2999-12-31)", console.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_of_a_clone_is_reviewed_without_its_changes_on_disk()
    {
        _files.Write("clone/docs/runbook.md", Runbook);
        await RealGit.RunAsync(_files.Path("clone"), "init", "-q", "-b", "main");
        await RealGit.RunAsync(_files.Path("clone"), "add", "-A");
        await RealGit.RunAsync(_files.Path("clone"), "commit", "-qm", "first");
        var commit = await RealGit.RunAsync(_files.Path("clone"), "rev-parse", "HEAD");
        var (_, clean) = await RunAsync(_files.Path("clone"), "--json");
        _files.Write("clone/docs/runbook.md", "# Nothing\n");
        var (_, changed) = await RunAsync(_files.Path("clone"), "--json");
        var (_, committed) = await RunAsync(_files.Path("clone"), "--ref", "main", "--json");

        Assert.Equal(commit, JsonElement.Parse(clean.Said).GetProperty("commit").GetString());
        Assert.Equal(JsonValueKind.Null, JsonElement.Parse(changed.Said).GetProperty("commit").ValueKind);
        Assert.Equal("missing", Verdict(changed, 4));
        Assert.Equal(clean.Said, committed.Said);
    }

    [Theory]
    [InlineData("a/b", "Integrations:GitHub:Token")]
    [InlineData("a/b#7", "Integrations:GitHub:Token")]
    [InlineData("./nowhere", "There is no folder './nowhere'")]
    [InlineData("{folder}/a.md", "is a file")]
    [InlineData("{folder} --persona nobody", "There is no persona 'nobody'")]
    [InlineData("{folder} --persona kai", "no must-answer list")]
    [InlineData("{folder} --fail-on sometimes", "--fail-on takes missing, partly or never")]
    [InlineData("{folder} --fail-on 1", "--fail-on takes missing, partly or never")]
    [InlineData("{folder} --json --sarif", "Only one of")]
    [InlineData("{folder} --history --markdown", "--history is told")]
    [InlineData("{folder} --ref main", "belongs to no git repository")]
    [InlineData("a/b --ref main", "A reference is given with a folder")]
    [InlineData("{folder} --nonsense", "--nonsense")]
    public async Task What_cannot_be_reviewed_is_said_and_ends_with_2(string commandLine, string why)
    {
        _files.Write("a.md", "x");

        var (status, console) = await RunAsync(commandLine.Replace("{folder}", _files.Folder, StringComparison.Ordinal).Split(' '));

        Assert.Equal(2, status);
        Assert.Empty(console.Said);
        Assert.Contains(why, console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_not_ready()
    {
        var (status, console) = await RunAsync(_files.Folder);

        Assert.Equal(1, status);
        Assert.Contains("0 answered, 0 partly, 5 missing.", console.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_out_of_the_folder_shows_nothing_of_what_lies_there()
    {
        using var outside = new DocumentTree();
        outside.Write("runbook.md", Runbook);
        _files.Link("docs", outside.Folder);

        var (_, console) = await RunAsync(_files.Folder, "--json");

        Assert.DoesNotContain("PagerDuty", console.Said, StringComparison.Ordinal);
        Assert.Contains("docs: a link, which is not followed", console.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_review_is_kept_and_the_history_shows_where_it_is_heading()
    {
        _files.Write("README.md", "# Nothing\n");
        await RunAsync(_files.Folder);
        _files.Write("docs/runbook.md", Runbook);
        await RunAsync(_files.Folder);

        var (status, text) = await RunAsync(_files.Folder, "--history");
        var (_, json) = await RunAsync("--history", "--json");

        Assert.Equal(0, status);
        Assert.Contains("↑ on-call", text.Said, StringComparison.Ordinal);
        var subject = JsonElement.Parse(json.Said).GetProperty("subjects")[0];
        Assert.Equal(2, subject.GetProperty("reviews").GetArrayLength());
        Assert.Equal("better", subject.GetProperty("trends").EnumerateArray().Single(trend => trend.GetProperty("question").GetString() == "on-call").GetProperty("heading").GetString());
    }

    [Fact]
    public async Task The_page_reads_like_this()
    {
        Example();

        Snapshot.Verify((await RunAsync(_files.Folder)).Console.Said.Replace(_files.Folder, "checkout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_Markdown_reads_like_this()
    {
        Example();

        Snapshot.Verify((await RunAsync(_files.Folder, "--markdown")).Console.Said.Replace(_files.Folder, "checkout", StringComparison.Ordinal), extension: "md");
    }

    [Fact]
    public async Task The_SARIF_log_reads_like_this()
    {
        Example();
        var log = JsonElement.Parse((await RunAsync(_files.Folder, "--sarif")).Console.Said);

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = log.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Contains(result.GetProperty("ruleId").GetString(), rules);
            Assert.NotEqual(0, result.GetProperty("locations").GetArrayLength());
        });
        Snapshot.VerifyJson(run.GetProperty("results"));
    }

    [Fact]
    public async Task What_a_file_says_cannot_steer_the_terminal()
    {
        _files.Write("docs/runbook.md", Runbook.Replace("PagerDuty", "\u001b[2JPagerDuty\u202e", StringComparison.Ordinal));

        var (_, console) = await RunAsync(_files.Folder);

        Assert.Contains("PagerDuty", console.Said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', console.Said);
        Assert.DoesNotContain('\u202e', console.Said);
    }

    private static string? Verdict(CapturedConsole console, int question) => JsonElement.Parse(console.Said).GetProperty("questions")[question].GetProperty("verdict").GetString();

    private void Example()
    {
        _files.Write("docs/runbook.md", Runbook);
        _files.Write(".sre-agent.yml", """
            waivers:
              - question: slo-observability
                reason: Objectives are agreed in January.
                owner: shop
                expires: 2999-01-31
              - question: upgrade
                owner: shop
                expires: 2020-01-31
            """);
        _files.Link("shared", "/");
    }

    private Task<(int Status, CapturedConsole Console)> RunAsync(params string[] arguments) => _installation.RunAsync(terminal: null, ["review", .. arguments]);
}
