using Markdig.Syntax;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>The words between the tags of HTML inside Markdown, line by line. Comments, scripts and styles do not get here.</summary>
internal static class HtmlText
{
    public static IEnumerable<ProseBlock.Paragraph> Of(HtmlBlock html, int depth)
    {
        for (var i = 0; i < html.Lines.Count; i++)
        {
            var line = html.Lines.Lines[i];
            var text = Untagged(line.Slice.AsSpan());
            if (text.Length > 0)
            {
                var words = new VisibleText();
                words.Add(text, line.Line + 1);
                yield return new ProseBlock.Paragraph(depth, words, 0, null, Slanted: false);
            }
        }
    }

    private static string Untagged(ReadOnlySpan<char> line)
    {
        var text = new System.Text.StringBuilder(line.Length);
        var inside = false;
        foreach (var c in line)
        {
            inside |= c == '<';
            if (!inside)
            {
                text.Append(c);
            }
            else if (c == '>')
            {
                inside = false;
                text.Append(' ');
            }
        }

        return text.ToString().Trim();
    }
}
