using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>Bounds of a panel between nine tenths and all: where such a panel shows availability, its colour changes at what was promised.</summary>
internal static partial class PanelTargets
{
    /// <summary>A title that speaks of what users may rely on.</summary>
    public static bool Promises(string title) => Promise().IsMatch(title);

    /// <summary>The highest target among thresholds; the reader stands at their value, and is moved to its end.</summary>
    public static string? In(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return (reader.GetString() ?? "").Split(',').Select(text => Percent(text.Trim())).OfType<decimal>().Select(Shown).LastOrDefault();
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return null;
        }

        var (depth, named, found) = (reader.CurrentDepth, false, (string?)null);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                named = reader.ValueTextEquals("value");
            }
            else if (named && reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number) && Percent(number.ToString(CultureInfo.InvariantCulture)) is { } percent)
            {
                found = Shown(percent);
            }
        }

        return found;
    }

    private static decimal? Percent(string text) =>
        decimal.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number is >= 90m and < 100m ? number : number is > 0.9m and < 1m ? number * 100m : null
            : null;

    private static string Shown(decimal percent) => percent.ToString("0.#####", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(slos?|slis?|service[- ]level|error[- ]budget|availability|uptime)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Promise();
}
