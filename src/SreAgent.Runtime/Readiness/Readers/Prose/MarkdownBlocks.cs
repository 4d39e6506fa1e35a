using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Markdown as blocks of visible text.</summary>
internal static partial class MarkdownBlocks
{
    private const int Deepest = 40;

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().UseTaskLists().UseYamlFrontMatter().UseEmphasisExtras().Build();

    public static IEnumerable<ProseBlock> Of(string markdown)
    {
        var lines = new LineStarts(markdown);
        return Of(Markdown.Parse(WithoutTomlFrontMatter(markdown), Pipeline), 0, 0, lines);
    }

    // As Hugo has it; blanked out and not cut, so that every line keeps its number.
    private static string WithoutTomlFrontMatter(string markdown) => TomlFrontMatter().Replace(markdown, matter => AllButLineEnds().Replace(matter.Value, " "));

    [GeneratedRegex(@"\A\+{3}[ \t]*\r?\n(.*\n)*?\+{3}[ \t]*(?=\r?\n|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TomlFrontMatter();

    [GeneratedRegex(@"[^\n]", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex AllButLineEnds();

    private static IEnumerable<ProseBlock> Of(ContainerBlock container, int depth, int nesting, LineStarts lines)
    {
        if (nesting > Deepest)
        {
            yield break;
        }

        foreach (var block in container)
        {
            foreach (var read in Of(block, depth, nesting, lines))
            {
                yield return read;
            }
        }
    }

    private static IEnumerable<ProseBlock> Of(Block block, int depth, int nesting, LineStarts lines)
    {
        switch (block)
        {
            case HeadingBlock heading:
                yield return new ProseBlock.Heading(heading.Level, MarkdownInlines.Read(heading.Inline, lines, heading.Line + 1).Words.Text);
                break;
            case ParagraphBlock paragraph:
                var text = MarkdownInlines.Read(paragraph.Inline, lines, paragraph.Line + 1);
                if (!text.Words.IsEmpty && !text.OnlyLocalLinks)
                {
                    yield return new ProseBlock.Paragraph(depth, text.Words, text.Lead, text.Box, text.OnlyLink, text.Slanted);
                }

                break;
            case Table table:
                foreach (var cell in MarkdownTables.Of(table, lines))
                {
                    yield return cell;
                }

                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>())
                {
                    yield return new ProseBlock.Item(depth + 1);
                    foreach (var read in Of(item, depth + 1, nesting + 1, lines))
                    {
                        yield return read;
                    }
                }

                break;
            case YamlFrontMatterBlock:
                break;
            case CodeBlock code:
                var first = code.Lines.Count > 0 ? code.Lines.Lines[0].Line + 1 : code.Line + 1;
                yield return new ProseBlock.Code(depth, code.Lines.ToString(), (code as FencedCodeBlock)?.Info ?? "", first, first + Math.Max(0, code.Lines.Count - 1));
                break;
            case HtmlBlock { Type: HtmlBlockType.InterruptingBlock or HtmlBlockType.NonInterruptingBlock } html:
                foreach (var read in HtmlText.Of(html, depth))
                {
                    yield return read;
                }

                break;
            case ContainerBlock inner:
                foreach (var read in Of(inner, depth, nesting + 1, lines))
                {
                    yield return read;
                }

                break;
            default:
                break;
        }
    }
}

/// <summary>Lines of a text by offset.</summary>
internal sealed class LineStarts
{
    private readonly List<int> _starts = [0];

    public LineStarts(string text)
    {
        for (var at = 0; (at = text.IndexOf('\n', at)) >= 0;)
        {
            _starts.Add(++at);
        }
    }

    /// <returns>From 1.</returns>
    public int LineOf(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }
}
