using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Cells of a Markdown table, each beneath the header of its column and the name of its row.</summary>
internal static class MarkdownTables
{
    private const int MostWordsOfName = 6;

    public static IEnumerable<ProseBlock.Cell> Of(Table table, LineStarts lines)
    {
        var headers = new List<string>();
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(cell => Read(cell, lines)).ToArray();
            if (row.IsHeader)
            {
                headers.AddRange(cells.Select(cell => cell.Text));
                continue;
            }

            if (Placeholders.IsOpenRow([.. cells.Select(cell => cell.Text)]))
            {
                continue;
            }

            for (var column = 0; column < cells.Length; column++)
            {
                if (cells[column].IsEmpty)
                {
                    continue;
                }

                var under = new List<string>();
                if (column > 0 && !cells[0].IsEmpty && cells[0].Text.Count(' ') < MostWordsOfName)
                {
                    under.Add(cells[0].Text);
                }

                if (column < headers.Count && headers[column].Length > 0)
                {
                    under.Add(headers[column].EndsWith('?') ? headers[column] : headers[column].TrimEnd(':') + ':');
                }

                yield return new ProseBlock.Cell(cells[column], under);
            }
        }
    }

    private static VisibleText Read(TableCell cell, LineStarts lines) =>
        cell.FirstOrDefault() is LeafBlock { Inline: { } inline } leaf ? MarkdownInlines.Read(inline, lines, leaf.Line + 1).Words : new VisibleText();
}
