using SreAgent.Core.Catalogue;
using SreAgent.Core.Skills;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat.BuiltIn;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat;

public sealed class BuiltInResponderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_firing_is_answered_with_names_reasons_and_evidence()
    {
        var alerts = Tool("prometheus_list_alerts", _ => new
        {
            firing = 1,
            pending = 0,
            alerts = new[]
            {
                new { name = "HighErrorRate", state = "firing", since = "2026-11-20T11:40:00Z", labels = new { service = "checkout" }, annotations = new { summary = "5 % of requests fail" } },
            },
        });
        using var talk = Talk([alerts]);
        var turn = await talk.SayAsync("what is firing?");
        Assert.Contains("**HighErrorRate** (firing since 2026-11-20 11:40:00Z): 5 % of requests fail", turn.Text, StringComparison.Ordinal);
        Assert.Contains("[open](http://prometheus/graph)", turn.Text, StringComparison.Ordinal);
        Assert.Contains("built-in responder, not a language model", turn.Text, StringComparison.Ordinal);
        Assert.Equal("firing", talk.Invoker.Calls[0].Arguments.GetProperty("state").GetString());
    }

    [Fact]
    public async Task It_says_what_it_is_once_per_conversation()
    {
        using var talk = Talk([Tool("prometheus_list_alerts", _ => new { alerts = Array.Empty<object>() })]);
        Assert.Contains("built-in responder", (await talk.SayAsync("alerts")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("built-in responder", (await talk.SayAsync("alerts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_rate_of_a_service_is_found_by_the_conventions_and_says_which_query_it_used()
    {
        var labels = Tool("prometheus_list_labels", arguments => arguments.GetString("label") == "__name__"
            ? new { items = arguments.GetString("selector")!.StartsWith("{job=", StringComparison.Ordinal) ? new[] { "go_gc_total", "http_requests_total", "promhttp_metric_handler_requests_total" } : [] }
            : new { items = new[] { "__name__", "job", "status" } });
        var range = Tool("prometheus_query_range", _ => new
        {
            step = "15s",
            points = 241,
            series = 1,
            result = new[] { new { labels = new { }, first = 0.01, last = 0.031, min = 0.0, median = 0.02, max = 0.05, sparkline = "▁▃█" } },
        });
        var instant = Tool("prometheus_query", arguments => new
        {
            series = 1,
            result = new[] { new { labels = new { }, value = arguments.GetString("query")!.Contains('/', StringComparison.Ordinal) ? 0.0213 : 12_345.2 } },
        });
        using var talk = Talk([labels, range, instant]);
        var turn = await talk.SayAsync("error rate of checkout in the last hour");
        Assert.Contains("**checkout**: 2.13 % of requests failed over the last 1h, of 12,345 requests", turn.Text, StringComparison.Ordinal);
        Assert.Contains("now 3.1 %, min 0 %, median 2 %, max 5 % ▁▃█", turn.Text, StringComparison.Ordinal);
        var query = talk.Invoker.Calls.Single(call => call.Tool == "prometheus_query_range").Arguments.GetProperty("query").GetString();
        Assert.Equal("(sum(rate(http_requests_total{job=\"checkout\",status=~\"5..\"}[5m])) or vector(0)) / sum(rate(http_requests_total{job=\"checkout\"}[5m]))", query);
    }

    [Fact]
    public async Task The_catalogues_selector_is_used_where_there_is_one()
    {
        var labels = Tool("prometheus_list_labels", arguments => new { items = new[] { arguments.GetString("label") is null ? "code" : "requests_total" } });
        var number = Tool("prometheus_query", _ => new { series = 1, result = new[] { new { value = 1.0 } } });
        var range = Tool("prometheus_query_range", _ => new { series = 1, result = new[] { new { last = 1.0 } } });
        using var talk = Talk([labels, number, range], new Service { Name = "checkout", Environment = "lab", MetricSelector = "app=\"shop\",part=\"checkout\"" });
        await talk.SayAsync("error rate of Checkout");
        Assert.Equal("{app=\"shop\",part=\"checkout\",__name__=~\".+(_total|_count|_bucket)\"}", talk.Invoker.Calls[0].Arguments.GetProperty("selector").GetString());
        Assert.Contains(talk.Invoker.Calls, call => call.Arguments.TryGetProperty("query", out var query)
            && query.GetString()!.Contains("requests_total{app=\"shop\",part=\"checkout\",code=~\"5..\"}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_whose_errors_cannot_be_told_is_said_to_be_so()
    {
        var labels = Tool("prometheus_list_labels", arguments => new { items = new[] { arguments.GetString("label") is null ? "job" : "requests_total" } });
        using var talk = Talk([labels, Tool("prometheus_query", _ => 1), Tool("prometheus_query_range", _ => 1)]);
        var turn = await talk.SayAsync("error rate of checkout");
        Assert.Contains("I cannot tell the error rate of checkout", turn.Text, StringComparison.Ordinal);
        Assert.Contains("`requests_total`", turn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_metrics_is_said_to_be_unknown_with_what_was_looked_for()
    {
        using var talk = Talk([Nothing("prometheus_list_labels"), Tool("prometheus_query", _ => 1), Tool("prometheus_query_range", _ => 1)], new Service { Name = "cart", Environment = "lab" });
        var turn = await talk.SayAsync("latency of checkout");
        Assert.Contains("`{job=\"checkout\"}`", turn.Text, StringComparison.Ordinal);
        Assert.Contains("The catalogue knows: cart", turn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_is_worded_in_the_unit_of_the_histogram()
    {
        var labels = Tool("prometheus_list_labels", _ => new { items = new[] { "http_request_duration_seconds_bucket", "http_request_duration_seconds_count" } });
        var range = Tool("prometheus_query_range", _ => new { series = 1, result = new[] { new { last = 0.25, min = 0.1, median = 0.2, max = 1.5, sparkline = "▁█" } } });
        var instant = Tool("prometheus_query", arguments => new { series = 1, result = new[] { new { value = arguments.GetString("query")!.Contains("0.99", StringComparison.Ordinal) ? 1.25 : 0.0421 } } });
        using var talk = Talk([labels, range, instant]);
        var turn = await talk.SayAsync("latency of checkout over the last 30m");
        Assert.Contains("median 42.1 ms", turn.Text, StringComparison.Ordinal);
        Assert.Contains("99th 1.25 s", turn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Prometheus_it_says_which_setting_brings_it()
    {
        using var talk = Talk([]);
        Assert.Contains("SREAGENT__Integrations__Prometheus__BaseUrl", (await talk.SayAsync("what is firing")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_fails_is_quoted_and_nothing_is_made_up()
    {
        var broken = TestTool.Read("prometheus_query", (_, _) => Task.FromResult<ToolResult>(new ToolResult.Failed("http://prometheus refused the connection; is it running?", Retryable: true)));
        using var talk = Talk([broken]);
        var turn = await talk.SayAsync("query up");
        Assert.Contains("could not answer: http://prometheus refused the connection", turn.Text, StringComparison.Ordinal);
        Assert.Single(turn.Finished.Gaps);
    }

    [Fact]
    public async Task Nothing_found_is_told_with_its_likely_causes()
    {
        using var talk = Talk([Nothing("prometheus_query")]);
        Assert.Contains("Nothing was found: everything.\n- nobody scrapes it", (await talk.SayAsync("query nope")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_waits_for_a_human_and_is_worded_once_it_is_there()
    {
        var silence = TestTool.Change("alertmanager_create_silence", _ => TestTool.Found("alertmanager", new { id = "s-1", endsAt = "2026-11-20T14:00:00Z" }));
        using var talk = Talk([silence]);
        var asked = await talk.SayAsync("silence HighErrorRate for 2h because the fix is rolling out");
        Assert.Equal(TurnEnd.AwaitingApproval, asked.End);
        Assert.Equal("""{"matchers":["alertname=\"HighErrorRate\""],"duration":"2h","comment":"the fix is rolling out"}""", talk.Invoker.Calls[0].Arguments.GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal));
        await talk.Desk.ApproveAsync(asked.Finished.PendingChanges[0], ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        Assert.Contains("**HighErrorRate** is silenced for 2h: silence `s-1`", (await talk.ResumeAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_silence_gives_the_humans_reason()
    {
        var silence = TestTool.Change("alertmanager_create_silence", _ => TestTool.Found("alertmanager", 1));
        using var talk = Talk([silence]);
        var asked = await talk.SayAsync("silence HighErrorRate for 2h");
        await talk.Desk.DenyAsync(asked.Finished.PendingChanges[0], ConversationDriver.Ada, "fix it instead", CancellationToken.None);
        Assert.Contains("fix it instead", (await talk.ResumeAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_falls_later_is_told()
    {
        var silence = TestTool.Change("alertmanager_create_silence", _ => TestTool.Found("alertmanager", 1));
        using var talk = Talk([silence]);
        var asked = await talk.SayAsync("silence HighErrorRate for 2h");
        await talk.SayAsync("help");
        await talk.Desk.DenyAsync(asked.Finished.PendingChanges[0], ConversationDriver.Ada, "fix it instead", CancellationToken.None);
        Assert.Contains("Meanwhile: " + asked.Finished.PendingChanges[0], (await talk.ResumeAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_does_not_understand_gets_the_nearest_requests()
    {
        using var talk = Talk([]);
        var turn = await talk.SayAsync("please tell me about the silences of last year");
        Assert.Contains("I do not understand that", turn.Text, StringComparison.Ordinal);
        Assert.Contains("`silences`", turn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_example()
    {
        using var talk = Talk([]);
        var text = (await talk.SayAsync("what can you do")).Text;
        Assert.All(Grammar.WithAll(new InMemorySkills()).Families.SelectMany(family => family.Examples), example => Assert.Contains($"`{example.Text}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_goes_on_where_the_last_page_ended()
    {
        var page = Tool("host_read_result", arguments => new { handle = "res-9", text = $"page at {arguments.Value.GetProperty("offset")}", nextOffset = arguments.Value.GetProperty("offset").GetInt32() == 0 ? 8_000 : (int?)null });
        using var talk = Talk([page]);
        Assert.Contains("page at 0", (await talk.SayAsync("page res-9")).Text, StringComparison.Ordinal);
        Assert.Contains("page at 8000", (await talk.SayAsync("more")).Text, StringComparison.Ordinal);
        Assert.Contains("no large result", (await talk.SayAsync("more")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skills_are_listed_from_the_catalogue()
    {
        using var talk = new ConversationDriver(
            new BuiltInResponder(new InMemoryServices(), new InMemorySkills(new Skill { Name = "git-worktree", Description = "Works in a worktree.", Path = "p", Body = "b" })), []);
        Assert.Contains("`git-worktree`: Works in a worktree.", (await talk.SayAsync("skills")).Text, StringComparison.Ordinal);
    }

    private static ConversationDriver Talk(Tool[] tools, params Service[] services) =>
        new(new BuiltInResponder(new InMemoryServices(services), new InMemorySkills()), tools);

    private static Tool Tool(string name, Func<ToolArguments, object> answer) => TestTool.Read(name, (arguments, _) => Task.FromResult<ToolResult>(
        new ToolResult.Found(answer(arguments), new Evidence("prometheus", arguments.GetString("query") ?? name)
        {
            Range = new TimeRange(Noon.AddHours(-1), Noon),
            Link = new Uri("http://prometheus/graph"),
        })));

    private static Tool Nothing(string name) => TestTool.Read(name, (_, _) => Task.FromResult<ToolResult>(
        new ToolResult.NoData("everything", ["nobody scrapes it"], new Evidence("prometheus", name))));
}
