using SreAgent.Core.Tools;
using SreAgent.Integrations.Prometheus;
using SreAgent.Testing.Servers;

namespace SreAgent.Integrations.Tests.Prometheus;

/// <summary>Everything that lists, against a real server. The server is old enough to ignore every limit.</summary>
public class ListToolsTests(RealPrometheus prometheus)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_are_listed_up_to_the_limit_and_the_rest_is_counted()
    {
        using var wired = await AtHistoryAsync();

        var found = Assert.IsType<ToolResult.Found>(await wired.Prometheus.ListSeriesAsync("fleet_load", limit: 5, cancellationToken: Token));

        var listed = Assert.IsType<Listed<Dictionary<string, string>>>(found.Data);
        Assert.Equal(5, listed.Items.Count);
        Assert.True(listed.MoreExist);
        Assert.Contains(found.Evidence.Notes, note => note.StartsWith("5 of 30 series shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_series_is_an_answer_with_likely_causes()
    {
        using var wired = await AtHistoryAsync();

        var nothing = Assert.IsType<ToolResult.NoData>(await wired.Prometheus.ListSeriesAsync("fleet_load{zone=\"c\"}", cancellationToken: Token));

        Assert.Contains("fleet_load has no zone=\"c\"; it takes", Assert.Single(nothing.LikelyCauses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_names_and_values_can_be_narrowed_to_a_selector()
    {
        using var wired = await AtHistoryAsync();

        var names = Assert.IsType<ToolResult.Found>(await wired.Prometheus.ListLabelsAsync(selector: "fleet_load", cancellationToken: Token));
        var zones = Assert.IsType<ToolResult.Found>(await wired.Prometheus.ListLabelsAsync("zone", cancellationToken: Token));

        Assert.Equal(["__name__", "host", "zone"], Assert.IsType<Listed<string>>(names.Data).Items);
        Assert.Equal(["a", "b"], Assert.IsType<Listed<string>>(zones.Data).Items);
    }

    [Fact]
    public async Task An_unknown_label_is_an_answer()
    {
        using var wired = await AtHistoryAsync();

        var nothing = Assert.IsType<ToolResult.NoData>(await wired.Prometheus.ListLabelsAsync("nosuch", cancellationToken: Token));

        Assert.StartsWith("No series in this window has a label nosuch", Assert.Single(nothing.LikelyCauses), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_found_by_words_of_name_and_help_with_their_type()
    {
        using var wired = await LiveAsync();

        var found = Assert.IsType<ToolResult.Found>(await wired.Prometheus.SearchMetricsAsync("http requests total", cancellationToken: Token));
        var histogram = Assert.IsType<ToolResult.Found>(await wired.Prometheus.SearchMetricsAsync("latencies HTTP requests", cancellationToken: Token));

        var counter = Assert.IsType<Listed<FoundMetric>>(found.Data).Items.Single(metric => metric.Name == "prometheus_http_requests_total");
        Assert.Equal(("counter", "Counter of HTTP requests."), (counter.Type, counter.Help));
        Assert.Contains(Assert.IsType<Listed<FoundMetric>>(histogram.Data).Items, metric => metric is { Name: "prometheus_http_request_duration_seconds", Type: "histogram" });
    }

    [Fact]
    public async Task Searching_for_what_nothing_is_called_is_an_answer()
    {
        using var wired = await LiveAsync();

        Assert.IsType<ToolResult.NoData>(await wired.Prometheus.SearchMetricsAsync("unobtainium", cancellationToken: Token));
    }

    [Fact]
    public async Task Alerts_are_listed_by_state_and_text()
    {
        using var wired = await LiveAsync();

        var firing = Assert.IsType<AlertsResult>(Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.ListAlertsAsync(AlertState.Firing, cancellationToken: Token)).Data);
        var pending = Assert.IsType<AlertsResult>(Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.ListAlertsAsync(contains: "neverlong", cancellationToken: Token)).Data);

        Assert.Equal(("Watchdog", "none", "Always firing."), (firing.Alerts[0].Name, firing.Alerts[0].Labels["severity"], firing.Alerts[0].Annotations["summary"]));
        Assert.Equal(("NeverLongEnough", "pending", "2"), (pending.Alerts[0].Name, pending.Alerts[0].State, pending.Alerts[0].Value));
        Assert.Equal((1, 1), (firing.Firing, firing.Pending));
    }

    [Fact]
    public async Task No_alert_of_that_text_is_an_answer()
    {
        using var wired = await LiveAsync();

        var nothing = Assert.IsType<ToolResult.NoData>(await wired.Prometheus.ListAlertsAsync(contains: "nosuch", cancellationToken: Token));

        Assert.Equal("2 pending or firing alerts", nothing.Searched);
    }

    [Fact]
    public async Task Rules_show_what_cannot_be_evaluated_first()
    {
        using var wired = await LiveAsync();

        var rules = Assert.IsType<RulesResult>(Assert.IsType<ToolResult.Found>(await wired.Prometheus.ListRulesAsync(cancellationToken: Token)).Data);

        Assert.Equal((4, 1), (rules.Total, rules.Unhealthy));
        Assert.Equal(("broken:join", "err", "recording"), (rules.Rules[0].Name, rules.Rules[0].Health, rules.Rules[0].Kind));
        Assert.NotNull(rules.Rules[0].LastError);
        Assert.Equal("41d16h", rules.Rules.Single(rule => rule.Name == "NeverLongEnough").For);
    }

    [Fact]
    public async Task Rules_are_filtered_by_kind_and_text()
    {
        using var wired = await LiveAsync();

        var rules = Assert.IsType<RulesResult>(Assert.IsType<ToolResult.Found>(
            await wired.Prometheus.ListRulesAsync(RuleKind.Recording, "count by (job)", cancellationToken: Token)).Data);

        Assert.Equal("job:up:count", Assert.Single(rules.Rules).Name);
    }

    [Fact]
    public async Task Targets_show_what_is_down_first_with_the_reason()
    {
        using var wired = await LiveAsync();

        var targets = Assert.IsType<TargetsResult>(Assert.IsType<ToolResult.Found>(await wired.Prometheus.ListTargetsAsync(cancellationToken: Token)).Data);

        Assert.Equal([new JobHealth("gone", 0, 1), new JobHealth("prometheus", 1, 0)], targets.Jobs);
        Assert.Equal(("http://127.0.0.1:9/metrics", "down"), (targets.Targets[0].Address, targets.Targets[0].Health));
        Assert.Contains("connection refused", targets.Targets[0].LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_names_version_and_address()
    {
        using var wired = await LiveAsync();

        var probe = await wired.Integration("Prometheus").ProbeAsync(Token);

        Assert.True(probe.Ok);
        Assert.Matches(@"^Prometheus \d+\.\d+\.\d+\S* at http://127\.0\.0\.1:\d+\.$", probe.Detail);
    }

    private async Task<Wired> AtHistoryAsync() => Wired.Prom((await prometheus.ServerAsync()).Address, new FixedClock(RealPrometheus.HistoryEnd));

    /// <summary>Over live data, which is there once everything has been scraped and evaluated.</summary>
    private async Task<Wired> LiveAsync()
    {
        var wired = Wired.Prom((await prometheus.ServerAsync()).Address);
        while (await wired.Prometheus.ListAlertsAsync(AlertState.Pending, cancellationToken: Token) is ToolResult.NoData
            || await wired.Prometheus.ListTargetsAsync("gone", down: true, cancellationToken: Token) is not ToolResult.Found { Data: TargetsResult { Targets: [{ Health: "down" }] } }
            || await wired.Prometheus.SearchMetricsAsync("prometheus_http_requests", cancellationToken: Token) is ToolResult.NoData
            || await wired.Prometheus.ListRulesAsync(unhealthy: true, cancellationToken: Token) is ToolResult.NoData
            || await wired.Prometheus.QueryAsync("up{job=\"prometheus\"} == 1", cancellationToken: Token) is ToolResult.NoData)
        {
            await Task.Delay(50, Token);
        }

        return wired;
    }
}
