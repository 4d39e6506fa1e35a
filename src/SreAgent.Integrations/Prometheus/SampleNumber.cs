using System.Buffers.Text;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Reads the two numbers of a sample from UTF-8 without making strings; they are most of the bytes of a range result.</summary>
internal static class SampleNumber
{
    private const int MostDigits = 19;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Seconds since 1970 with up to three decimals, as milliseconds.</summary>
    public static bool TryMilliseconds(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (TryWholeSeconds(text, out var seconds))
        {
            milliseconds = seconds * 1000;
            return true;
        }

        var read = TryValue(text, out var value) && Math.Abs(value) < 1e15;
        milliseconds = read ? (long)Math.Round(value * 1000) : 0;
        return read;
    }

    private static bool TryWholeSeconds(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length is 0 or > 12)
        {
            return false;
        }

        foreach (var character in text)
        {
            var digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            seconds = (seconds * 10) + digit;
        }

        return true;
    }

    /// <summary>A Go float: decimal, exponent, NaN, +Inf, -Inf.</summary>
    public static bool TryValue(ReadOnlySpan<byte> text, out double value) =>
        TryShortDecimal(text, out value)
        || TrySpecial(text, out value)
        || (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length);

    /// <summary>
    /// Up to 19 digits and no exponent, several times faster than a full parser. Up to 15 digits the result is the very same: mantissa and
    /// power of ten are exact, so the division rounds once. Beyond, it may be off by one unit in the last place, a few parts in 10^16,
    /// where nothing shown has more than seven digits.
    /// </summary>
    private static bool TryShortDecimal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length - i is 0 or > MostDigits + 1)
        {
            return false;
        }

        ulong mantissa = 0;
        var point = -1;
        for (var at = i; at < text.Length; at++)
        {
            var digit = (uint)text[at] - '0';
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[at] == '.' && point < 0)
            {
                point = at;
            }
            else
            {
                return false;
            }
        }

        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var digits = text.Length - i - (point < 0 ? 0 : 1);
        if (digits is 0 or > MostDigits)
        {
            return false;
        }

        value = mantissa / PowersOfTen[decimals];
        if (i == 1)
        {
            value = -value;
        }

        return true;
    }

    private static bool TrySpecial(ReadOnlySpan<byte> text, out double value)
    {
        double? special = text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("+Inf"u8) || text.SequenceEqual("Inf"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Inf"u8) ? double.NegativeInfinity
            : null;
        value = special ?? 0;
        return special is not null;
    }
}
