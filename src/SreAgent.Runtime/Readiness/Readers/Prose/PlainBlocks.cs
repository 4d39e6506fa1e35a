namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Plain text and reStructuredText: paragraphs, lists, and headings that are underlined.</summary>
internal static class PlainBlocks
{
    private const string Underlines = "=-~^\"'#*+";

    public static IEnumerable<ProseBlock> Of(IReadOnlyList<string> lines)
    {
        var open = new LineBlocks();
        var levels = new List<char>();
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at].TrimEnd();
            var text = line.TrimStart();
            var indent = line.Length - text.Length;
            if (text.Length == 0)
            {
                foreach (var block in open.End())
                {
                    yield return block;
                }
            }
            else if (IsUnderline(lines, at + 1, text.Length) is { } mark && indent == 0 && !IsRule(text))
            {
                if (!levels.Contains(mark))
                {
                    levels.Add(mark);
                }

                foreach (var block in open.End(leaves: true))
                {
                    yield return block;
                }

                yield return new ProseBlock.Heading(levels.IndexOf(mark) + 1, text);
                at++;
            }
            else if (text.StartsWith("..", StringComparison.Ordinal) || IsRule(text))
            {
                // A directive or a comment, with what is indented beneath it; or a line that only parts.
                at = text[0] == '.' ? EndOfIndented(lines, at, indent) : at;
            }
            else
            {
                var marker = Marker(text);
                var blocks = marker > 0 ? open.Item((indent / 2) + 1) : open.IsEmpty && indent == 0 ? open.End(leaves: true) : [];
                foreach (var block in blocks)
                {
                    yield return block;
                }

                open.Add(text[marker..].TrimStart(), at + 1);
            }
        }

        foreach (var block in open.End())
        {
            yield return block;
        }
    }

    private static char? IsUnderline(IReadOnlyList<string> lines, int at, int length) =>
        at < lines.Count && lines[at].TrimEnd() is [var mark, _, _, ..] line && Underlines.Contains(mark) && line.AsSpan().TrimEnd(mark).IsEmpty && line.Length >= Math.Min(length, 4) ? mark : null;

    private static bool IsRule(string text) => text.Length >= 3 && Underlines.Contains(text[0]) && text.AsSpan().TrimEnd(text[0]).IsEmpty;

    private static int EndOfIndented(IReadOnlyList<string> lines, int at, int indent)
    {
        while (at + 1 < lines.Count && (lines[at + 1].Length == 0 || lines[at + 1].TakeWhile(c => c == ' ').Count() > indent))
        {
            at++;
        }

        return at;
    }

    private static int Marker(string text)
    {
        if (text.Length > 2 && text[0] is '*' or '-' or '•' && text[1] == ' ')
        {
            return 2;
        }

        var digits = 0;
        while (digits < text.Length && digits < 3 && char.IsDigit(text[digits]))
        {
            digits++;
        }

        return digits > 0 && digits + 1 < text.Length && text[digits] is '.' or ')' && text[digits + 1] == ' ' ? digits + 2 : 0;
    }
}
