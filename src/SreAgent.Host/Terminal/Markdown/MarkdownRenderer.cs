using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>A piece of Markdown as lines for a screen of some width.</summary>
internal sealed class MarkdownRenderer(Ink ink, int width)
{
    private const int Narrowest = 20;

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().Build();

    private readonly int _width = Math.Max(Narrowest, width);

    public IReadOnlyList<string> Render(string markdown) => Blocks(Parse(markdown), _width);

    public static MarkdownDocument Parse(string markdown) => Markdig.Markdown.Parse(markdown, Pipeline);

    private List<string> Blocks(IEnumerable<Block> blocks, int available)
    {
        var lines = new List<string>();
        foreach (var block in blocks)
        {
            var rendered = Block(block, available);
            if (rendered.Count > 0 && lines.Count > 0)
            {
                lines.Add("");
            }

            lines.AddRange(rendered);
        }

        return lines;
    }

    private List<string> Block(Block block, int available) => block switch
    {
        HeadingBlock heading => Wrapped(InlineSpans.Of(heading, Look.Bold), available),
        ParagraphBlock paragraph => Wrapped(InlineSpans.Of(paragraph), available),
        ListBlock list => List(list, available),
        QuoteBlock quote => [.. Blocks(quote, Math.Max(Narrowest, available - 2)).Select(line => ink.Dim("│ ") + line)],
        Table table => TableRenderer.Render(table, available, ink),
        ThematicBreakBlock => [ink.Dim(new string('─', Math.Min(available, 40)))],
        LinkReferenceDefinitionGroup => [],
        CodeBlock code => [.. Code(code)],
        LeafBlock other => [.. other.Lines.Lines.Take(other.Lines.Count).Select(line => SafeText.Line(line.ToString()))],
        ContainerBlock container => Blocks(container, available),
        _ => [],
    };

    private List<string> List(ListBlock list, int available)
    {
        var lines = new List<string>();
        var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (list.IsLoose && lines.Count > 0)
            {
                lines.Add("");
            }

            var marker = list.IsOrdered ? $"{number++}. " : "• ";
            var inside = Math.Max(Narrowest, available - marker.Length);
            var first = true;
            foreach (var line in item.SelectMany((block, index) => Item(block, index, list.IsLoose, inside)))
            {
                lines.Add(first ? ink.On(marker, Look.Cyan) + line : line.Length == 0 ? "" : new string(' ', marker.Length) + line);
                first = false;
            }

            if (first)
            {
                lines.Add(ink.On(marker.TrimEnd(), Look.Cyan));
            }
        }

        return lines;
    }

    private IEnumerable<string> Item(Block block, int index, bool loose, int available) =>
        loose && index > 0 ? Block(block, available).Prepend("") : Block(block, available);

    /// <summary>Code is never wrapped or shortened: a command copied off the screen must be the command.</summary>
    private IEnumerable<string> Code(CodeBlock code) =>
        code.Lines.Lines.Take(code.Lines.Count).Select(line => CodeLine(line.ToString()));

    public string CodeLine(string line) => "    " + ink.On(SafeText.Line(line), Look.Cyan);

    private List<string> Wrapped(IReadOnlyList<Span> spans, int available) =>
        [.. StyledText.Wrap(spans, available).Select(line => StyledText.Painted(line, ink))];
}
