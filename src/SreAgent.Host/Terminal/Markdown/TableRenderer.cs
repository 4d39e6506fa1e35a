using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace SreAgent.Host.Terminal.Markdown;

/// <summary>A table in columns as wide as their content, or as the screen leaves them; cells that do not fit are wrapped, never cut.</summary>
internal static class TableRenderer
{
    private const int Gap = 2;
    private const int NarrowestColumn = 6;

    public static List<string> Render(Table table, int width, Ink ink)
    {
        var rows = table.OfType<TableRow>().ToArray();
        var columns = rows.Length == 0 ? 0 : rows.Max(row => row.Count);
        if (columns == 0)
        {
            return [];
        }

        var cells = rows.Select(row => Enumerable.Range(0, columns).Select(i => Cell(row, i)).ToArray()).ToArray();
        var widths = Fit(cells, columns, width);
        var lines = new List<string>();
        for (var i = 0; i < rows.Length; i++)
        {
            lines.AddRange(Row(cells[i], widths, table, ink));
            if (rows[i].IsHeader)
            {
                lines.Add(ink.Dim(string.Join(new string(' ', Gap), widths.Select(column => new string('─', column)))));
            }
        }

        return lines;
    }

    private static IReadOnlyList<Span> Cell(TableRow row, int column) =>
        column < row.Count && row[column] is TableCell cell
            ? [.. cell.OfType<LeafBlock>().SelectMany(block => InlineSpans.Of(block, row.IsHeader ? Look.Bold : Look.Plain))]
            : [];

    private static int[] Fit(IReadOnlyList<Span>[][] cells, int columns, int width)
    {
        var widths = Enumerable.Range(0, columns).Select(i => Math.Max(1, cells.Max(row => StyledText.Width(row[i])))).ToArray();
        var room = width - (Gap * (columns - 1));
        while (widths.Sum() > room && widths.Max() > NarrowestColumn)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        return widths;
    }

    private static IEnumerable<string> Row(IReadOnlyList<Span>[] cells, int[] widths, Table table, Ink ink)
    {
        var wrapped = cells.Select((cell, i) => StyledText.Wrap(cell, widths[i])).ToArray();
        var height = wrapped.Max(cell => cell.Count);
        for (var line = 0; line < height; line++)
        {
            var parts = wrapped.Select((cell, i) => Padded(line < cell.Count ? cell[line] : [], widths[i], AlignmentOf(table, i), ink));
            yield return string.Join(new string(' ', Gap), parts).TrimEnd();
        }
    }

    private static TableColumnAlign? AlignmentOf(Table table, int column) =>
        column < table.ColumnDefinitions.Count ? table.ColumnDefinitions[column].Alignment : null;

    private static string Padded(IReadOnlyList<Span> spans, int width, TableColumnAlign? alignment, Ink ink)
    {
        var room = Math.Max(0, width - StyledText.Width(spans));
        var before = alignment switch { TableColumnAlign.Right => room, TableColumnAlign.Center => room / 2, _ => 0 };
        return new string(' ', before) + StyledText.Painted(spans, ink) + new string(' ', room - before);
    }
}
