using System.Text;
using Markdig.Syntax;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>
/// Shows Markdown while it arrives, and never takes back what it has shown, so that nothing flickers and a window may be resized at any
/// time. Paragraphs appear word by word, code line by line, list items one by one; a table appears when it is complete.
/// </summary>
internal sealed class MarkdownStream(Action<string> write, Func<int> width, Ink ink)
{
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _block = new();
    private MarkdownBlockKind _kind;
    private string _fence = "";
    private bool _blankBefore;
    private bool _anything;
    private int _wordsShown;
    private int _column;

    /// <summary>Whether the cursor stands in the middle of a line.</summary>
    public bool IsMidLine => _column > 0;

    public void Append(string delta)
    {
        foreach (var c in delta)
        {
            if (c == '\n')
            {
                TakeLine(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else
            {
                _line.Append(c);
            }
        }

        ShowParagraphSoFar(_line.ToString());
    }

    /// <summary>Shows what is left and ends the line.</summary>
    public void Finish()
    {
        if (_line.Length > 0)
        {
            TakeLine(_line.ToString().TrimEnd('\r'));
            _line.Clear();
        }

        EndBlock();
        _blankBefore = false;
        _anything = false;
    }

    private void TakeLine(string line)
    {
        if (_kind == MarkdownBlockKind.Fence)
        {
            TakeCode(line);
            return;
        }

        var kind = MarkdownLine.KindOf(line);
        if (Continues(kind, line))
        {
            _block.Append(line).Append('\n');
            return;
        }

        EndBlock();
        _kind = kind;
        switch (kind)
        {
            case MarkdownBlockKind.None:
                _blankBefore |= _anything;
                break;
            case MarkdownBlockKind.Fence:
                _fence = MarkdownLine.FenceOf(line);
                StartBlock();
                break;
            case MarkdownBlockKind.Heading or MarkdownBlockKind.Rule:
                _block.Append(line);
                EndBlock();
                break;
            default:
                _block.Append(line).Append('\n');
                break;
        }
    }

    /// <summary>Whether a line belongs to the block that is open. A blank line inside a list ends its item, not the list.</summary>
    private bool Continues(MarkdownBlockKind kind, string line) => _kind switch
    {
        MarkdownBlockKind.Paragraph => kind is MarkdownBlockKind.Paragraph or MarkdownBlockKind.Indented,
        MarkdownBlockKind.Quote => kind is MarkdownBlockKind.Quote or MarkdownBlockKind.Paragraph,
        MarkdownBlockKind.Table => kind == MarkdownBlockKind.Table,
        MarkdownBlockKind.Indented => kind == MarkdownBlockKind.Indented,
        MarkdownBlockKind.ListItem => kind == MarkdownBlockKind.Paragraph ? !EndsBlank() : MarkdownLine.IsIndented(line) || (kind == MarkdownBlockKind.None && !EndsBlank()),
        _ => false,
    };

    private bool EndsBlank() => _block.Length > 1 && _block[^1] == '\n' && _block[^2] == '\n';

    private void TakeCode(string line)
    {
        if (MarkdownLine.Closes(line, _fence))
        {
            _kind = MarkdownBlockKind.None;
            return;
        }

        write(new MarkdownRenderer(ink, width()).CodeLine(line) + "\n");
    }

    /// <summary>
    /// The words of the open paragraph that can no longer change their look: up to the last white space outside any open emphasis, code or
    /// link.
    /// </summary>
    private void ShowParagraphSoFar(string lastLine)
    {
        if (_kind == MarkdownBlockKind.None && MarkdownLine.IsSurelyParagraph(lastLine))
        {
            _kind = MarkdownBlockKind.Paragraph;
        }

        // A further line may still end the paragraph: it counts once it shows that it does not.
        var goesOn = lastLine.Length == 0 || _block.Length == 0 || MarkdownLine.KindOf(lastLine) == MarkdownBlockKind.Paragraph;
        if (_kind == MarkdownBlockKind.Paragraph && goesOn)
        {
            var text = _block + lastLine;
            ShowWords(text[..MarkdownLine.SettledLength(text)], all: false);
        }
    }

    private void ShowWords(string paragraph, bool all)
    {
        // A line of equals signs makes a heading of what has already been shown as text; its words are the same.
        var blocks = MarkdownRenderer.Parse(paragraph).OfType<LeafBlock>().Select(block => InlineSpans.Of(block));
        var words = StyledText.Words(blocks.SelectMany((spans, i) => i == 0 ? spans : spans.Prepend(new Span("\n", Look.Plain)))).ToArray();
        var columns = Math.Max(20, width());
        foreach (var word in words.Skip(_wordsShown))
        {
            if (_wordsShown == 0)
            {
                StartBlock();
            }

            _wordsShown++;
            if (word.IsBreak)
            {
                NewLine();
                continue;
            }

            var cells = StyledText.Width(word.Spans);
            if (_column > 0 && _column + 1 + cells > columns)
            {
                NewLine();
            }

            write((_column > 0 ? ink.On(" ", word.SpaceLook) : "") + StyledText.Painted(word.Spans, ink));
            _column += (_column > 0 ? 1 : 0) + cells;
        }

        if (all && _column > 0)
        {
            NewLine();
        }
    }

    private void NewLine()
    {
        write("\n");
        _column = 0;
    }

    private void StartBlock()
    {
        if (_blankBefore)
        {
            write("\n");
            _blankBefore = false;
        }

        _anything = true;
    }

    private void EndBlock()
    {
        var text = _block.ToString();
        _block.Clear();
        var isParagraph = _kind == MarkdownBlockKind.Paragraph;
        if (isParagraph && (_wordsShown > 0 || MarkdownRenderer.Parse(text) is [ParagraphBlock]))
        {
            ShowWords(text, all: true);
        }
        else if (text.Trim().Length > 0)
        {
            StartBlock();
            foreach (var line in new MarkdownRenderer(ink, width()).Render(text))
            {
                write(line + "\n");
            }

            _blankBefore |= EndsWithBlankLine(text);
        }

        _wordsShown = 0;
        _kind = MarkdownBlockKind.None;
    }

    private static bool EndsWithBlankLine(string text) => text.EndsWith("\n\n", StringComparison.Ordinal);
}
