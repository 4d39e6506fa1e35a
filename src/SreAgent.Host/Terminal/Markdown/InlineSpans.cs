using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>Inline Markdown as styled text. Every literal is made safe here, after entities such as <c>&amp;#27;</c> have been decoded.</summary>
internal static class InlineSpans
{
    public static IReadOnlyList<Span> Of(LeafBlock block, Look look = Look.Plain)
    {
        var spans = new List<Span>();
        if (block.Inline is { } inline)
        {
            Add(inline, look, spans);
        }

        return spans;
    }

    private static void Add(ContainerInline container, Look look, List<Span> spans)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    spans.Add(Safe(literal.Content.ToString(), look));
                    break;
                case CodeInline code:
                    spans.Add(Safe(code.Content, look | Look.Cyan));
                    break;
                case LineBreakInline lineBreak:
                    spans.Add(new Span(lineBreak.IsHard ? "\n" : " ", look));
                    break;
                case EmphasisInline emphasis:
                    Add(emphasis, look | LookOf(emphasis), spans);
                    break;
                case LinkInline link:
                    AddLink(link, look, spans);
                    break;
                case AutolinkInline autolink:
                    spans.Add(Safe(autolink.Url, look | Look.Underline));
                    break;
                case TaskList task:
                    spans.Add(new Span(task.Checked ? "[x]" : "[ ]", look));
                    break;
                case HtmlInline html:
                    spans.Add(Safe(html.Tag, look | Look.Dim));
                    break;
                case HtmlEntityInline entity:
                    spans.Add(Safe(entity.Transcoded.ToString(), look));
                    break;
                case ContainerInline other:
                    Add(other, look, spans);
                    break;
            }
        }
    }

    /// <summary>A person must see where a link goes: the address is always shown, also when the text claims to be one.</summary>
    private static void AddLink(LinkInline link, Look look, List<Span> spans)
    {
        var from = spans.Count;
        Add(link, look | Look.Underline, spans);
        var label = string.Concat(spans.Skip(from).Select(span => span.Text));
        var url = SafeText.Line(link.Url ?? "");
        if (label.Length == 0)
        {
            spans.Add(new Span(url, look | Look.Underline));
        }
        else if (url.Length > 0 && label != url)
        {
            spans.Add(new Span($" ({url})", look | Look.Dim));
        }
    }

    private static Look LookOf(EmphasisInline emphasis) => (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
    {
        ('~', _) => Look.Struck,
        (_, >= 2) => Look.Bold,
        _ => Look.Italic,
    };

    private static Span Safe(string text, Look look) => new(SafeText.Line(text), look);
}
