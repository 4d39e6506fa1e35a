using System.ComponentModel;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Prometheus;

/// <summary>What a conversation can ask of Prometheus. All of it looks and changes nothing.</summary>
internal sealed partial class PrometheusTools(IPrometheusApi api, PrometheusOptions options, TimeProvider clock) : IToolset
{
    private const string Source = "prometheus";

    private readonly EmptyResult _emptyResult = new(api);
    private readonly PrometheusLinks _links = new((options.Connection ?? throw new ArgumentException("Prometheus is disabled.", nameof(options))).PublicUrl);

    public string Name => Source;

    public string? Environment => options.Connection!.Environment; // Its absence was refused above.

    [SreTool("prometheus_query", ToolEffect.Read)]
    [Description("Evaluates PromQL at one moment. Shows the highest series and counts all. For behaviour over time use prometheus_query_range.")]
    public async Task<ToolResult> QueryAsync(
        [Description("PromQL")] string query,
        [Description("now (default), now-1h30m or RFC 3339")] string? time = null,
        [Description("Series shown")] int? top = null,
        CancellationToken cancellationToken = default)
    {
        var at = time is null ? clock.GetUtcNow() : AskedWindow.Moment(nameof(time), time, clock.GetUtcNow());
        var collected = new SeriesCollector(SeriesOrder.Highest, Top(top));
        var envelope = await api.QueryAsync(query, at, collected, cancellationToken);
        var evidence = new Evidence(Source, query)
        {
            Range = new TimeRange(at, at),
            Link = _links.Table(query, at),
            Notes = [.. time is null ? ["Time not given: now."] : Array.Empty<string>(), .. Remarks(collected, envelope)],
        };
        return collected.Total == 0 && envelope.Text is null
            ? new ToolResult.NoData($"{query} at {at:u}", await _emptyResult.LikelyCausesAsync(query, new TimeRange(at, at), cancellationToken), evidence)
            : new ToolResult.Found(PrometheusMapper.Instant(at, collected, envelope), evidence);
    }

    [SreTool("prometheus_query_range", ToolEffect.Read)]
    [Description("Evaluates PromQL over a window: per series first, last, min, median, max, gaps and a sparkline. For a single moment use prometheus_query.")]
    public async Task<ToolResult> QueryRangeAsync(
        [Description("PromQL; rate() a counter")] string query,
        [Description("now-1h (default) or RFC 3339")] string? from = null,
        [Description("now (default) or RFC 3339")] string? to = null,
        [Description("Such as 30s; chosen when left out")] string? step = null,
        [Description("Which series are shown first")] SeriesOrder order = SeriesOrder.Highest,
        [Description("Series shown")] int? top = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = Window(from, to);
        var distance = QueryStep.For(range, step, options.MaxPoints);
        var collected = new SeriesCollector(order, Top(top));
        var envelope = await api.QueryRangeAsync(query, range, distance.Length, collected, cancellationToken);
        var evidence = new Evidence(Source, query)
        {
            Range = range,
            Link = _links.Graph(query, range),
            Notes = [.. defaults, .. distance.Note is { } note ? [note] : Array.Empty<string>(), .. Remarks(collected, envelope)],
        };
        return collected.Total == 0
            ? new ToolResult.NoData($"{query} from {range.From:u} to {range.To:u}", await _emptyResult.LikelyCausesAsync(query, range, cancellationToken), evidence)
            : new ToolResult.Found(
                PrometheusMapper.Range(range, distance.Length, order, collected), evidence, PrometheusMapper.PlotOf(query, range, distance.Length, collected.Best()));
    }

    private int Top(int? asked) => Math.Clamp(asked ?? options.MaxSeries, 1, 100);

    private static IEnumerable<string> Remarks(SeriesCollector collected, QueryEnvelope envelope)
    {
        var shown = collected.Best().Count;
        if (shown < collected.Total)
        {
            yield return $"{PrometheusMapper.Of(shown, collected.Total)} series shown; more exist. Aggregate with sum by (...) or raise top to see others.";
        }

        if (collected.WithHistograms > 0)
        {
            yield return $"{collected.WithHistograms} series hold native histograms, of which only count and sum are shown; use histogram_quantile() or histogram_avg().";
        }

        foreach (var remark in envelope.Remarks)
        {
            yield return remark;
        }
    }

    /// <summary>The window asked for, and which part of it was assumed.</summary>
    private (TimeRange Range, IReadOnlyList<string> Notes) Window(string? from, string? to) => AskedWindow.LastHour.Read(from, to, clock.GetUtcNow());
}
