using SreAgent.Lab.Fleet.Metrics;

namespace SreAgent.Lab.Tests.Fleet;

public class MetricRegistryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_family_is_told_with_its_help_type_and_series()
    {
        var registry = new MetricRegistry();
        var requests = registry.Counter("app_requests_total", "Requests.", "code");
        var busy = registry.Gauge("app_busy", "Workers at work.");
        var seconds = registry.Histogram("app_duration_seconds", "Time taken.", [0.1, 1], "route");
        requests.Touch("200");
        requests.Add("500");
        requests.Add("500");
        busy.Move(3);
        busy.Move(-1.5);
        seconds.Observe(0.1, "/cart");
        seconds.Observe(0.25, "/cart");
        seconds.Observe(7, "/cart");

        Assert.Equal(
            """
            # HELP app_requests_total Requests.
            # TYPE app_requests_total counter
            app_requests_total{code="200"} 0
            app_requests_total{code="500"} 2
            # HELP app_busy Workers at work.
            # TYPE app_busy gauge
            app_busy 1.5
            # HELP app_duration_seconds Time taken.
            # TYPE app_duration_seconds histogram
            app_duration_seconds_bucket{route="/cart",le="0.1"} 1
            app_duration_seconds_bucket{route="/cart",le="1"} 2
            app_duration_seconds_bucket{route="/cart",le="+Inf"} 3
            app_duration_seconds_sum{route="/cart"} 7.35
            app_duration_seconds_count{route="/cart"} 3

            """,
            registry.Expose());
    }

    [Fact]
    public void Text_of_others_cannot_break_out_of_its_label()
    {
        var registry = new MetricRegistry();
        registry.Counter("app_seen_total", "A \\ and\na line.", "path").Add("a\"} 1\nfake_total{x=\"\\");

        Assert.Equal(
            "# HELP app_seen_total A \\\\ and\\na line.\n# TYPE app_seen_total counter\napp_seen_total{path=\"a\\\"} 1\\nfake_total{x=\\\"\\\\\"} 1\n",
            registry.Expose());
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once()
    {
        var registry = new MetricRegistry();
        var requests = registry.Counter("app_requests_total", "Requests.", "code");
        var seconds = registry.Histogram("app_duration_seconds", "Time taken.", [1]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            () =>
            {
                for (var i = 0; i < 5_000; i++)
                {
                    requests.Add(i % 2 == 0 ? "200" : "500");
                    seconds.Observe(2);
                    _ = worker == 0 && i % 100 == 0 ? registry.Expose() : "";
                }
            },
            Token)));

        var text = registry.Expose();
        Assert.Contains("app_requests_total{code=\"200\"} 20000\n", text, StringComparison.Ordinal);
        Assert.Contains("app_requests_total{code=\"500\"} 20000\n", text, StringComparison.Ordinal);
        Assert.Contains("app_duration_seconds_bucket{le=\"+Inf\"} 40000\napp_duration_seconds_sum 80000\napp_duration_seconds_count 40000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_name_means_one_metric()
    {
        var registry = new MetricRegistry();
        registry.Gauge("app_busy", "Workers at work.");

        Assert.Throws<InvalidOperationException>(() => registry.Counter("app_busy", "Again."));
    }
}
