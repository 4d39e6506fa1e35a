using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Policy;

/// <summary>How an argument is compared.</summary>
public enum ArgumentTest
{
    /// <summary>Equal to any of the values, as text.</summary>
    Equals = 0,

    /// <summary>Equal to none of the values; also holds when the argument is absent.</summary>
    NotEquals,

    /// <summary>Matches any of the patterns.</summary>
    Matches,

    /// <summary>A number or a duration above the first value. Holds, too, when the argument cannot be read as one: unclear is not small.</summary>
    GreaterThan,

    /// <summary>The argument is given.</summary>
    Present,

    /// <summary>The argument is not given.</summary>
    Absent,
}

/// <summary>A condition on one argument of a call.</summary>
/// <param name="Argument">Name of the argument.</param>
/// <param name="Test">How to compare.</param>
/// <param name="Values">What to compare with; unused by <see cref="ArgumentTest.Present"/> and <see cref="ArgumentTest.Absent"/>.</param>
public sealed record ArgumentPredicate(string Argument, ArgumentTest Test, IReadOnlyList<string> Values)
{
    public bool Holds(ToolArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var given = arguments.TryGet(Argument, out var value);
        return Test switch
        {
            ArgumentTest.Present => given,
            ArgumentTest.Absent => !given,
            ArgumentTest.NotEquals => !given || !Texts(value).Any(text => Values.Contains(text, StringComparer.OrdinalIgnoreCase)),
            ArgumentTest.Equals => given && Texts(value).Any(text => Values.Contains(text, StringComparer.OrdinalIgnoreCase)),
            ArgumentTest.Matches => given && Texts(value).Any(text => Pattern.MatchesAny(Values, text)),
            ArgumentTest.GreaterThan => given && Texts(value).Any(text => Values is not [var limit, ..] || !(Magnitude(text) <= Magnitude(limit))),
            _ => true,
        };
    }

    /// <summary>A list satisfies a test when any of its items does.</summary>
    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [value.GetRawText()],
    };

    private static double Magnitude(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : Time.TimeExpression.TryParseDuration(text, out var duration) ? duration.TotalSeconds
        : double.NaN;
}
