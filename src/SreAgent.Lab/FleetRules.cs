namespace SreAgent.Lab;

/// <summary>
/// Recording and alerting rules of the sample fleet. The burn alerts are those of the SRE Workbook for checkout's 99.5 % (factors 14.4 and 6,
/// a long and a short window each), with windows short enough for a practice of minutes.
/// </summary>
internal static class FleetRules
{
    public const string Text =
        """
        groups:
          - name: fleet
            rules:
              - record: service:http_requests:rate30s
                expr: sum by (service) (rate(http_requests_total[30s]))
              - record: service:http_errors:ratio_rate15s
                expr: sum by (service) (rate(http_requests_total{code=~"5.."}[15s])) / (sum by (service) (rate(http_requests_total[15s])) > 0)
              - record: service:http_errors:ratio_rate1m
                expr: sum by (service) (rate(http_requests_total{code=~"5.."}[1m])) / (sum by (service) (rate(http_requests_total[1m])) > 0)
              - record: service:http_errors:ratio_rate5m
                expr: sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / (sum by (service) (rate(http_requests_total[5m])) > 0)
              - record: service:http_request_duration_seconds:p95_30s
                expr: histogram_quantile(0.95, sum by (service, le) (rate(http_request_duration_seconds_bucket[30s])))
              - record: service:worker_pool:utilisation
                expr: sum by (service) (worker_pool_busy) / sum by (service) (worker_pool_size)
              - alert: CheckoutErrorBudgetBurnFast
                expr: service:http_errors:ratio_rate1m{service="checkout"} > 14.4 * 0.005 and service:http_errors:ratio_rate15s{service="checkout"} > 14.4 * 0.005
                labels: { severity: page, slo: availability }
                annotations: { summary: "checkout spends its error budget over 14 times too fast: {{ $value | humanizePercentage }} of the last minute's requests failed." }
              - alert: CheckoutErrorBudgetBurnSlow
                expr: service:http_errors:ratio_rate5m{service="checkout"} > 6 * 0.005 and service:http_errors:ratio_rate1m{service="checkout"} > 6 * 0.005
                labels: { severity: ticket, slo: availability }
                annotations: { summary: "checkout spends its error budget over 6 times too fast: {{ $value | humanizePercentage }} of the last five minutes' requests failed." }
              - alert: CheckoutSlow
                expr: service:http_request_duration_seconds:p95_30s{service="checkout"} > 0.75
                for: 10s
                labels: { severity: page, slo: latency }
                annotations: { summary: "One in twenty answers of checkout takes over {{ $value | humanizeDuration }}." }
              - alert: WorkersSaturated
                expr: avg_over_time(service:worker_pool:utilisation[20s]) > 0.9
                for: 10s
                labels: { severity: ticket }
                annotations: { summary: "{{ $value | humanizePercentage }} of the workers of {{ $labels.service }} are busy, so requests queue." }
        """;
}
