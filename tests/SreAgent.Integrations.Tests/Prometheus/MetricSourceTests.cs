using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;
using SreAgent.Testing.Servers;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Prometheus;

/// <summary>Numbers for decisions, against a real server whose history is known to the sample, and against answers no decision may rest on.</summary>
public class MetricSourceTests(RealPrometheus prometheus)
{
    private static readonly TimeRange History = new(RealPrometheus.HistoryStart, RealPrometheus.HistoryEnd);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_range_comes_whole_and_in_order()
    {
        using var wired = await WiredAsync();

        var series = Assert.Single(await wired.Get<IMetricSource>().QueryRangeAsync("demo_depth{service=\"checkout\"}", History, TimeSpan.FromMinutes(1), Token));

        Assert.Equal(("checkout", 121), (series.Labels["service"], series.Points.Count));
        Assert.Equal(new MetricPoint(History.From.AddMinutes(1), 4), series.Points[1]);
        Assert.Equal(new MetricPoint(History.To, 480), series.Points[^1]);
    }

    [Fact]
    public async Task One_moment_is_a_point_a_series_and_a_scalar_is_a_series_without_labels()
    {
        using var wired = await WiredAsync();
        var source = wired.Get<IMetricSource>();

        var load = await source.QueryAsync("fleet_load", History.From.AddHours(1), Token);
        var scalar = Assert.Single(await source.QueryAsync("1 + 1", History.To, Token));

        Assert.Equal(30, load.Count);
        Assert.All(load, series => Assert.Equal(History.From.AddHours(1), Assert.Single(series.Points).At));
        Assert.Equal((0, 2), (scalar.Labels.Count, scalar.Points[0].Value));
    }

    [Fact]
    public async Task No_series_is_an_answer()
    {
        using var wired = await WiredAsync();

        Assert.Empty(await wired.Get<IMetricSource>().QueryAsync("nobody_ever_wrote_this", History.To, Token));
    }

    [Fact]
    public async Task NaN_and_infinity_stay_what_they_are()
    {
        using var wired = await WiredAsync();

        var series = Assert.Single(await wired.Get<IMetricSource>().QueryAsync("vector(0) / 0", History.To, Token));
        var infinite = Assert.Single(await wired.Get<IMetricSource>().QueryAsync("vector(1) / 0", History.To, Token));

        Assert.Equal(double.NaN, series.Points[0].Value);
        Assert.Equal(double.PositiveInfinity, infinite.Points[0].Value);
    }

    [Theory]
    [InlineData(30 * 24 * 3600, 1.0, 11_000)]
    [InlineData(11_000, 1.0, 11_000)]
    [InlineData(600, 0.0001, 11_000)]
    [InlineData(600, 0.0, 11_000)]
    [InlineData(600, 60.0, 11)]
    public async Task A_step_the_server_would_refuse_is_widened_and_no_other(int seconds, double step, int points)
    {
        using var wired = await WiredAsync();
        var range = new TimeRange(History.To.AddSeconds(-seconds), History.To);

        var series = Assert.Single(await wired.Get<IMetricSource>().QueryRangeAsync("vector(1)", range, TimeSpan.FromSeconds(step), Token));

        // The limit is on distances, of which there is one less than of points.
        Assert.InRange(series.Points.Count, points * 9 / 10, points + 1);
    }

    [Fact]
    public async Task A_window_without_length_is_one_point_and_a_reversed_one_is_refused()
    {
        using var wired = await WiredAsync();
        var source = wired.Get<IMetricSource>();

        Assert.Single(Assert.Single(await source.QueryRangeAsync("vector(1)", new TimeRange(History.To, History.To), TimeSpan.FromMinutes(1), Token)).Points);
        await Assert.ThrowsAsync<ToolException>(() => source.QueryRangeAsync("vector(1)", new TimeRange(History.To, History.From), TimeSpan.FromMinutes(1), Token));
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_a_fault_that_says_where()
    {
        using var wired = await WiredAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Get<IMetricSource>().QueryAsync("sum(", History.To, Token));

        Assert.Contains("cannot parse the PromQL", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1,"2"]}]},"errorType":"execution","error":"one store did not answer"}""", "in part only: one store did not answer")]
    [InlineData("""{"status":"success","data":{"resultType":"string","result":[1,"hello"]}}""", "is a text, not numbers")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"histogram":[1,{"count":"3","sum":"9","buckets":[]}]}]}}""", "1 series of native histograms")]
    public async Task An_answer_no_decision_may_rest_on_is_refused(string body, string sentence)
    {
        using var wired = Wired.Stubbed(new StubHandler().On(HttpMethod.Post, "/api/v1/query", Json(body)));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Get<IMetricSource>().QueryAsync("up", History.To, Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_link_is_the_graph_of_the_same_window()
    {
        using var wired = Wired.Prom("http://prometheus.test:9090", clock: null, ("ExternalUrl", "https://metrics.example/prom"));

        var link = wired.Get<IMetricSource>().LinkTo("up == 0", History);

        Assert.StartsWith("https://metrics.example/prom/graph?g0.expr=up%20%3D%3D%200&g0.tab=0&g0.range_input=7200s", link!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_there_only_where_Prometheus_is_configured()
    {
        using var without = Wired.With([]);
        using var with = Wired.Prom("http://prometheus.test:9090");

        Assert.Empty(without.Get<IEnumerable<IMetricSource>>());
        Assert.Equal("prometheus", with.Get<IMetricSource>().Name);
    }

    private async Task<Wired> WiredAsync() => Wired.Prom((await prometheus.ServerAsync()).Address);
}
