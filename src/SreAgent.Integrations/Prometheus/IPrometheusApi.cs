using SreAgent.Core.Time;

namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// The parts of Prometheus' HTTP API this host uses, a method per endpoint. Works from 2.42 on, so no limit is left to the server:
/// older ones ignore it without a word. Every method throws <see cref="Core.Tools.ToolException"/> when it is refused.
/// </summary>
internal interface IPrometheusApi
{
    /// <summary>POST /api/v1/query. The samples go to <paramref name="sink"/> as they arrive.</summary>
    Task<QueryEnvelope> QueryAsync(string query, DateTimeOffset time, ISampleSink sink, CancellationToken cancellationToken);

    /// <summary>POST /api/v1/query_range. The samples go to <paramref name="sink"/> as they arrive.</summary>
    Task<QueryEnvelope> QueryRangeAsync(string query, TimeRange range, TimeSpan step, ISampleSink sink, CancellationToken cancellationToken);

    /// <summary>POST /api/v1/series. <paramref name="limit"/> saves work on servers that know it.</summary>
    Task<PrometheusAnswer<List<Dictionary<string, string>>>> SeriesAsync(string selector, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>POST /api/v1/labels. No selector means all series.</summary>
    Task<PrometheusAnswer<List<string>>> LabelsAsync(string? selector, TimeRange? range, CancellationToken cancellationToken);

    /// <summary>GET /api/v1/label/{label}/values. No range means all that is stored.</summary>
    Task<PrometheusAnswer<List<string>>> LabelValuesAsync(string label, string? selector, TimeRange? range, CancellationToken cancellationToken);

    /// <summary>GET /api/v1/metadata: by metric, what each of its targets says about it.</summary>
    Task<PrometheusAnswer<Dictionary<string, List<MetricMetadata>>>> MetadataAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/v1/alerts: pending and firing ones.</summary>
    Task<PrometheusAnswer<AlertList>> AlertsAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/v1/rules.</summary>
    Task<PrometheusAnswer<RuleGroupList>> RulesAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/v1/targets?state=active.</summary>
    Task<PrometheusAnswer<TargetList>> TargetsAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/v1/status/buildinfo.</summary>
    Task<PrometheusAnswer<BuildInfo>> BuildInfoAsync(CancellationToken cancellationToken);
}
