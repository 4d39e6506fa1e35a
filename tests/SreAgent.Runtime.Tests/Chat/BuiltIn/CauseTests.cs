using SreAgent.Core.Catalogue;
using SreAgent.Core.Metrics;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat.BuiltIn;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat.BuiltIn;

/// <summary>Why a service is worse off, asked of figures that follow a story, in the shapes the real tools answer with.</summary>
public sealed class CauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(40, 20)]
    [InlineData(60, 20)]
    [InlineData(180, 160)]
    [InlineData(300, 280)]
    [InlineData(900, 880)]
    [InlineData(1500, 60)]
    [InlineData(7200, 300)]
    [InlineData(7200, 7180)]
    public async Task The_moment_and_the_release_are_found_however_young_the_figures(int age, int onset)
    {
        var story = new Story(TimeSpan.FromSeconds(age)) { ["checkout"] = (TimeSpan.FromSeconds(onset), 0.2) };
        using var talk = story.Talk(Release("checkout", "v3", "v43", Now.AddSeconds(-onset - 3)), Release("checkout", "v2", "v42", Now.AddDays(-2)));
        var text = (await talk.SayAsync("why is checkout failing?")).Text;
        Assert.Contains("**checkout** began to fail at ", text, StringComparison.Ordinal);
        Assert.Contains("The release closest before is **v3 of checkout**: image `v43`, by ci@lab.example", text, StringComparison.Ordinal);
        Assert.Contains("before it ran `v42`. That is a coincidence in time, not a proof.", text, StringComparison.Ordinal);
        Assert.Contains("Say `roll back checkout`", text, StringComparison.Ordinal);
        Assert.Contains("20 % of ", text, StringComparison.Ordinal);
        Assert.Contains("Evidence: `clamp_min(1 - ((good-checkout[", text, StringComparison.Ordinal);
        Assert.Contains("Not looked at:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rise_found_at_the_beginning_of_the_figures_is_measured_until_now()
    {
        var story = new Story(TimeSpan.FromMinutes(15)) { ["checkout"] = (TimeSpan.FromSeconds(880), 0.2) };
        using var talk = story.Talk();
        Assert.Matches("14m[0-9]+s ago.* in the 14m[0-9]+s since", (await talk.SayAsync("why is checkout failing?")).Text);
    }

    [Fact]
    public async Task The_release_of_what_it_calls_is_named_and_not_that_of_a_loud_stranger()
    {
        var worse = (TimeSpan.FromSeconds(60), 0.3);
        var story = new Story(TimeSpan.FromMinutes(3)) { ["checkout"] = worse, ["inventory"] = worse, ["loud"] = worse };
        using var talk = story.Talk(
            Release("inventory", "v3", "v31", Now.AddSeconds(-66)), Release("inventory", "v2", "v30", Now.AddDays(-2)), Release("loud", "v9", "v8", Now.AddSeconds(-61)));
        var text = (await talk.SayAsync("why is checkout failing?")).Text;
        Assert.Contains("**v3 of inventory**, which checkout calls", text, StringComparison.Ordinal);
        Assert.Contains("Say `roll back inventory`", text, StringComparison.Ordinal);
        Assert.Contains("inventory, which it calls, is worse too", text, StringComparison.Ordinal);
        Assert.Contains("v9 of loud (`v8`), at 2026-11-20 11:58:59Z; checkout is not seen to call it", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_release_it_says_so_and_blames_none_that_came_after()
    {
        var story = new Story(TimeSpan.FromMinutes(10)) { ["checkout"] = (TimeSpan.FromMinutes(4), 0.3) };
        using var talk = story.Talk(Release("checkout", "v3", "v43", Now.AddMinutes(-1)));
        var text = (await talk.SayAsync("why is checkout failing?")).Text;
        Assert.Contains("**No release** of it, or of what it calls (inventory), finished in the 30m before, so a deploy is not the likely cause", text, StringComparison.Ordinal);
        Assert.DoesNotContain("roll back", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(7200)]
    public async Task What_is_well_is_said_to_be_well(int age)
    {
        using var talk = new Story(TimeSpan.FromSeconds(age)).Talk();
        var text = (await talk.SayAsync("why is checkout failing?")).Text;
        Assert.Contains("Nothing got worse", text, StringComparison.Ordinal);
        Assert.Contains("It is within its objective", text, StringComparison.Ordinal);
        Assert.DoesNotContain("roll back", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_bad_all_the_time_is_said_to_have_begun_earlier()
    {
        var story = new Story(TimeSpan.FromDays(1)) { ["checkout"] = (TimeSpan.FromDays(1), 0.3) };
        using var talk = story.Talk();
        Assert.Contains("it is bad throughout", (await talk.SayAsync("why is checkout failing?")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_figures_it_says_that_it_cannot_tell()
    {
        using var talk = new Story(TimeSpan.Zero).Talk();
        Assert.Contains("I cannot tell: there are no figures of availability", (await talk.SayAsync("why is checkout failing?")).Text, StringComparison.Ordinal);
    }

    private static (string App, object Release) Release(string app, string id, string tag, DateTimeOffset at) => (app, new
    {
        id,
        status = "complete",
        image = $"registry.fly.io/{app}:{tag}@sha256:{new string(tag[^1], 64)}",
        createdAt = at,
        by = "ci@lab.example",
    });

    /// <summary>Services whose share of bad events rises some time ago; figures begin a while ago.</summary>
    private sealed class Story(TimeSpan age)
    {
        private static readonly string[] Names = ["checkout", "inventory", "loud"];

        private readonly Dictionary<string, (TimeSpan Ago, double Ratio)> _worse = new(StringComparer.Ordinal);

        public (TimeSpan Ago, double Ratio) this[string service]
        {
            set => _worse[service] = value;
        }

        public ConversationDriver Talk(params (string App, object Release)[] releases) => new(
            new BuiltInResponder(new InMemoryServices([.. Names.Select(Describe)]), new InMemorySkills()),
            [TestTool.Read("prometheus_query_range", (arguments, _) => Task.FromResult(Range(arguments.GetString("query")!, Moment(arguments.GetString("from")!), Moment(arguments.GetString("to")!), arguments.GetString("step")!))),
            TestTool.Read("prometheus_query", (arguments, _) => Task.FromResult(Instant(arguments.GetString("query")!, arguments.GetString("time") is { } time ? Moment(time) : Now))),
            TestTool.Read("fly_list_releases", (arguments, _) => Task.FromResult<ToolResult>(new ToolResult.Found(
                new { releases = releases.Where(one => one.App == arguments.GetString("app")).Select(one => one.Release), rollbackTarget = (string?)null, moreExist = false },
                new Evidence("fly", $"releases of {arguments.GetString("app")}") { Notes = ["As of 2026-11-20 12:00:00Z."] })))]);

        private static Service Describe(string name) => new()
        {
            Name = name,
            Environment = "production",
            FlyApp = name,
            MetricSelector = $"service=\"{name}\"",
            Slos = [new Slo(name, "availability", 0.995, $"good-{name}[$window]", $"all-{name}[$window]", TimeSpan.FromDays(30))],
        };

        private static DateTimeOffset Moment(string text) => TimeExpression.TryParse(text, Now, out var moment) ? moment : throw new FormatException(text);

        private static TimeSpan Duration(string text) => TimeExpression.TryParseDuration(text, out var length) ? length : throw new FormatException(text);

        private ToolResult Range(string query, DateTimeOffset from, DateTimeOffset to, string stepText)
        {
            var step = Duration(stepText);
            var window = Window(query);
            double[] values = [.. Enumerable.Range(0, (int)((to - from) / step) + 1).Select(i => Share(query, from + (i * step), window))];
            var known = values.Where(double.IsFinite).ToArray();
            var evidence = new Evidence("prometheus", query) { Range = new TimeRange(from, to) };
            return known.Length == 0 ? new ToolResult.NoData(query, [], evidence) : new ToolResult.Found(
                new
                {
                    step = stepText,
                    points = values.Length,
                    series = 1,
                    samples = known.Length,
                    order = "highest value first",
                    result = new[] { new { labels = new { }, first = known[0], last = known[^1], min = known.Min(), median = known.Order().ElementAt(known.Length / 2), max = known.Max(), sparkline = Sparkline.Render(values, 40), points = known.Length, missing = values.Length - known.Length } },
                },
                evidence);
        }

        private ToolResult Instant(string query, DateTimeOffset at)
        {
            var evidence = new Evidence("prometheus", query) { Range = new TimeRange(at, at) };
            if (query.StartsWith("group by", StringComparison.Ordinal))
            {
                return new ToolResult.Found(new { series = 1, result = new[] { new { labels = new { peer = "inventory" }, value = 1.0 } } }, evidence);
            }

            var window = Window(query);
            var value = query.StartsWith("clamp_min", StringComparison.Ordinal) ? Share(query, at, window) : 12 * window.TotalSeconds;
            return double.IsFinite(value) ? new ToolResult.Found(new { series = 1, result = new[] { new { labels = new { }, value } } }, evidence) : new ToolResult.NoData(query, [], evidence);
        }

        /// <summary>The mean over the window that ends there: not before there are two samples.</summary>
        private double Share(string query, DateTimeOffset at, TimeSpan window)
        {
            var begins = Now - age;
            if (at < begins + TimeSpan.FromSeconds(2) || age == TimeSpan.Zero)
            {
                return double.NaN;
            }

            var service = Names.First(name => query.Contains($"all-{name}[", StringComparison.Ordinal));
            var from = at - window > begins ? at - window : begins;
            var since = _worse.TryGetValue(service, out var worse) ? at - (Now - worse.Ago) : TimeSpan.Zero;
            return since <= TimeSpan.Zero ? 0 : worse.Ratio * Math.Min(1, since / (at - from));
        }

        private static TimeSpan Window(string query)
        {
            var begin = query.LastIndexOf('[') + 1;
            return Duration(query[begin..query.IndexOf(']', begin)]);
        }
    }
}
