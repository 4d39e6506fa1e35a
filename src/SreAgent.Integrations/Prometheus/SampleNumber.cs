using System.Buffers.Text;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Reads the two numbers of a sample from UTF-8 without making strings; they are most of the bytes of a range result.</summary>
internal static class SampleNumber
{
    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Seconds since 1970 with up to three decimals, as milliseconds.</summary>
    public static bool TryMilliseconds(ReadOnlySpan<byte> text, out long milliseconds)
    {
        if (Utf8Parser.TryParse(text, out long seconds, out var used) && used == text.Length)
        {
            milliseconds = seconds * 1000;
            return true;
        }

        var read = TryValue(text, out var value) && Math.Abs(value) < 1e15;
        milliseconds = read ? (long)Math.Round(value * 1000) : 0;
        return read;
    }

    /// <summary>A Go float: decimal, exponent, NaN, +Inf, -Inf.</summary>
    public static bool TryValue(ReadOnlySpan<byte> text, out double value) =>
        TryShortDecimal(text, out value)
        || TrySpecial(text, out value)
        || (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length);

    /// <summary>
    /// At most 15 significant digits and at most 22 decimals: mantissa and power of ten are then exact as doubles, so that one division
    /// rounds once and gives the very value a full parser gives, several times faster.
    /// </summary>
    private static bool TryShortDecimal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (text.Length == i || text.Length - i > 16)
        {
            return false;
        }

        long mantissa = 0;
        var point = -1;
        for (var at = i; at < text.Length; at++)
        {
            var digit = text[at] - (uint)'0';
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
        if (mantissa > 999_999_999_999_999)
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
