using System.Globalization;
using System.Text;

namespace SreAgent.Host.Text;

/// <summary>
/// Makes text written by others harmless to a screen. A terminal obeys what is printed on it: escape sequences rewrite what was said
/// before, bidirectional overrides turn a name around, invisible characters hide words. Each is shown as what it is instead.
/// </summary>
public static class SafeText
{
    /// <summary>Keeps line feeds and turns tabs into spaces; everything else that steers a terminal becomes visible.</summary>
    public static string Lines(string text) => Neutralise(text, keepLineFeeds: true);

    /// <summary>For a place that holds one line: line feeds become visible, too, so that nobody writes a second line into a form.</summary>
    public static string Line(string text) => Neutralise(text, keepLineFeeds: false);

    /// <summary>One line of at most so many columns, an ellipsis where it was cut.</summary>
    public static string Line(string text, int columns)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Nothing beyond this can fit, and a megabyte of argument need not be walked to show its beginning.
        var start = text.Length > columns * 8 ? text[..(columns * 8)] + "…" : text;
        return CellWidth.Cut(Line(start), columns);
    }

    /// <summary>Whether a person sees exactly what is there.</summary>
    public static bool IsPlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(static c => c is >= ' ' and <= '~');
    }

    private static string Neutralise(string text, bool keepLineFeeds)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var rune in normal.EnumerateRunes())
        {
            if (rune.Value == '\n' && keepLineFeeds)
            {
                safe.Append('\n');
            }
            else if (rune.Value == '\n')
            {
                safe.Append('↵');
            }
            else if (rune.Value == '\t')
            {
                safe.Append("    ");
            }
            else if (rune.Value < 0x20)
            {
                // The control pictures: ␛ for ESC, ␇ for BEL.
                safe.Append((char)(0x2400 + rune.Value));
            }
            else if (rune.Value == 0x7f)
            {
                safe.Append('␡');
            }
            else if (Steers(rune))
            {
                safe.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            }
            else
            {
                safe.Append(rune.ToString());
            }
        }

        return safe.ToString();
    }

    /// <summary>
    /// Everything of the categories control, format, surrogate, private use, line and paragraph separator, and the fillers that show as
    /// nothing; except the joiners that scripts and emoji need.
    /// </summary>
    private static bool Steers(Rune rune) =>
        rune.Value is not (0x200c or 0x200d)
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is 0x115f or 0x1160 or 0x3164 or 0xffa0 or 0x2800 or (>= 0xe0000 and <= 0xe0fff));
}
