using System.Globalization;
using System.Text;

namespace SreAgent.Core.Toml;

/// <summary>TOML's four kinds of string: basic and literal, of one line and of several.</summary>
internal static class TomlStrings
{
    private const string Basic = "\"\"\"";
    private const string Literal = "'''";

    /// <summary>The cursor stands on the opening quote.</summary>
    public static string Read(TomlCursor cursor) =>
        cursor.TryTake(Basic) ? ReadLines(cursor, '"')
        : cursor.TryTake(Literal) ? ReadLines(cursor, '\'')
        : ReadLine(cursor);

    /// <summary>A string of one line, as a key may be too.</summary>
    public static string ReadLine(TomlCursor cursor)
    {
        var quote = cursor.Take();
        var text = new StringBuilder();
        while (cursor.AtEnd || cursor.Next != quote)
        {
            if (cursor.AtEnd || cursor.Next is '\n' or '\r')
            {
                throw cursor.Fault("the string has no closing quote on its line");
            }

            TakeOne(cursor, quote, text);
        }

        cursor.Take();
        return text.ToString();
    }

    private static string ReadLines(TomlCursor cursor, char quote)
    {
        var opened = cursor.Line;
        cursor.TryNewline();
        var text = new StringBuilder();
        while (true)
        {
            if (cursor.AtEnd)
            {
                throw new TomlException(opened, "the string opened here has no closing quotes");
            }

            if (cursor.Next == quote && cursor.Peek(1) == quote && cursor.Peek(2) == quote)
            {
                // Up to two quotes may stand directly before the closing three.
                var run = cursor.TakeWhile(character => character == quote).Length;
                return run <= 5 ? text.Append(quote, run - 3).ToString() : throw cursor.Fault($"{run} quotes in a row end no string");
            }

            if (cursor.TryNewline())
            {
                text.Append('\n');
            }
            else if (quote == '"' && cursor.Next == '\\' && EndsLine(cursor))
            {
                SkipFold(cursor);
            }
            else
            {
                TakeOne(cursor, quote, text);
            }
        }
    }

    private static void TakeOne(TomlCursor cursor, char quote, StringBuilder text)
    {
        if (TomlCursor.IsControl(cursor.Next))
        {
            throw cursor.Fault($"a string cannot hold {cursor.Shown}; write it as an escape");
        }

        if (quote == '"' && cursor.Next == '\\')
        {
            cursor.Take();
            text.Append(Escape(cursor));
        }
        else
        {
            text.Append(cursor.Take());
        }
    }

    private static bool EndsLine(TomlCursor cursor)
    {
        var ahead = 1;
        while (cursor.Peek(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        return cursor.Peek(ahead) == '\n' || (cursor.Peek(ahead) == '\r' && cursor.Peek(ahead + 1) == '\n');
    }

    private static void SkipFold(TomlCursor cursor)
    {
        cursor.Take();
        do
        {
            cursor.SkipBlanks();
        }
        while (cursor.TryNewline());
    }

    private static string Escape(TomlCursor cursor)
    {
        if (cursor.AtEnd)
        {
            throw cursor.Fault("the file ends in the middle of an escape");
        }

        return cursor.Take() switch
        {
            'b' => "\b",
            't' => "\t",
            'n' => "\n",
            'f' => "\f",
            'r' => "\r",
            '"' => "\"",
            '\\' => "\\",
            'u' => Unicode(cursor, 4),
            'U' => Unicode(cursor, 8),
            var other => throw cursor.Fault($"'\\{other}' is no escape; a backslash itself is written \\\\ or put between single quotes"),
        };
    }

    private static string Unicode(TomlCursor cursor, int digits)
    {
        var text = new StringBuilder(digits);
        while (text.Length < digits && char.IsAsciiHexDigit(cursor.Next))
        {
            text.Append(cursor.Take());
        }

        return text.Length == digits && int.TryParse(text.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : throw cursor.Fault($"'{text}' is not {digits} hex digits of a Unicode character");
    }
}
