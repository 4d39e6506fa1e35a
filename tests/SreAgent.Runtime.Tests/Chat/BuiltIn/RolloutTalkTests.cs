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
            Read("github_list_commits", new { commits = new[] { new { id = "0123456789abcdef", title = "Charge once", author = "ada", at = Noon.AddMinutes(-30) } } }));
        var text = (await talk.SayAsync("what changed on checkout in the last 2h")).Text;
        Assert.Contains("checkout-prod", talk.Invoker.Calls[0].Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("now-2h", talk.Invoker.Calls[1].Arguments.GetRawText(), StringComparison.Ordinal);
        Assert.True(text.IndexOf("release **v43**", StringComparison.Ordinal) < text.IndexOf("commit `0123456` Charge once, by ada", StringComparison.Ordinal), text);
        Assert.DoesNotContain("v42", text, StringComparison.Ordinal);
        Assert.Contains("annotations: I do not hold `grafana_list_annotations`", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_names_the_release_that_finished_closest_before_the_rise_with_figures_and_evidence()
    {
        // Thirty-seven points of fifty seconds; the last six are bad.
        using var talk = Talk(Curve(new string('▁', 31) + new string('█', 6), 0.31), Instant(), Read("fly_list_releases", new
        {
            releases = new[] { new { id = "v43", status = "complete", image = "checkout:v43", createdAt = Noon.AddSeconds(-280) }, new { id = "v42", status = "complete", image = "checkout:v42", createdAt = Noon.AddMinutes(-20) } },
        }));
        var text = (await talk.SayAsync("why is checkout failing?")).Text;
        Assert.Contains("**checkout** began to fail at 2026-11-20 11:55", text, StringComparison.Ordinal);
        Assert.Contains("release **v43**", text, StringComparison.Ordinal);
        Assert.DoesNotContain("v42", text, StringComparison.Ordinal);
        Assert.Contains("0.02 % of 9,000 events were bad", text, StringComparison.Ordinal);
        Assert.Contains("31 % of 3,000", text, StringComparison.Ordinal);
        Assert.Contains("Say `roll back checkout`", text, StringComparison.Ordinal);
        Assert.Contains("Evidence: `clamp_min(1 - ((good[1m]) or (all[1m]) * 0) / (all[1m]), 0)`", text, StringComparison.Ordinal);
        Assert.Contains("Not looked at:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_without_a_worsening_says_there_is_none()
    {
        using var talk = Talk(Curve(new string('▁', 37), 0), Instant());
        var text = (await talk.SayAsync("why is checkout failing")).Text;
        Assert.Contains("I find no worsening of **checkout** over the last 30m", text, StringComparison.Ordinal);
        Assert.Contains("releases: I do not hold `fly_list_releases`", text, StringComparison.Ordinal);
        Assert.DoesNotContain("roll back", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_does_not_blame_a_release_that_came_after()
    {
        using var talk = Talk(Curve(new string('▁', 31) + new string('█', 6), 0.31), Instant(), Read("fly_list_releases", new { releases = new[] { new { id = "v43", status = "complete", image = "checkout:v43", createdAt = Noon.AddMinutes(-1) } } }));
        Assert.Contains("a deploy is not the likely cause", (await talk.SayAsync("why is checkout failing")).Text, StringComparison.Ordinal);
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

    private static Tool Curve(string sparkline, double max) => TestTool.Read("prometheus_query_range", (arguments, _) =>
    {
        // The closer look is asked with both ends, and shows no more than the first.
        var closer = arguments.GetString("to") is not null;
        return Task.FromResult<ToolResult>(closer
            ? new ToolResult.NoData("closer", [], new Evidence("prometheus", "closer"))
            : new ToolResult.Found(
                new { step = "50s", points = 37, series = 1, result = new[] { new { labels = new { }, min = 0.0, median = 0.0, max, last = max, sparkline } } },
                new Evidence("prometheus", arguments.GetString("query")!) { Range = new TimeRange(Noon.AddMinutes(-30), Noon) }));
    });

    private static Tool Instant() => TestTool.Read("prometheus_query", arguments =>
    {
        var before = arguments.GetString("time") != "2026-11-20T12:00:00Z";
        var ratio = arguments.GetString("query")!.StartsWith("clamp", StringComparison.Ordinal);
        return new { series = 1, result = new[] { new { value = (ratio, before) switch { (true, true) => 0.0002, (true, false) => 0.31, (false, true) => 9_000, _ => 3_000 } } } };
    });
}
