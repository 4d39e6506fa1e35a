using System.Globalization;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>The last words of a turn: why it ended, what could not be looked at, what it cost.</summary>
internal static class TurnFooter
{
    public static IEnumerable<string> Lines(TurnEvent.Finished finished, Ink ink)
    {
        var (word, look) = finished.End switch
        {
            TurnEnd.Answered or TurnEnd.AwaitingApproval => ("", Look.Plain),
            TurnEnd.Cancelled => ("Stopped. The conversation goes on from here.", Look.Yellow),
            TurnEnd.ModelFailed => ("No answer: ", Look.Red),
            _ => ("Stopped early: ", Look.Yellow),
        };
        if (word.Length > 0)
        {
            yield return ink.On(word, look) + (finished.End == TurnEnd.Cancelled ? "" : SafeText.Line(finished.Explanation));
        }

        if (finished.Gaps.Count > 0)
        {
            yield return ink.On("Not looked at:", Look.Yellow);
            foreach (var gap in finished.Gaps)
            {
                yield return "  · " + SafeText.Line(gap);
            }
        }

        yield return ink.Dim(Cost(finished.Usage));
    }

    private static string Cost(TurnUsage usage)
    {
        var tokens = usage.InputTokens + usage.OutputTokens == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" · {usage.InputTokens:N0} tokens in, {usage.OutputTokens:N0} out");
        var cost = usage.Cost is { } dollars ? string.Create(CultureInfo.InvariantCulture, $" · ${dollars:0.####}") : "";
        return $"{SafeText.Line(usage.Model, 60)} · {Durations.Of(usage.Duration)}{tokens}{cost}";
    }
}
