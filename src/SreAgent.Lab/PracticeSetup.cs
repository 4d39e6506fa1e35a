using SreAgent.Lab.Servers;

namespace SreAgent.Lab;

/// <summary>What the practice world's Prometheus scrapes and evaluates.</summary>
internal static class PracticeSetup
{
    private const string Rules =
        """
        groups:
          - name: practice
            rules:
              - record: handler:prometheus_http_requests:rate1m
                expr: sum by (handler) (rate(prometheus_http_requests_total[1m]))
              - alert: Watchdog
                expr: vector(1)
                labels: { severity: none }
                annotations: { summary: "Always firing: proof that alerts travel." }
              - alert: TargetDown
                expr: up == 0
                for: 5s
                labels: { severity: page }
                annotations: { summary: "{{ $labels.instance }} of {{ $labels.job }} does not answer its scrape." }
              - alert: RuleEvaluationFailing
                expr: increase(prometheus_rule_evaluation_failures_total[5m]) > 0
                labels: { severity: ticket }
                annotations: { summary: "Rules fail to evaluate, so silence proves nothing." }
        """;

    /// <param name="targets">Where the others are found, which all start at the same time as Prometheus does.</param>
    public static PrometheusSetup For(TargetFiles targets)
    {
        // A machine's metrics name their service as its target does; honour theirs instead of keeping both.
        var configuration =
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml, fleet.yml]
            scrape_configs:
              - job_name: prometheus
                static_configs: [{ targets: ["{{PrometheusSetup.Itself}}"] }]
              - job_name: fleet
                honor_labels: true
                file_sd_configs: [{ files: ['{{targets.Fleet}}'] }]
              - job_name: edge
                file_sd_configs: [{ files: ['{{targets.Edge}}'] }]
              - job_name: alertmanager
                file_sd_configs: [{ files: ['{{targets.Alertmanager}}'] }]
            alerting:
              alertmanagers: [{ file_sd_configs: [{ files: ['{{targets.Alertmanager}}'] }] }]
            """;
        return new PrometheusSetup(configuration)
        {
            // Prometheus takes seconds to notice its Alertmanager and would otherwise repeat the alerts it missed only after a minute.
            Flags = ["--rules.alert.resend-delay=1s"],
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules.yml"] = Rules, ["fleet.yml"] = FleetRules.Text },
        };
    }
}
