using SreAgent.Runtime.Chat.BuiltIn;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat;

public sealed class GrammarTests
{
    private static readonly Grammar All = Grammar.WithAll(new InMemorySkills());

    public static TheoryData<string> Examples => [.. All.Families.SelectMany(family => family.Examples).Select(example => example.Text)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_understood_by_its_own_family(string example)
    {
        var own = All.Families.Single(family => family.Examples.Any(one => one.Text == example));
        var request = All.Recognise(example);
        Assert.Equal(own.Recognise(example)?.GetType(), request.GetType());
        Assert.IsNotType<UnknownRequest>(request);
        Assert.Equal(request.GetType(), All.Recognise(example.ToUpperInvariant() + " ?").GetType());
    }

    [Fact]
    public void The_documentation_lists_exactly_the_examples()
    {
        var rows = File.ReadLines(Repository.File("docs/asking.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var expected = All.Families.SelectMany(family => family.Examples).Select(example => $"| `{example.Text}` | {example.Meaning} |");
        Assert.Equal(expected, rows);
    }

    [Theory]
    [InlineData("What's firing right now?", typeof(AlertsRequest))]
    [InlineData("which alerts are firing", typeof(AlertsRequest))]
    [InlineData("is anything firing?", typeof(AlertsRequest))]
    [InlineData("what is the error rate of checkout", typeof(SignalRequest))]
    [InlineData("how high is the latency of checkout-api over the past 90 minutes?", typeof(SignalRequest))]
    [InlineData("requests per fortnight of checkout", typeof(UnknownRequest))]
    [InlineData("is anything down?", typeof(TargetsRequest))]
    [InlineData("mute alert DiskFull for 30 minutes", typeof(CreateSilenceRequest))]
    [InlineData("silence DiskFull for a while", typeof(UnknownRequest))]
    [InlineData("deploy checkout to production", typeof(UnknownRequest))]
    [InlineData("yes", typeof(UnknownRequest))]
    [InlineData("", typeof(UnknownRequest))]
    public void Other_words_for_the_same_are_understood_and_nothing_else_is(string text, Type request) => Assert.IsType(request, All.Recognise(text));

    [Theory]
    [InlineData("x in the last hour", 60)]
    [InlineData("x over the last 90 minutes", 90)]
    [InlineData("x for the past 2 days?", 2880)]
    [InlineData("x over the last 1h30m", 90)]
    [InlineData("x in the last week.", 10080)]
    public void Windows_are_read_as_people_say_them(string text, int minutes)
    {
        var (asked, window) = SpokenWindow.TakeFrom(text);
        Assert.Equal("x", asked);
        Assert.Equal(minutes, window.Length.TotalMinutes);
    }

    [Fact]
    public void A_query_keeps_its_braces_and_brackets()
    {
        var query = Assert.IsType<QueryRequest>(All.Recognise("query sum by (job) (rate(up{job=~\"a|b\"}[5m])) over the last 2h"));
        Assert.Equal("sum by (job) (rate(up{job=~\"a|b\"}[5m]))", query.Expression);
        Assert.Equal("now-2h", query.Window.From);
    }

    [Fact]
    public void A_silence_takes_alert_duration_and_reason_apart() =>
        Assert.Equal(new CreateSilenceRequest("HighErrorRate", "2h", "the fix is rolling out"), All.Recognise("silence HighErrorRate for 2 hours because the fix is rolling out."));
}
