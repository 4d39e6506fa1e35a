using System.Globalization;
using System.Text;
using SreAgent.Lab.Servers;

namespace SreAgent.Testing.Servers;

/// <summary>
/// A real Prometheus with a history known to the sample (two hours of <see cref="HistoryStart"/>), live targets of which one is down, and
/// rules of which one fires and one cannot be evaluated.
/// </summary>
public sealed class RealPrometheus : StartedOnce<PrometheusServer>
{
    private const string Configuration =
        $$"""
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: prometheus
            static_configs: [{ targets: ["{{PrometheusSetup.Itself}}"] }]
          - job_name: gone
            static_configs: [{ targets: ["127.0.0.1:9"] }]
        """;

    private const string Rules =
        """
        groups:
          - name: known
            rules:
              - alert: Watchdog
                expr: vector(1)
                labels: { severity: none }
                annotations: { summary: Always firing. }
              - alert: NeverLongEnough
                expr: vector(2)
                for: 1000h
              - record: job:up:count
                expr: count by (job) (up)
              - record: broken:join
                expr: label_replace(vector(1), "a", "1", "", "") * on () {__name__=~"prometheus_build_info|prometheus_ready"}
        """;

    /// <summary>The known history covers this moment and the two hours after it, a sample every 15 s.</summary>
    public static DateTimeOffset HistoryStart { get; } = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset HistoryEnd => HistoryStart.AddHours(2);

    protected override async Task<PrometheusServer> StartAsync(IProgress<string> progress) =>
        await PrometheusServer.StartAsync(
            new PrometheusSetup(Configuration)
            {
                Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules.yml"] = Rules },
                History = History(),
            },
            progress,
            TestContext.Current.CancellationToken);

    /// <summary>
    /// checkout climbs 0 to 480 in steps of 1; cart is 7, is missing from 10:30 to 11:00 and ends at 11:30; payment is NaN in its first minute.
    /// Requests count up by 15 per sample, so their rate is 1. fleet_load has 30 hosts, host n always at n.
    /// </summary>
    private static string History()
    {
        var text = new StringBuilder("# TYPE demo_depth gauge\n# HELP demo_depth Depth of a queue\n");
        Write("demo_depth{service=\"checkout\"}", (i, _) => i);
        Write("demo_depth{service=\"cart\"}", (_, minute) => minute is (< 30 or >= 60) and < 90 ? 7 : null);
        Write("demo_depth{service=\"payment\"}", (_, minute) => minute < 1 ? double.NaN : 3);
        text.Append("# TYPE demo_requests counter\n# HELP demo_requests Requests served\n");
        Write("demo_requests_total{service=\"checkout\"}", (i, _) => i * 15);
        text.Append("# TYPE fleet_load gauge\n");
        for (var host = 1; host <= 30; host++)
        {
            var load = host;
            Write($"fleet_load{{host=\"h{host:00}\",zone=\"{(host % 2 == 0 ? "a" : "b")}\"}}", (_, _) => load);
        }

        return text.Append("# EOF\n").ToString();

        void Write(string series, Func<int, double, double?> valueAt)
        {
            for (var i = 0; i <= 480; i++)
            {
                if (valueAt(i, i / 4.0) is { } value)
                {
                    var at = HistoryStart.ToUnixTimeSeconds() + (15 * i);
                    text.Append(CultureInfo.InvariantCulture, $"{series} {(double.IsNaN(value) ? "NaN" : value)} {at}\n");
                }
            }
        }
    }
}
