using System.Buffers;
using System.Globalization;

namespace SreAgent.Core.Time;

/// <summary>
/// Reads the two ways people and models write a moment: relative (<c>now</c>, <c>now-1h</c>, <c>now-1h30m</c>) and RFC 3339
/// (<c>2026-11-20T10:00:00Z</c>). Durations use Prometheus' units: ms, s, m, h, d, w, y.
/// </summary>
public static class TimeExpression
{
    /// <summary>Says what is accepted; goes into error messages and tool schemas.</summary>
    public const string Accepted = "now, now-1h30m, or RFC 3339 such as 2026-11-20T10:00:00Z";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    public static bool TryParse(string? text, DateTimeOffset now, out DateTimeOffset moment)
    {
        moment = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var trimmed = text.Trim();
        if (!trimmed.StartsWith("now", StringComparison.OrdinalIgnoreCase))
        {
            return DateTimeOffset.TryParse(
                trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
        }

        var offset = trimmed[3..].Trim();
        if (offset.Length == 0)
        {
            moment = now;
            return true;
        }

        if (offset[0] is not ('-' or '+') || !TryParseDuration(offset[1..].Trim(), out var duration))
        {
            return false;
        }

        try
        {
            moment = offset[0] == '-' ? now - duration : now + duration;
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    public static bool TryParseDuration(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return false;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            if (SecondsPer(unit) is not { } perUnit)
            {
                return false;
            }

            seconds += amount * perUnit;
            rest = rest[unit.Length..];
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Writes a duration the way it would be typed: <c>1h30m</c>, <c>15s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms");
        }

        var parts = new List<string>(4);
        Add(duration.Days, "d");
        Add(duration.Hours, "h");
        Add(duration.Minutes, "m");
        Add(duration.Seconds, "s");
        return string.Concat(parts);

        void Add(int amount, string unit)
        {
            if (amount > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}"));
            }
        }
    }

    private static double? SecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => 0.001,
        "s" or "sec" or "secs" or "second" or "seconds" => 1,
        "m" or "min" or "mins" or "minute" or "minutes" => 60,
        "h" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => 86400,
        "w" or "week" or "weeks" => 7 * 86400,
        "y" or "year" or "years" => 365 * 86400,
        _ => null,
    };
}
