namespace SreAgent.Runtime.Documents;

/// <summary>A Markdown text cut at its headings. Headings inside code fences are none.</summary>
internal sealed class MarkdownOutline
{
    private MarkdownOutline(IReadOnlyList<MarkdownSection> sections) => Sections = sections;

    /// <summary>In order; the first holds what stands before any heading and has level 0.</summary>
    public IReadOnlyList<MarkdownSection> Sections { get; }

    /// <param name="body">Line ends are <c>\n</c>.</param>
    /// <param name="firstLine">Line of the file on which the body starts.</param>
    /// <param name="isLabel">Whether a line in bold with this key (<c>**When to use:**</c>) counts as a heading.</param>
    public static MarkdownOutline Of(string body, int firstLine, Func<string, bool> isLabel)
    {
        var sections = new List<MarkdownSection>();
        var lines = new List<MarkdownLine>();
        var (level, title, start) = (0, "", firstLine);
        string? fence = null;
        var number = firstLine;
        foreach (var line in body.Split('\n'))
        {
            fence = Fence(line, fence, out var isFence);
            if (fence is null && !isFence && Heading(line, isLabel) is { } heading)
            {
                sections.Add(new MarkdownSection(level, title, start, lines));
                (level, title, start) = (heading.Level, heading.Title, number);
                lines = [];
            }
            else
            {
                lines.Add(new MarkdownLine(number, line, InCode: fence is not null || isFence));
            }

            number++;
        }

        sections.Add(new MarkdownSection(level, title, start, lines));
        return new MarkdownOutline(sections);
    }

    public IEnumerable<MarkdownSection> Where(Func<string, bool> key) => Sections.Where(section => section.Level > 0 && key(section.Key));

    private static string? Fence(string line, string? open, out bool isFence)
    {
        var text = line.TrimStart();
        var mark = text.StartsWith("```", StringComparison.Ordinal) ? "```" : text.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : null;
        isFence = mark is not null && (open is null || open == mark);
        return isFence ? (open is null ? mark : null) : open;
    }

    private static (int Level, string Title)? Heading(string line, Func<string, bool> isLabel)
    {
        var level = line.TakeWhile(c => c == '#').Count();
        if (level is > 0 and <= 6 && level < line.Length && char.IsWhiteSpace(line[level]))
        {
            return (level, MarkdownText.Unmarked(line[level..].Trim().TrimEnd('#')));
        }

        var text = line.Trim();
        if (text.Length is > 4 and < 80 && text.StartsWith("**", StringComparison.Ordinal) && text.TrimEnd(':').EndsWith("**", StringComparison.Ordinal))
        {
            var label = MarkdownText.Unmarked(text).TrimEnd(':').Trim();
            return isLabel(MarkdownText.Key(label)) ? (7, label) : null;
        }

        return null;
    }
}

internal readonly record struct MarkdownLine(int Number, string Text, bool InCode);

/// <param name="Level">1 to 6; 7 for a label in bold; 0 for what stands before the first heading.</param>
/// <param name="Lines">Up to the next heading of any level.</param>
internal sealed record MarkdownSection(int Level, string Title, int Line, IReadOnlyList<MarkdownLine> Lines)
{
    public string Key { get; } = MarkdownText.Key(Title);

    /// <summary>The list's elements, each on one line with what is nested below it; the paragraphs when there is no list.</summary>
    public IReadOnlyList<MarkdownItem> Items()
    {
        var items = new List<MarkdownItem>();
        var indent = int.MaxValue;
        foreach (var line in Lines.Where(line => !line.InCode && !string.IsNullOrWhiteSpace(line.Text)))
        {
            var own = line.Text.Length - line.Text.TrimStart().Length;
            if (Bullet(line.Text.TrimStart()) is { } text && own <= indent)
            {
                indent = own;
                items.Add(new MarkdownItem(line.Number, text));
            }
            else if (items.Count > 0 && own > indent)
            {
                items[^1] = items[^1].With(Bullet(line.Text.TrimStart()) ?? line.Text.Trim());
            }
        }

        return items.Count > 0 ? items : Paragraphs();
    }

    public IReadOnlyList<MarkdownItem> Paragraphs()
    {
        var paragraphs = new List<MarkdownItem>();
        var open = false;
        foreach (var line in Lines)
        {
            var text = line.Text.Trim().TrimStart('>').Trim();
            if (line.InCode || text.Length == 0 || text.Trim('-', '*', '_').Length == 0)
            {
                open = false;
                continue;
            }

            if (open)
            {
                paragraphs[^1] = paragraphs[^1].With(text);
            }
            else
            {
                paragraphs.Add(new MarkdownItem(line.Number, text));
                open = true;
            }
        }

        return paragraphs;
    }

    private static string? Bullet(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var mark = digits is > 0 and < 4 && digits < text.Length && text[digits] is '.' or ')' ? digits + 1
            : text.Length > 1 && text[0] is '-' or '*' or '+' or '•' ? 1 : 0;
        if (mark == 0 || mark >= text.Length || !char.IsWhiteSpace(text[mark]))
        {
            return null;
        }

        var item = text[mark..].Trim();
        return item.StartsWith("[ ]", StringComparison.Ordinal) || item.StartsWith("[x]", StringComparison.OrdinalIgnoreCase) ? item[3..].Trim() : item;
    }
}

/// <param name="Text">On one line, marks of emphasis kept.</param>
internal readonly record struct MarkdownItem(int Line, string Text)
{
    // Enough for any list element worth extracting; the whole text stays in the body.
    private const int Longest = 4_000;

    public MarkdownItem With(string more) => Text.Length < Longest ? this with { Text = $"{Text} {more}" } : this;

    /// <summary><c>**Label:** rest</c>, <c>**Label**: rest</c>, <c>`label`: rest</c> or <c>Label: rest</c>, marks taken off; no label when there is no colon.</summary>
    public (string? Label, string Text) Labelled()
    {
        var plain = MarkdownText.Unmarked(Text);
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and < 60 ? (plain[..colon].Trim(), plain[(colon + 1)..].Trim()) : (null, plain);
    }
}
