using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// Numbers for decisions of this host (is the budget spent, did users notice), so it is stricter than the tools: an answer that is partial,
/// or holds what has no number, is refused instead of being noted.
/// </summary>
internal sealed class PrometheusMetricSource(IPrometheusApi api, ConnectionOptions connection) : IMetricSource
{
    private readonly PrometheusLinks _links = new(connection.PublicUrl);

    public string Name => "prometheus";

    public Task<IReadOnlyList<MetricSeries>> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellationToken) =>
        CollectAsync(query, sink => api.QueryAsync(query, at, sink, cancellationToken));

    public Task<IReadOnlyList<MetricSeries>> QueryRangeAsync(string query, TimeRange range, TimeSpan step, CancellationToken cancellationToken) =>
        range.From > range.To
            ? throw new ToolException($"The window is empty: {range.From:u} is after {range.To:u}.")
            : CollectAsync(query, sink => api.QueryRangeAsync(query, range, Widened(range, step), sink, cancellationToken));

    public Uri? LinkTo(string query, TimeRange range) => _links.Graph(query, range);

    /// <summary>In whole milliseconds, which is what travels, and long enough for the server's limit of points.</summary>
    private static TimeSpan Widened(TimeRange range, TimeSpan step)
    {
        var least = range.Length.TotalMilliseconds / (PrometheusOptions.ServerPointLimit - 1);
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(Math.Max(least, step.TotalMilliseconds))));
    }

    private async Task<IReadOnlyList<MetricSeries>> CollectAsync(string query, Func<ISampleSink, Task<QueryEnvelope>> ask)
    {
        var collected = new MetricSeriesCollector();
        var envelope = await ask(collected);
        if (envelope.Error is { } error)
        {
            throw new ToolException($"Prometheus at {PlainAddress.Show(connection.BaseUrl)} answered {query} in part only: {error}. Nothing is concluded from it.") { Retryable = true };
        }

        if (envelope.Text is not null)
        {
            throw new ToolException($"{query} is a text, not numbers.");
        }

        return collected.OnlyHistograms == 0
            ? collected.Series
            : throw new ToolException(
                $"{query} gives {collected.OnlyHistograms} series of native histograms, which are not single numbers. Wrap it in histogram_quantile(), histogram_count() or histogram_fraction().");
    }
}
