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

    public static PrometheusSetup For(Uri? alertmanager)
    {
        var configuration =
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            scrape_configs:
              - job_name: prometheus
                static_configs: [{ targets: ["{{PrometheusSetup.Itself}}"] }]
            """;
        if (alertmanager is not null)
        {
            configuration +=
                $$"""

                  - job_name: alertmanager
                    static_configs: [{ targets: ["{{alertmanager.Authority}}"] }]
                alerting:
                  alertmanagers: [{ static_configs: [{ targets: ["{{alertmanager.Authority}}"] }] }]
                """;
        }

        return new PrometheusSetup(configuration)
        {
            // Prometheus takes seconds to notice its Alertmanager and would otherwise repeat the alerts it missed only after a minute.
            Flags = ["--rules.alert.resend-delay=1s"],
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["rules.yml"] = Rules },
        };
    }
}
