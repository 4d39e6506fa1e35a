using System.Globalization;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Toml;

/// <summary>TOML's unquoted values: true, numbers, dates and times.</summary>
internal static partial class TomlScalars
{
    public static TomlValue Read(TomlCursor cursor)
    {
        var line = cursor.Line;
        var word = cursor.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '_' or '.' or ':');

        // A date and its time may be parted by a single space.
        if (Date().IsMatch(word) && cursor.Next == ' ' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.Take();
            word += " " + cursor.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '.' or ':');
        }

        return Parse(word, line) ?? throw cursor.Fault(word.Length == 0 ? $"expected a value, found {cursor.Shown}" : $"'{word}' is not a value; text goes between quotes");
    }

    private static TomlValue? Parse(string word, int line)
    {
        switch (word)
        {
            case "true" or "false":
                return new TomlFlag(word == "true", line);
            case "inf" or "+inf":
                return new TomlReal(double.PositiveInfinity, line);
            case "-inf":
                return new TomlReal(double.NegativeInfinity, line);
            case "nan" or "+nan" or "-nan":
                return new TomlReal(double.NaN, line);
            default:
                return Whole(word, line) ?? Real(word, line) ?? Moment(word, line);
        }
    }

    private static TomlValue? Whole(string word, int line)
    {
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        if (Decimal().IsMatch(word))
        {
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? new TomlWhole(number, line)
                : throw new TomlException(line, $"{word} does not fit into 64 bits");
        }

        if (!Based().IsMatch(word))
        {
            return null;
        }

        try
        {
            return new TomlWhole(Convert.ToInt64(digits[2..], digits[1] switch { 'x' => 16, 'o' => 8, _ => 2 }), line) is { Value: >= 0 } whole
                ? whole
                : throw new TomlException(line, $"{word} does not fit into 64 bits");
        }
        catch (OverflowException e)
        {
            throw new TomlException($"line {line}: {word} does not fit into 64 bits", e);
        }
    }

    private static TomlValue? Real(string word, int line) =>
        Fraction().IsMatch(word)
            ? new TomlReal(double.Parse(word.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture), line)
            : null;

    private static TomlValue? Moment(string word, int line)
    {
        var match = DateTimes().Match(word.ToUpperInvariant());
        if (!match.Success)
        {
            return null;
        }

        var real = (!match.Groups["date"].Success || DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            && (!match.Groups["time"].Success || TimeOnly.TryParseExact(match.Groups["time"].Value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        return real ? new TomlMoment(word, line) : throw new TomlException(line, $"{word} is not a real date or time");
    }

    [GeneratedRegex(@"^[+-]?(0|[1-9](_?[0-9])*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^(0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Based();

    [GeneratedRegex(@"^[+-]?(0|[1-9](_?[0-9])*)((\.[0-9](_?[0-9])*)([eE][+-]?[0-9](_?[0-9])*)?|[eE][+-]?[0-9](_?[0-9])*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 250)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Date();

    [GeneratedRegex(@"^((?<date>\d{4}-\d\d-\d\d)([T ](?<time>\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?|(?<time>\d\d:\d\d:\d\d)(\.\d+)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 250)]
    private static partial Regex DateTimes();
}
