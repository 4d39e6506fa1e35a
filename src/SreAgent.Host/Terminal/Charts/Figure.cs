using System.Globalization;

namespace SreAgent.Host.Terminal.Charts;

/// <summary>Numbers as an axis shows them: three significant digits, k, M, G above ten thousand, µ and n below a thousandth.</summary>
internal static class Figure
{
    private static readonly (double From, double Unit, string Suffix)[] Scales =
    [
        (1e12, 1e12, "T"), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"), (1e-3, 1, ""), (1e-6, 1e-6, "µ"), (0, 1e-9, "n"),
    ];

    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        if (value == 0)
        {
            return "0";
        }

        var size = Math.Abs(value);
        var (_, unit, suffix) = Scales.First(scale => size >= scale.From);
        var scaled = value / unit;
        var digits = Math.Abs(scaled) switch { >= 100 => 0, >= 10 => 1, >= 1 => 2, >= 0.1 => 3, >= 0.01 => 4, _ => 5 };
        return scaled.ToString("F" + digits, CultureInfo.InvariantCulture) is var text && text.Contains('.', StringComparison.Ordinal)
            ? text.TrimEnd('0').TrimEnd('.') + suffix
            : text + suffix;
    }
}
