namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>What at the beginning of a paragraph says what the rest is about: a question, bold words, "Metric name:".</summary>
internal static class ProseLabels
{
    private const int LongestLabel = 80;
    private const int MostWords = 10;

    /// <summary>It asks.</summary>
    public static bool Asks(string label) => label.Contains('?', StringComparison.Ordinal);

    /// <summary>The lines of a paragraph of which each is a field of its own ("Owner: Maps"); empty for running text.</summary>
    public static IReadOnlyList<ProseBlock.Paragraph> Lines(ProseBlock.Paragraph paragraph)
    {
        var lines = paragraph.Words.ByLine();
        if (lines.Count < 2 || !lines.All(line => Split(line.Text, 0).Label is [.., ':']))
        {
            return [];
        }

        return [.. lines.Select(line =>
        {
            var words = new VisibleText();
            words.Add(line.Text, line.Line);
            return paragraph with { Words = words, Lead = 0 };
        })];
    }

    /// <summary>A box written where the format does not know one; it is taken off the text.</summary>
    public static bool? Box(ref string text, ref int from)
    {
        var rest = text.AsSpan(from).TrimStart();
        bool? ticked = rest is ['[', ']', ' ', ..] or ['[', ' ', ']', ..] ? false : rest is ['[', 'x' or 'X', ']', ..] ? true : null;
        if (ticked is not null)
        {
            from = text.IndexOf(']', from) + 1;
            from = Skip(text, from);
        }

        return ticked;
    }

    /// <param name="text">The whole paragraph.</param>
    /// <param name="lead">How many characters at its beginning are bold.</param>
    /// <returns>The label, and where the rest begins; no label where the text begins with what it has to say.</returns>
    public static (string? Label, int From) Split(string text, int lead)
    {
        var asked = Question(text);
        if (asked > 0)
        {
            return (text[..asked], Skip(text, asked));
        }

        if (lead > 0 && lead <= LongestLabel * 3 && IsLabel(text, lead))
        {
            return (text[..lead].Trim(), Skip(text, lead));
        }

        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 && text.EndsWith(':'))
        {
            colon = text.Length - 1;
        }

        // What stands in brackets is an aside of its sentence: "the address (default: none)".
        if (colon > 0 && colon <= LongestLabel && text.AsSpan(0, colon).Count('(') == text.AsSpan(0, colon).Count(')') && Words(text.AsSpan(0, colon)) <= MostWords && text.AsSpan(0, colon).IndexOfAny(".;!") < 0)
        {
            return (text[..(colon + 1)], Skip(text, colon + 1));
        }

        return (null, 0);
    }

    /// <summary>Bold words are a label when they stand alone or a colon, a dash or a stop parts them from the rest.</summary>
    private static bool IsLabel(string text, int lead)
    {
        var end = Math.Min(lead, text.Length);
        return Skip(text, end) >= text.Length || text[end - 1] is ':' or '.' or '?' || text.AsSpan(end).TrimStart() is [':' or '-' or '–' or '—', ..];
    }

    /// <summary>Where the questions at the beginning end.</summary>
    private static int Question(string text)
    {
        var end = 0;
        foreach (var range in Sentences.Of(text))
        {
            if (!text.AsSpan()[range].TrimEnd("*_)").EndsWith("?"))
            {
                break;
            }

            end = range.End.Value;
        }

        return end;
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or ':' or '-' or '–' or '—' or '*')
        {
            at++;
        }

        return at;
    }

    private static int Words(ReadOnlySpan<char> text) => text.Trim().Count(' ') + 1;
}
