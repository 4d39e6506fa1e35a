using System.Text;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Editing;

/// <summary>
/// Shows a prompt and a text of any length at the bottom of a screen, redrawn in one write. Rows are broken here, one column before the
/// edge, so that no terminal's own wrapping has to be guessed at.
/// </summary>
internal sealed class LineView(ITerminal terminal, Ink ink)
{
    private List<int> _rowWidths = [];
    private int _cursorRow;
    private string _plainDrawn = "";

    public void Draw(string prompt, string text, int cursor)
    {
        if (!terminal.CanMoveCursor)
        {
            DrawPlainly(prompt, text);
            return;
        }

        var layout = Layout(prompt, text, cursor, Math.Max(8, terminal.Width - 1));
        var output = new StringBuilder("\u001b[?25l").Append(ToTop());
        output.AppendJoin("\r\n", layout.Rows);
        var up = layout.Rows.Count - 1 - layout.CursorRow;
        if (up > 0)
        {
            output.Append($"\u001b[{up}A");
        }

        output.Append('\r');
        if (layout.CursorColumn > 0)
        {
            output.Append($"\u001b[{layout.CursorColumn}C");
        }

        terminal.Write(output.Append("\u001b[?25h").ToString());
        _rowWidths = layout.Widths;
        _cursorRow = layout.CursorRow;
    }

    /// <summary>Takes the drawing off the screen, so that something else can be printed where it stood.</summary>
    public void Erase()
    {
        if (terminal.CanMoveCursor)
        {
            terminal.Write(ToTop());
        }
        else if (_plainDrawn.Length > 0)
        {
            terminal.Write("\n");
        }

        Forget();
    }

    /// <summary>Leaves the drawing where it is and goes on below it.</summary>
    public void Leave()
    {
        var below = terminal.CanMoveCursor ? _rowWidths.Count - 1 - _cursorRow : 0;
        terminal.Write((below > 0 ? $"\u001b[{below}B" : "") + "\r\n");
        Forget();
    }

    private void Forget()
    {
        _rowWidths = [];
        _cursorRow = 0;
        _plainDrawn = "";
    }

    /// <summary>To the first drawn row, clearing from there. A window made narrower has broken long rows into several by itself.</summary>
    private string ToTop()
    {
        var width = Math.Max(1, terminal.Width);
        var above = _rowWidths.Take(_cursorRow).Sum(row => Math.Max(1, (row + width - 1) / width));
        return (above > 0 ? $"\u001b[{above}A" : "") + "\r\u001b[J";
    }

    /// <summary>A dumb terminal only ever moves forward: what was added is added, anything else is written anew on a line of its own.</summary>
    private void DrawPlainly(string prompt, string text)
    {
        var wanted = prompt + text;
        terminal.Write(_plainDrawn.Length > 0 && wanted.StartsWith(_plainDrawn, StringComparison.Ordinal) ? wanted[_plainDrawn.Length..]
            : _plainDrawn.Length > 0 ? "\n" + wanted : wanted);
        _plainDrawn = wanted;
    }

    private Drawing Layout(string prompt, string text, int cursor, int width)
    {
        var drawing = new Drawing();
        var row = new StringBuilder(ink.On(prompt, Look.Bold | Look.Cyan));
        var column = CellWidth.Of(prompt);
        var at = 0;
        foreach (var element in CellWidth.Elements(text))
        {
            if (at == cursor)
            {
                drawing.Mark(column);
            }

            var cells = element == "\n" ? 0 : CellWidth.OfElement(element);
            if (element == "\n" || column + cells > width)
            {
                drawing.Add(row.ToString(), column);
                row.Clear().Append(element == "\n" ? ink.Dim("· ") : "");
                var moved = at == cursor && element != "\n";
                column = element == "\n" ? 2 : 0;
                if (moved)
                {
                    drawing.Mark(column);
                }
            }

            if (element != "\n")
            {
                row.Append(element);
                column += cells;
            }

            at += element.Length;
        }

        if (at == cursor)
        {
            drawing.Mark(column);
        }

        drawing.Add(row.ToString(), column);
        return drawing;
    }

    private sealed class Drawing
    {
        public List<string> Rows { get; } = [];

        public List<int> Widths { get; } = [];

        public int CursorRow { get; private set; }

        public int CursorColumn { get; private set; }

        public void Mark(int column)
        {
            CursorRow = Rows.Count;
            CursorColumn = column;
        }

        public void Add(string row, int width)
        {
            Rows.Add(row);
            Widths.Add(width);
        }
    }
}
