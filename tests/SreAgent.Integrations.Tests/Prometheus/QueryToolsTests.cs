using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Prometheus;
using SreAgent.Testing.Servers;

namespace SreAgent.Integrations.Tests.Prometheus;

/// <summary>Queries against a real server whose history is known to the sample.</summary>
public class QueryToolsTests(RealPrometheus prometheus)
{
    private static readonly DateTimeOffset Now = RealPrometheus.HistoryEnd;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instant_query_gives_the_value_at_that_moment()
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("demo_depth{service=\"checkout\"}", "now-1h", cancellationToken: Token));

        var result = Assert.IsType<InstantResult>(found.Data);
        Assert.Equal(240, Assert.Single(result.Result).Value?.Value);
        Assert.Equal(Now.AddHours(-1), found.Evidence.Range?.To);
    }

    [Fact]
    public async Task Scalars_and_strings_are_values_too()
    {
        using var wired = await WiredAsync();

        var scalar = Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("1 + 1", cancellationToken: Token));
        var text = Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("\"hello\"", cancellationToken: Token));

        Assert.Equal(2, Assert.IsType<InstantResult>(scalar.Data).Result[0].Value?.Value);
        Assert.Equal("hello", Assert.IsType<InstantResult>(text.Data).Result[0].Text);
    }

    [Fact]
    public async Task A_range_is_summed_up_in_a_few_true_numbers()
    {
        using var wired = await WiredAsync();

        var found = await RangeAsync(wired, "demo_depth{service=\"checkout\"}", step: "1m");

        var series = Assert.Single(Assert.IsType<RangeResult>(found.Data).Result);
        Assert.Equal((0, 480, 0, 240, 480), (series.First?.Value, series.Last?.Value, series.Min?.Value, series.Median?.Value, series.Max?.Value));
        Assert.Equal((121, 0), (series.Points, series.Missing));
        Assert.Equal("▁", series.Sparkline[..1]);
        Assert.Equal("█", series.Sparkline[^1..]);
        Assert.Equal(121, Assert.Single(found.Plot!.Lines).Values.Count);
    }

    [Fact]
    public async Task Gaps_and_an_early_end_are_said()
    {
        using var wired = await WiredAsync();

        var found = await RangeAsync(wired, "demo_depth{service=\"cart\"}", step: "15s", more: ("MaxPoints", "1000"));

        // The server looks back five minutes, so a gap of half an hour shows as 25 minutes.
        var series = Assert.Single(Assert.IsType<RangeResult>(found.Data).Result);
        Assert.True(series.Missing > 150, $"{series.Missing} missing");
        Assert.Contains(' ', series.Sparkline);
        Assert.NotNull(series.LastAt);
        Assert.Null(series.FirstAt);
    }

    [Fact]
    public async Task NaN_is_counted_and_kept_out_of_the_numbers()
    {
        using var wired = await WiredAsync();

        var found = await RangeAsync(wired, "demo_depth{service=\"payment\"}", step: "1m");

        var series = Assert.Single(Assert.IsType<RangeResult>(found.Data).Result);
        Assert.Equal((1, 3, 3), (series.NaNs, series.Min?.Value, series.Max?.Value));
        Assert.Contains("\"first\":\"NaN\"", JsonSerializer.Serialize(found.Data, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infinity_travels_as_text()
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync("vector(1) / 0", cancellationToken: Token));

        Assert.Contains("\"value\":\"+Inf\"", JsonSerializer.Serialize(found.Data, JsonSerializerOptions.Web), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SeriesOrder.Highest), "h30")]
    [InlineData(nameof(SeriesOrder.Lowest), "h01")]
    public async Task The_first_series_of_the_order_are_shown_and_all_are_counted(string order, string first)
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.QueryRangeAsync("fleet_load", "now-1h", order: Enum.Parse<SeriesOrder>(order), top: 3, cancellationToken: Token));

        var result = Assert.IsType<RangeResult>(found.Data);
        Assert.Equal((30, 3), (result.Series, result.Result.Count));
        Assert.Equal(first, result.Result[0].Labels["host"]);
        Assert.Equal((30, 2), (result.DistinctLabelValues!["host"], result.DistinctLabelValues["zone"]));
        Assert.Contains(found.Evidence.Notes, note => note.StartsWith("3 of 30 series shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_most_changed_series_can_come_first()
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.QueryRangeAsync("demo_depth", "now-2h", order: SeriesOrder.MostChanged, top: 1, cancellationToken: Token));

        Assert.Equal("checkout", Assert.IsType<RangeResult>(found.Data).Result[0].Labels["service"]);
    }

    [Fact]
    public async Task A_step_too_small_for_the_window_is_raised_and_said()
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.QueryRangeAsync("fleet_load{host=\"h01\"}", "now-30d", step: "1s", cancellationToken: Token));

        Assert.Equal("3h", Assert.IsType<RangeResult>(found.Data).Step);
        Assert.Contains(found.Evidence.Notes, note => note.StartsWith("Step raised from 1s to 3h", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_window_and_what_was_assumed_about_it_are_stated_with_a_link()
    {
        using var wired = await WiredAsync();

        var found = Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryRangeAsync("demo_depth", cancellationToken: Token));

        Assert.Equal((Now.AddHours(-1), Now), (found.Evidence.Range!.From, found.Evidence.Range.To));
        Assert.Contains("Window not given: the last hour.", found.Evidence.Notes);
        Assert.Contains("/graph?g0.expr=demo_depth&g0.tab=0&g0.range_input=3600s", found.Evidence.Link!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo_dept", "There is no metric demo_dept. Similar ones: demo_depth")]
    [InlineData("rate(demo_request_total{service=\"checkout\"}[5m])", "Similar ones: demo_requests_total")]
    [InlineData("demo_depth{service=\"chekout\"}", "demo_depth has no service=\"chekout\"; it takes checkout, cart, payment.")]
    [InlineData("sum by (service) (demo_depth{job=\"x\"})", "demo_depth has no label job.")]
    [InlineData("demo_depth > 10000", "Every selector has series in this window")]
    public async Task An_empty_result_says_why(string query, string cause)
    {
        using var wired = await WiredAsync();

        var nothing = Assert.IsType<ToolResult.NoData>(await wired.Prometheus.QueryRangeAsync(query, "now-2h", cancellationToken: Token));

        Assert.Contains(nothing.LikelyCauses, likely => likely.Contains(cause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_window_before_the_data_is_named_as_the_cause()
    {
        using var wired = await WiredAsync();

        var nothing = Assert.IsType<ToolResult.NoData>(
            await wired.Prometheus.QueryRangeAsync("demo_depth", "2026-01-10T00:00:00Z", "2026-01-10T01:00:00Z", cancellationToken: Token));

        Assert.StartsWith("The metric demo_depth exists, but has no samples from 2026-01-09 23:55:00Z", Assert.Single(nothing.LikelyCauses), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sum(rate(demo_requests_total[5m])", "cannot parse the PromQL, line 1, column")]
    [InlineData("demo_depth * on () fleet_load", "group_left/group_right")]
    [InlineData("nosuchfunction(demo_depth)", "unknown function")]
    public async Task A_bad_query_is_explained_with_what_to_change(string query, string sentence)
    {
        using var wired = await WiredAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync(query, cancellationToken: Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
    }

    [Theory]
    [InlineData("yesterday", "now", "'yesterday' is not a time for from")]
    [InlineData("now", "now-1h", "The window is empty")]
    public async Task A_window_nobody_can_mean_is_refused(string from, string to, string sentence)
    {
        using var wired = await WiredAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryRangeAsync("up", from, to, cancellationToken: Token));

        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_longer_than_an_address_may_be_is_fine()
    {
        using var wired = await WiredAsync();
        var query = string.Join(" or ", Enumerable.Range(0, 2000).Select(i => $"demo_depth{{service=\"s{i}\"}}")) + " or demo_depth";

        Assert.IsType<ToolResult.Found>(await wired.Prometheus.QueryAsync(query, cancellationToken: Token));
    }

    private async Task<Wired> WiredAsync(params (string Name, string Value)[] more) =>
        Wired.Prom((await prometheus.ServerAsync()).Address.ToString(), new FixedClock(Now), more);

    private async Task<ToolResult.Found> RangeAsync(Wired wired, string query, string step, params (string Name, string Value)[] more)
    {
        using var own = more.Length > 0 ? await WiredAsync(more) : null;
        return Assert.IsType<ToolResult.Found>(await (own ?? wired).Prometheus.QueryRangeAsync(query, "now-2h", step: step, cancellationToken: Token));
    }
}
