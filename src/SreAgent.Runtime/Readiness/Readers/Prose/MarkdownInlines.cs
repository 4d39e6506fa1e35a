using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>What a reader sees of the inside of a Markdown block.</summary>
internal sealed class MarkdownInlines
{
    private const int Deepest = 40;

    private readonly LineStarts _lines;
    private int _line;

    private MarkdownInlines(LineStarts lines, int line) => (_lines, _line) = (lines, line);

    public VisibleText Words { get; } = new();

    /// <summary>How many characters at the beginning are bold.</summary>
    public int Lead { get; private set; }

    public bool? Box { get; private set; }

    /// <summary>A link and nothing else.</summary>
    public bool OnlyLink { get; private set; }

    /// <summary>All of it is set in italics, but for what is bold at its beginning.</summary>
    public bool Slanted { get; private set; }

    /// <summary>Nothing but links into the same document: a line of a table of contents.</summary>
    public bool OnlyLocalLinks { get; private set; }

    public static MarkdownInlines Read(ContainerInline? inline, LineStarts lines, int line)
    {
        var read = new MarkdownInlines(lines, line);
        if (inline is null)
        {
            return read;
        }

        var bold = true;
        var local = inline.FirstChild is not null;
        var link = inline.FirstChild is not null;
        var (italic, upright) = (false, false);
        foreach (var child in inline)
        {
            read.Add(child, 0);
            var leads = bold && child is EmphasisInline { DelimiterCount: >= 2 };
            if (leads)
            {
                read.Lead = read.Words.Text.Length;
            }
            else
            {
                bold &= child is LineBreakInline or TaskList or LiteralInline { Content.Length: <= 1 };
            }

            local &= child is LinkInline { Url: ['#', ..] } or LineBreakInline or LiteralInline { Content.Length: <= 2 };
            italic |= child is EmphasisInline { DelimiterCount: 1 };
            upright |= !leads && child is not (EmphasisInline { DelimiterCount: 1 } or LineBreakInline or LiteralInline { Content.Length: <= 2 });
            link &= child is LinkInline { IsImage: false } or LineBreakInline or LiteralInline { Content.Length: <= 2 };
        }

        read.OnlyLocalLinks = local;
        read.OnlyLink = link;
        read.Slanted = italic && !upright;
        return read;
    }

    private void Add(Inline inline, int depth)
    {
        if (inline.Span is { IsEmpty: false, Start: > 0 })
        {
            _line = _lines.LineOf(inline.Span.Start);
        }

        switch (inline)
        {
            case LiteralInline literal:
                Words.Add(literal.Content.AsSpan(), _line);
                break;
            case CodeInline code:
                Words.Add(code.ContentSpan, _line);
                break;
            case AutolinkInline link:
                Words.Add(link.Url, _line);
                break;
            case HtmlEntityInline entity:
                Words.Add(entity.Transcoded.AsSpan(), _line);
                break;
            case LineBreakInline:
                Words.Add(" ", _line);
                _line++;
                break;
            case TaskList box:
                Box = box.Checked;
                break;
            case HtmlInline:
                Words.Add(" ", _line);
                break;
            case LinkInline { IsImage: true } or EmphasisInline { DelimiterChar: '~', DelimiterCount: 2 }:
                break;
            case ContainerInline container when depth < Deepest:
                var before = Words.Length;
                foreach (var child in container)
                {
                    Add(child, depth + 1);
                }

                if (Words.Length > before && container is LinkInline { Url: { } url } && !url.StartsWith('#') && (url.Contains("://", StringComparison.Ordinal) || url.Contains(".md", StringComparison.OrdinalIgnoreCase)))
                {
                    // Where a link leads is evidence: instructions that can be opened.
                    Words.Add($" ({url})", _line);
                }

                break;
            default:
                break;
        }
    }
}
