using SreAgent.Core.Catalogue;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat.BuiltIn;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat.BuiltIn;

public sealed class RolloutTalkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly Service Checkout = new()
    {
        Name = "checkout",
        Environment = "production",
        FlyApp = "checkout-prod",
        Repository = "shop/checkout",
        Slos = [new Slo("checkout", "availability", 0.999, "good[$window]", "all[$window]", TimeSpan.FromDays(30))],
    };

    [Theory]
    [InlineData("deploy checkout v43", "fly_deploy", """{"service":"checkout","image":"v43","reason":"No reason was given."}""")]
    [InlineData("Deploy v43 of Checkout because the fix is in", "fly_deploy", """{"service":"checkout","image":"v43","reason":"the fix is in"}""")]
    [InlineData("deploy checkout v43 and roll back if it fails", "fly_deploy", """{"service":"checkout","image":"v43","rollback_on_failure":true,"reason":"No reason was given."}""")]
    [InlineData("deploy checkout v43 because it is due and roll back if verification fails", "fly_deploy", """{"service":"checkout","image":"v43","rollback_on_failure":true,"reason":"it is due"}""")]
    [InlineData("roll back checkout", "fly_rollback", """{"service":"checkout","reason":"No reason was given."}""")]
    [InlineData("rollback checkout to v42 because users see errors.", "fly_rollback", """{"service":"checkout","to":"v42","reason":"users see errors"}""")]
    [InlineData("restart checkout", "fly_restart", """{"service":"checkout"}""")]
    [InlineData("scale checkout to 4 machines", "fly_scale", """{"service":"checkout","count":4}""")]
    public async Task A_change_is_asked_for_with_exactly_what_was_said(string said, string tool, string arguments)
    {
        using var talk = Talk(TestTool.Change(tool, _ => TestTool.Found("fly", new { state = "succeeded", outcome = "Executed. Verified: all well." })));
        var asked = await talk.SayAsync(said);
        Assert.Equal(TurnEnd.AwaitingApproval, asked.End);
        Assert.Equal(arguments, talk.Invoker.Calls[0].Arguments.GetRawText());
        await talk.Desk.ApproveAsync(asked.Finished.PendingChanges[0], ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        Assert.Contains("Verified: all well.", (await talk.ResumeAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy checkout to production")]
    [InlineData("roll back checkout and roll back if it fails")]
    [InlineData("scale checkout to many")]
    [InlineData("deploy")]
    public void What_is_not_quite_a_change_is_not_taken_for_one(string said) => Assert.IsType<UnknownRequest>(Grammar.WithAll(new InMemorySkills()).Recognise(said));

    [Theory]
    [InlineData("roll back checkout", "Integrations:Fly:TokenFile")]
    [InlineData("open a worktree for checkout", "Integrations:Git:Root")]
    public async Task What_is_not_configured_is_said_with_the_setting(string said, string setting)
    {
        using var talk = Talk();
        Assert.Contains(setting, (await talk.SayAsync(said)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_merged_in_order_of_time_with_what_was_not_looked_at()
    {
        using var talk = Talk(
            Read("fly_list_releases", new { releases = new object[] { new { id = "v43", status = "complete", image = "checkout:v43", createdAt = Noon.AddMinutes(-4) }, new { id = "v42", status = "complete", image = "checkout:v42", createdAt = Noon.AddDays(-9) } } }),
            Read("github_list_commits", new { commits = new[] { new { sha = "0123456789abcdef", title = "Charge once", author = "ada", at = Noon.AddMinutes(-30) } } }));
        var text = (await talk.SayAsync("what changed on checkout in the last 2h")).Text;
        Assert.Contains("checkout-prod", talk.Invoker.Calls[0].Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("now-2h", talk.Invoker.Calls[1].Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.True(text.IndexOf("release **v43**", StringComparison.Ordinal) < text.IndexOf("commit `0123456` Charge once, by ada", StringComparison.Ordinal), text);
        Assert.DoesNotContain("v42", text, StringComparison.Ordinal);
        Assert.Contains("annotations: I do not hold `grafana_list_annotations`", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image exists: The registry has no image 'v99' for checkout (any more).", "deploy checkout v99", "`releases of checkout`")]
    [InlineData("lint, tests and build green: 1 of 3 checks of 6e4ce78 have not passed: test (failed).", "deploy checkout v45", "Mend what is red")]
    [InlineData("something to do: all machines run v43 already; nothing to do.", "deploy checkout v43", "`restart checkout`")]
    [InlineData("rollback target known: checkout has no earlier complete release with another image; there is nowhere to roll back to.", "roll back checkout", "`deploy checkout` with a tag")]
    public async Task What_a_gate_refuses_is_said_once_with_what_to_do_next(string why, string said, string next)
    {
        var tool = said.StartsWith("deploy", StringComparison.Ordinal) ? "fly_deploy" : "fly_rollback";
        using var talk = Talk(TestTool.Read(tool, (_, _) => Task.FromResult<ToolResult>(new ToolResult.Failed($"{tool} was not put up for approval: {why}", Retryable: false))));
        var text = (await talk.SayAsync(said)).Text;
        Assert.Contains(next, text, StringComparison.Ordinal);
        Assert.Equal(text.IndexOf(why, StringComparison.Ordinal), text.LastIndexOf(why, StringComparison.Ordinal));
        Assert.DoesNotContain("could not answer", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy nonesuch v1")]
    [InlineData("roll back nonesuch")]
    [InlineData("why is nonesuch failing?")]
    [InlineData("what changed on nonesuch?")]
    [InlineData("error budget of nonesuch")]
    public async Task A_service_nobody_told_of_is_not_asked_about_and_those_known_are_named(string said)
    {
        using var talk = Talk([.. new[] { "fly_deploy", "fly_rollback", "fly_list_releases", "prometheus_query", "prometheus_query_range" }.Select(name => Read(name, new { }))]);
        Assert.Contains("I know no service 'nonesuch'. Those I know: `checkout`", (await talk.SayAsync(said)).Text, StringComparison.Ordinal);
        Assert.Empty(talk.Invoker.Calls);
    }

    [Fact]
    public async Task Status_is_told_with_tags_and_checks()
    {
        // As fly_status answers.
        const string Image = "registry.fly.io/checkout:v43@sha256:25d0920e1cb87af035d546b820423011139a6056f523ac0e84a65e3ba66dfde2";
        using var talk = Talk(Read("fly_status", new
        {
            app = "checkout-prod",
            release = new { id = "v3", status = "complete", image = Image, createdAt = Noon, by = "ci@lab.example" },
            image = Image,
            warnings = new[] { "Not started: 6887660f9f4061." },
            machines = new[] { new { id = "46ffd5bb35bdec", version = "01M7", region = "ams", state = "started", group = "app", size = "shared-cpu-1x, 256 MB", image = Image, host = "ok", checks = new[] { "health: passing" } } },
        }));
        var text = (await talk.SayAsync("status of checkout")).Text;
        Assert.Contains("`46ffd5bb35bdec` in ams: started, `v43`, health: passing", text, StringComparison.Ordinal);
        Assert.Contains("runs `v43`; newest release v3, complete, by ci@lab.example at 2026-11-20 12:00:00Z; 1 machine:", text, StringComparison.Ordinal);
        Assert.Contains("To notice:\n- Not started: 6887660f9f4061.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_lines_that_differ_in_figures_only_are_told_once_with_how_often()
    {
        using var talk = Talk(Read("fly_get_logs", new
        {
            lines = new[] { (0, "POST /checkout 500 7ms boom"), (1, "GET /healthz 200 1ms"), (2, "POST /checkout 500 31ms boom") }
                .Select(line => new { at = Noon.AddSeconds(line.Item1), level = "error", instance = "46ffd5bb35bdec", region = "ams", text = line.Item2 }),
            moreExist = false,
        }));
        Assert.Contains("- 12:00:02 error `POST /checkout 500 31ms boom` (2 times since 12:00:00)", (await talk.SayAsync("logs of checkout")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_budget_is_told_from_the_objectives_own_queries()
    {
        using var talk = Talk(TestTool.Read("prometheus_query", arguments => new { series = 1, result = new[] { new { value = arguments.GetString("query")!.StartsWith("clamp", StringComparison.Ordinal) ? 0.0004 : 100_000 } } }));
        Assert.Contains("**Healthy**. availability: 60% is left of the budget of 30d", (await talk.SayAsync("error budget of checkout")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worktree_is_opened_on_a_branch_of_its_own()
    {
        using var talk = Talk(TestTool.Write("git_create_worktree", (_, _) => Task.FromResult(TestTool.Found("git", new { worktree = "checkout-1", folder = "/srv/worktrees/checkout-1" }))));
        Assert.Contains("`/srv/worktrees/checkout-1`", (await talk.SayAsync("open a worktree for checkout from v42")).Text, StringComparison.Ordinal);
        Assert.Equal("""{"repository":"checkout","branch":"sre/checkout-v42","from":"v42"}""", talk.Invoker.Calls[0].Arguments.GetRawText());
    }

    private static ConversationDriver Talk(params Tool[] tools) => new(new BuiltInResponder(new InMemoryServices(Checkout), new InMemorySkills()), tools);

    private static Tool Read(string name, object data) => TestTool.Read(name, (_, _) => Task.FromResult<ToolResult>(new ToolResult.Found(data, new Evidence(name.Split('_')[0], name) { Range = new TimeRange(Noon.AddHours(-2), Noon) })));
}
