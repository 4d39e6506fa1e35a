using System.Globalization;
using System.Text.RegularExpressions;
using SreAgent.Core.Metrics;
using SreAgent.Core.Time;

namespace SreAgent.Integrations.Grafana;

/// <summary>A series, summed up for reading and laid out for drawing.</summary>
/// <param name="Grid">A value for every point of the window; NaN where there was no sample.</param>
internal sealed partial record SummedSeries(PanelSeries Shown, IReadOnlyList<double> Grid)
{
    private const int SparklineWidth = 40;

    /// <summary>Highest first.</summary>
    public double Rank => Shown.Max ?? double.NegativeInfinity;

    /// <param name="series">Its points may not be empty.</param>
    /// <param name="legend">The panel's pattern for names: <c>{{job}} errors</c>.</param>
    /// <param name="range">The window.</param>
    /// <param name="step">Absent for a single moment.</param>
    public static SummedSeries Of(MetricSeries series, string? legend, TimeRange range, TimeSpan? step)
    {
        var values = series.Points.Select(point => point.Value).ToArray();
        double[] finite = [.. values.Where(double.IsFinite).Order()];
        var grid = step is { } distance ? OnGrid(series, range, distance) : values;
        var shown = new PanelSeries(
            NameOf(series.Labels, legend),
            series.Labels,
            Short(values[^1]),
            finite.Length > 0 ? Short(finite[0]) : null,
            finite.Length > 0 ? Short((finite[(finite.Length - 1) / 2] / 2) + (finite[finite.Length / 2] / 2)) : null,
            finite.Length > 0 ? Short(finite[^1]) : null,
            values.Length,
            Math.Max(0, grid.Length - values.Length),
            step is null ? "" : Sparkline.Render(grid, SparklineWidth));
        return new SummedSeries(shown, grid);
    }

    private static double[] OnGrid(MetricSeries series, TimeRange range, TimeSpan step)
    {
        var grid = new double[(int)(range.Length / step) + 1];
        Array.Fill(grid, double.NaN);
        foreach (var point in series.Points)
        {
            var at = (int)Math.Round((point.At - range.From) / step);
            if (at >= 0 && at < grid.Length)
            {
                grid[at] = point.Value;
            }
        }

        return grid;
    }

    private static string NameOf(IReadOnlyDictionary<string, string> labels, string? legend) =>
        legend is { Length: > 0 } and not "__auto" ? Label().Replace(legend, match => labels.GetValueOrDefault(match.Groups["label"].Value, ""))
        : labels.Count == 0 ? "value"
        : string.Join(' ', labels.Select(label => label.Key == "__name__" ? label.Value : $"{label.Key}={label.Value}"));

    /// <summary>Seven digits say it.</summary>
    private static double Short(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    [GeneratedRegex(@"\{\{\s*(?<label>[^{}]+?)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Label();
}
