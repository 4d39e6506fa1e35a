using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands;

/// <summary>Rows in columns for a person to read. Cells hold text of others and are made safe here; the last one takes what room is left.</summary>
internal static class TextTable
{
    private const int Gap = 2;

    public static void Write(IConsoleIo console, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var ink = new Ink(console.Colour);
        var safe = rows.Select(row => row.Select(cell => SafeText.Line(cell)).ToArray()).ToArray();
        var widths = headings.Select((heading, i) => safe.Select(row => CellWidth.Of(row[i])).Append(CellWidth.Of(heading)).Max()).ToArray();
        console.Out.WriteLine(ink.Dim(Row(headings, widths, console.Width)));
        foreach (var row in safe)
        {
            console.Out.WriteLine(Row(row, widths, console.OutputIsTerminal ? console.Width : int.MaxValue));
        }
    }

    /// <summary>Only the last column is ever shortened, and only on a screen: an id must be copied whole.</summary>
    private static string Row(IReadOnlyList<string> cells, int[] widths, int width)
    {
        var start = string.Concat(cells.SkipLast(1).Select((cell, i) => CellWidth.Pad(cell, widths[i] + Gap)));
        var room = width == int.MaxValue ? width : Math.Max(20, width - CellWidth.Of(start) - 1);
        return (start + (room == int.MaxValue ? cells[^1] : CellWidth.Cut(cells[^1], room))).TrimEnd();
    }
}
