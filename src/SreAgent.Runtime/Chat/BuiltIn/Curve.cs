using System.Globalization;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// A curve read back from what prometheus_query_range shows of it: its sparkline between its lowest and highest value. Eight heights are
/// enough to see where it rose; figures are asked for separately.
/// </summary>
/// <param name="Answer">What it was read from.</param>
internal sealed record Curve(ToolAnswer Answer, string Query, DateTimeOffset From, DateTimeOffset To, TimeSpan Step, IReadOnlyList<double> Values)
{
    private const string Heights = "▁▂▃▄▅▆▇█";

    public int Known => Values.Count(double.IsFinite);

    public bool IsTelling => Known >= 4;

    /// <summary>The first moment there is a figure for, to the step.</summary>
    public DateTimeOffset DataFrom => From + (Values.TakeWhile(value => !double.IsFinite(value)).Count() * Step);

    /// <summary>Whether it has a beginning of its own, and not only that of the window.</summary>
    public bool DataBeginsInside => DataFrom > From && Known > 0;

    public double Median => Values.Where(double.IsFinite).Order().ElementAtOrDefault(Known / 2);

    /// <summary>The mean of the last few values.</summary>
    public double Latest => Values.Where(double.IsFinite).TakeLast(3).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Where it rose to more than a level; absent when it did not.</summary>
    public CurveOnset? RiseAbove(double level) =>
        IsTelling && Core.Metrics.Onset.Find(Values) is { } found && found.After > level ? new CurveOnset(this, From + (found.Index * Step)) : null;

    /// <summary>Null when the answer is no curve.</summary>
    public static Curve? Read(ToolAnswer answer)
    {
        var series = ToolAnswer.Items(ToolAnswer.Child(answer.Data, "result")).FirstOrDefault();
        if (ToolAnswer.Text(series, "sparkline") is not { Length: > 0 } sparkline
            || !TryMoment(ToolAnswer.Text(answer.Evidence, "from"), out var from) || !TryMoment(ToolAnswer.Text(answer.Evidence, "to"), out var to) || to <= from)
        {
            return null;
        }

        double low = ToolAnswer.Number(series, "min"), high = ToolAnswer.Number(series, "max");
        var step = TimeExpression.TryParseDuration(ToolAnswer.Text(answer.Data, "step"), out var asked) && ToolAnswer.Number(answer.Data, "points") <= sparkline.Length
            ? asked
            : (to - from) / sparkline.Length;
        return new Curve(
            answer, ToolAnswer.Text(answer.Evidence, "query") ?? "", from, to, step,
            [.. sparkline.Select(mark => Heights.IndexOf(mark, StringComparison.Ordinal) is var height and >= 0 ? low + ((high - low) * height / (Heights.Length - 1)) : double.NaN)]);
    }

    private static bool TryMoment(string? text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}

/// <param name="At">When the rise began, to the curve's step.</param>
internal sealed record CurveOnset(Curve Curve, DateTimeOffset At);
