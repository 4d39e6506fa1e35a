using System.Globalization;
using System.Text;
using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Charts;

/// <summary>
/// A plot as lines of text: dots on one common scale, highest and lowest value on the left, the window below, and under it a legend with
/// each line's own lowest, highest and last value. Lines are told apart by colour, and in the legend, where there is no colour, by their sparkline.
/// </summary>
internal static class BrailleChart
{
    public const int MostLines = 6;
    private const int LabelWidth = 8;
    private const int NameWidth = 36;
    private const int SparkWidth = 12;

    private static readonly Look[] Colours = [Look.Cyan, Look.Yellow, Look.Magenta, Look.Green, Look.Blue, Look.Red];

    /// <param name="plot">What to draw; at most <see cref="MostLines"/> lines of it are.</param>
    /// <param name="window">Written below when known.</param>
    /// <param name="width">Columns in all.</param>
    /// <param name="rows">Rows of dots.</param>
    public static IReadOnlyList<string> Render(Plot plot, TimeRange? window, int width, int rows, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var lines = plot.Lines.Take(MostLines).ToArray();
        var finite = lines.SelectMany(line => line.Values).Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
        {
            return [SafeText.Line($"{plot.Title}: no samples to draw", width)];
        }

        var columns = Math.Clamp(width - LabelWidth - 2, 10, 100);
        var (low, high) = (finite.Min(), finite.Max());
        var canvas = Draw(lines, low, high, columns, rows);
        var output = new List<string> { ink.Bold(SafeText.Line(plot.Title, width)) };
        for (var row = 0; row < rows; row++)
        {
            var label = row == 0 ? Figure.Of(high) : row == rows - 1 && low < high ? Figure.Of(low) : "";
            output.Add(ink.Dim(label.PadLeft(LabelWidth) + (label.Length > 0 ? " ┤" : " │")) + Painted(canvas.Row(row), ink));
        }

        output.Add(ink.Dim(new string(' ', LabelWidth + 1) + "└" + new string('─', columns)));
        if (window is not null)
        {
            output.Add(ink.Dim(new string(' ', LabelWidth + 2) + Axis(window, columns)));
        }

        output.AddRange(Legend(plot, lines, width, ink));
        return output;
    }

    /// <summary>One line for each series: where there is no room, or no wish, for a chart.</summary>
    public static IEnumerable<string> Legend(Plot plot, IReadOnlyList<PlotLine> lines, int width, Ink ink)
    {
        var names = lines.Select(line => SafeText.Line(line.Name.Length == 0 ? plot.Title : line.Name, Math.Min(NameWidth, Math.Max(10, width - 50)))).ToArray();
        var longest = names.Max(CellWidth.Of);
        for (var i = 0; i < lines.Count; i++)
        {
            var values = lines[i].Values.Where(double.IsFinite).ToArray();
            var figures = values.Length == 0 ? "no samples"
                : $"min {Figure.Of(values.Min())}  max {Figure.Of(values.Max())}  last {Figure.Of(values[^1])}";
            var spark = CellWidth.Pad(Sparkline.Render(lines[i].Values, SparkWidth), SparkWidth);
            yield return $"  {ink.On("━ " + CellWidth.Pad(names[i], longest), Colours[i % Colours.Length])}  {spark}  {figures}";
        }

        if (plot.Lines.Count > lines.Count)
        {
            yield return ink.Dim($"  and {plot.Lines.Count - lines.Count} more, not drawn");
        }
    }

    private static BrailleCanvas Draw(IReadOnlyList<PlotLine> lines, double low, double high, int columns, int rows)
    {
        var canvas = new BrailleCanvas(columns, rows);
        for (var index = 0; index < lines.Count; index++)
        {
            var values = Sparkline.Bucket(lines[index].Values, canvas.DotsWide);
            var (lastX, lastY) = (-1, 0);
            for (var i = 0; i < values.Length; i++)
            {
                if (!double.IsFinite(values[i]))
                {
                    lastX = -1; // a gap stays a gap
                    continue;
                }

                var x = values.Length == 1 ? 0 : (int)((long)i * (canvas.DotsWide - 1) / (values.Length - 1));
                var share = high > low ? (values[i] - low) / (high - low) : 0;
                var y = canvas.DotsHigh - 1 - (int)Math.Round(share * (canvas.DotsHigh - 1));
                canvas.Join(lastX < 0 ? x : lastX, lastX < 0 ? y : lastY, x, y, index);
                (lastX, lastY) = (x, y);
            }
        }

        return canvas;
    }

    private static string Painted(IEnumerable<(char Character, int Line)> cells, Ink ink)
    {
        var text = new StringBuilder();
        foreach (var (character, line) in cells)
        {
            text.Append(character == ' ' ? " " : ink.On(character.ToString(), Colours[line % Colours.Length]));
        }

        return text.ToString().TrimEnd();
    }

    private static string Axis(TimeRange window, int columns)
    {
        var format = window.Length > TimeSpan.FromDays(1) ? "MM-dd HH:mm" : window.Length < TimeSpan.FromMinutes(5) ? "HH:mm:ss" : "HH:mm";
        var from = window.From.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
        var to = window.To.UtcDateTime.ToString(format, CultureInfo.InvariantCulture) + " UTC";
        return from + new string(' ', Math.Max(2, columns - from.Length - to.Length)) + to;
    }
}
