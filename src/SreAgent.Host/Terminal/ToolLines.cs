using System.Globalization;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal.Charts;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal;

/// <summary>A finished call as a few lines: what, how long, and the evidence needed to ask the same question by hand.</summary>
internal static class ToolLines
{
    private const int NarrowestChart = 50;
    private const int ChartRows = 6;
    private const int WidestChart = 90;
    private const int LongestExplanation = 600;

    public static IEnumerable<string> Of(ToolOutcome outcome, int width, Ink ink, bool charts)
    {
        var name = SafeText.Line(outcome.Call.Tool, 60);
        var took = ink.Dim(Durations.Of(outcome.Duration));
        switch (outcome.Result)
        {
            case ToolResult.Found found:
                yield return $"{ink.On("✓", Look.Green)} {ink.Bold(name)}  {took}";
                foreach (var line in EvidenceLines(found.Evidence, width, ink).Concat(PlotLines(found, width, ink, charts)))
                {
                    yield return line;
                }

                break;
            case ToolResult.NoData none:
                yield return $"{ink.On("○", Look.Yellow)} {ink.Bold(name)}  {took}  nothing found: {Cut(none.Searched)}";
                foreach (var line in none.LikelyCauses.Select(cause => ink.Dim("  perhaps: " + Cut(cause))).Concat(EvidenceLines(none.Evidence, width, ink)))
                {
                    yield return line;
                }

                break;
            case ToolResult.Failed failed:
                yield return $"{ink.On("✗", Look.Red)} {ink.Bold(name)}  {took}  {Cut(failed.Explanation)}";
                break;
            case ToolResult.Denied denied:
                yield return $"{ink.On("⊘", Look.Red)} {ink.Bold(name)}  refused by {SafeText.Line(denied.Rule, 60)}: {Cut(denied.Reason)}";
                break;
            case ToolResult.AwaitingApproval waiting:
                yield return $"{ink.On("⏸", Look.Yellow)} {ink.Bold(name)}  waits for an approval: {SafeText.Line(waiting.Id.Value, 40)}";
                break;
        }
    }

    /// <summary>One line for a call among many whose answer is found; anything else is told as always.</summary>
    public static IEnumerable<string> Brief(ToolOutcome outcome, int width, Ink ink) => outcome.Result is ToolResult.Found
        ? [$"{ink.On("✓", Look.Green)} {ink.Bold(SafeText.Line(outcome.Call.Tool, 60))}  {ink.Dim(Durations.Of(outcome.Duration))}"]
        : Of(outcome, width, ink, charts: false);

    public static string Window(TimeRange range)
    {
        var from = range.From.UtcDateTime;
        var to = range.To.UtcDateTime;
        var day = from.Date == to.Date ? "" : "yyyy-MM-dd ";
        return from.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " → " + to.ToString(day + "HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> EvidenceLines(Evidence evidence, int width, Ink ink)
    {
        // The query and the link are what a person copies; they are never shortened.
        yield return "  " + ink.On(SafeText.Line(evidence.Query), Look.Cyan);
        var where = SafeText.Line(evidence.Source) + (evidence.Range is { } range ? $" · {Window(range)}" : "");
        var link = evidence.Link is { } address ? SafeText.Line(address.AbsoluteUri) : "";
        if (link.Length == 0 || where.Length + link.Length + 5 <= width)
        {
            yield return ink.Dim($"  {where}{(link.Length > 0 ? " · " + link : "")}");
        }
        else
        {
            yield return ink.Dim($"  {where}");
            yield return ink.Dim($"  {link}");
        }

        foreach (var note in evidence.Notes)
        {
            yield return ink.Dim("  " + Cut(note));
        }
    }

    private static IEnumerable<string> PlotLines(ToolResult.Found found, int width, Ink ink, bool charts)
    {
        if (!charts || found.Plot is not { Lines.Count: > 0 } plot)
        {
            return [];
        }

        var room = Math.Min(width - 2, WidestChart);
        var lines = room < NarrowestChart
            ? BrailleChart.Legend(plot, [.. plot.Lines.Take(BrailleChart.MostLines)], room, ink)
            : BrailleChart.Render(plot, found.Evidence.Range, room, ChartRows, ink);
        return lines.Select(line => "  " + line);
    }

    private static string Cut(string text) => SafeText.Line(text, LongestExplanation);
}
