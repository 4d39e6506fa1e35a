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

    private const int TickDigits = 7;

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

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
            return TryParseMoment(trimmed, out moment);
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

        // Not more than, because the largest span has no exact double and rounds to one that is larger still.
        if (seconds >= TimeSpan.MaxValue.TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Writes a duration the way it would be typed, to the millisecond: <c>1h30m</c>, <c>15s</c>, <c>0s</c>, <c>-5m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return duration == TimeSpan.MinValue ? Format(duration + TimeSpan.FromTicks(1)) : "-" + Format(-duration);
        }

        var parts = new List<string>(5);
        Add(duration.Days, "d");
        Add(duration.Hours, "h");
        Add(duration.Minutes, "m");
        Add(duration.Seconds, "s");
        Add(duration.Milliseconds, "ms");
        return parts.Count == 0 ? "0s" : string.Concat(parts);

        void Add(int amount, string unit)
        {
            if (amount > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}"));
            }
        }
    }

    /// <summary>
    /// RFC 3339, and what people leave out of it: seconds, the time of day, the zone (which then is UTC). Anything else, such as a bare
    /// time of day or a month before a day, could mean more than one moment and is refused.
    /// </summary>
    private static bool TryParseMoment(string text, out DateTimeOffset moment)
    {
        // Other systems write nanoseconds; ours end at the tick.
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            var digits = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length - point - 1;
            if (digits == 0)
            {
                moment = default;
                return false;
            }

            text = string.Concat(text.AsSpan(0, point + 1 + Math.Min(digits, TickDigits)), text.AsSpan(point + 1 + digits));
        }

        return DateTimeOffset.TryParseExact(
            text.Replace(' ', 'T').ToUpperInvariant(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
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
