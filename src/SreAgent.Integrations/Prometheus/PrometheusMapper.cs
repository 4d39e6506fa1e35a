using System.Globalization;
using SreAgent.Core.Metrics;
using SreAgent.Core.Time;

namespace SreAgent.Integrations.Prometheus;

/// <summary>From collected series to what is shown.</summary>
internal static class PrometheusMapper
{
    private const int SparklineWidth = 40;

    public static InstantResult Instant(DateTimeOffset at, SeriesCollector collected, QueryEnvelope envelope) =>
        new(at, Math.Max(collected.Total, envelope.Text is null ? 0 : 1), Describe(SeriesOrder.Highest), Values(collected, envelope))
        {
            DistinctLabelValues = Cardinality(collected),
        };

    public static RangeResult Range(TimeRange range, TimeSpan step, SeriesOrder order, SeriesCollector collected) =>
        new(TimeExpression.Format(step), PointsOf(range, step), collected.Total, collected.Samples, Describe(order),
            [.. collected.Best().Select(series => Summary(series, range, step))])
        {
            DistinctLabelValues = Cardinality(collected),
        };

    public static Plot PlotOf(string title, TimeRange range, TimeSpan step, IReadOnlyList<CollectedSeries> series)
    {
        var telling = series.SelectMany(one => one.Labels.Keys).Distinct(StringComparer.Ordinal)
            .Where(label => series.Select(one => one.Labels.GetValueOrDefault(label)).Distinct(StringComparer.Ordinal).Skip(1).Any())
            .ToArray();
        return new Plot(title, [.. series.Select(one => new PlotLine(NameOf(one, telling), OnGrid(one, range, step)))]);
    }

    private static IReadOnlyList<InstantValue> Values(SeriesCollector collected, QueryEnvelope envelope) =>
        envelope.Text is { } text
            ? [new InstantValue(new Dictionary<string, string>(StringComparer.Ordinal)) { Text = text }]
            :
            [
                .. collected.Best().Select(series => new InstantValue(series.Labels)
                {
                    Value = series.Points > 0 ? new Reading(series.Values[^1]) : null,
                    Histogram = Histogram(series),
                }),
            ];

    private static SeriesSummary Summary(CollectedSeries series, TimeRange range, TimeSpan step)
    {
        var points = PointsOf(range, step);
        var first = Moment(series.FirstAt);
        var last = Moment(series.LastAt);
        return new SeriesSummary(series.Labels)
        {
            First = series.Points > 0 ? new Reading(series.Values[0]) : null,
            Last = series.Points > 0 ? new Reading(series.Values[^1]) : null,
            Min = series.HasFinite ? new Reading(series.Min) : null,
            Median = series.Median() is { } median ? new Reading(median) : null,
            Max = series.HasFinite ? new Reading(series.Max) : null,
            Sparkline = Sparkline.Render(OnGrid(series, range, step), SparklineWidth),
            Points = series.Points + series.Histograms,
            Missing = Math.Max(0, points - series.Points - series.Histograms),
            NaNs = series.NaNs,
            Infinities = series.Infinities,
            FirstAt = first - range.From >= step ? first : null,
            LastAt = range.From + ((points - 1) * step) - last >= step ? last : null,
            Histogram = Histogram(series),
        };
    }

    private static double[] OnGrid(CollectedSeries series, TimeRange range, TimeSpan step)
    {
        var grid = new double[PointsOf(range, step)];
        Array.Fill(grid, double.NaN);
        var start = range.From.ToUnixTimeMilliseconds();
        for (var i = 0; i < series.Points; i++)
        {
            var at = (int)Math.Round((series.Times[i] - start) / step.TotalMilliseconds);
            if (at >= 0 && at < grid.Length)
            {
                grid[at] = series.Values[i];
            }
        }

        return grid;
    }

    private static int PointsOf(TimeRange range, TimeSpan step) => (int)(range.Length / step) + 1;

    private static HistogramSummary? Histogram(CollectedSeries series) =>
        series.Histograms > 0 ? new HistogramSummary(series.Histograms, new Reading(series.LastHistogram.Count), new Reading(series.LastHistogram.Sum)) : null;

    private static IReadOnlyDictionary<string, int>? Cardinality(SeriesCollector collected) =>
        collected.Total > collected.Best().Count ? collected.Cardinality : null;

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string NameOf(CollectedSeries series, string[] telling)
    {
        var labels = telling.Where(series.Labels.ContainsKey).Select(label => $"{label}={series.Labels[label]}").ToArray();
        return labels.Length > 0 ? string.Join(' ', labels) : series.Labels.GetValueOrDefault("__name__", "value");
    }

    private static string Describe(SeriesOrder order) => order switch
    {
        SeriesOrder.Lowest => "lowest value first",
        SeriesOrder.MostChanged => "widest change first",
        _ => "highest value first",
    };

    /// <summary>For notes: <c>10 of 8,000</c>.</summary>
    public static string Of(int shown, int total) => string.Create(CultureInfo.InvariantCulture, $"{shown:N0} of {total:N0}");
}
