using System.Text;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>A stretch of text of one look. The text is safe to print.</summary>
internal readonly record struct Span(string Text, Look Look);

/// <summary>Text of several looks, laid out in columns.</summary>
internal static class StyledText
{
    public static int Width(IEnumerable<Span> spans) => spans.Sum(span => CellWidth.Of(span.Text));

    public static string Painted(IEnumerable<Span> spans, Ink ink) => string.Concat(spans.Select(span => ink.On(span.Text, span.Look)));

    /// <summary>Breaks at white space into lines of at most so many columns; a word that is longer is broken inside.</summary>
    public static List<List<Span>> Wrap(IEnumerable<Span> spans, int width)
    {
        var lines = new List<List<Span>> { new() };
        var column = 0;
        foreach (var word in Words(spans))
        {
            if (word.IsBreak)
            {
                lines.Add([]);
                column = 0;
                continue;
            }

            var cells = Width(word.Spans);
            if (column > 0 && column + 1 + cells > width)
            {
                lines.Add([]);
                column = 0;
            }

            if (column > 0)
            {
                lines[^1].Add(new Span(" ", word.SpaceLook));
                column++;
            }

            foreach (var piece in Pieces(word.Spans, width))
            {
                var wide = CellWidth.Of(piece.Text);
                if (column > 0 && column + wide > width)
                {
                    lines.Add([]);
                    column = 0;
                }

                lines[^1].Add(piece);
                column += wide;
            }
        }

        return lines;
    }

    /// <summary>Words of possibly several looks each (<c>**bold**er</c> is one), and forced breaks between them.</summary>
    public static IEnumerable<Word> Words(IEnumerable<Span> spans)
    {
        var word = new List<Span>();
        var spaceLook = Look.Plain;
        foreach (var span in spans)
        {
            var text = new StringBuilder();
            foreach (var c in span.Text)
            {
                if (c is not (' ' or '\n'))
                {
                    text.Append(c);
                    continue;
                }

                Flush(text, span.Look, word);
                if (word.Count > 0)
                {
                    yield return new Word(word, IsBreak: false, spaceLook);
                    word = [];
                }

                spaceLook = span.Look & (Look.Underline | Look.Struck);
                if (c == '\n')
                {
                    yield return new Word([], IsBreak: true, Look.Plain);
                }
            }

            Flush(text, span.Look, word);
        }

        if (word.Count > 0)
        {
            yield return new Word(word, IsBreak: false, spaceLook);
        }
    }

    private static void Flush(StringBuilder text, Look look, List<Span> word)
    {
        if (text.Length > 0)
        {
            word.Add(new Span(text.ToString(), look));
            text.Clear();
        }
    }

    private static IEnumerable<Span> Pieces(IReadOnlyList<Span> word, int width)
    {
        foreach (var span in word)
        {
            if (CellWidth.Of(span.Text) <= width)
            {
                yield return span;
                continue;
            }

            foreach (var element in CellWidth.Elements(span.Text))
            {
                yield return span with { Text = element };
            }
        }
    }
}

/// <param name="SpaceLook">How the space before it looks.</param>
internal sealed record Word(IReadOnlyList<Span> Spans, bool IsBreak, Look SpaceLook);
