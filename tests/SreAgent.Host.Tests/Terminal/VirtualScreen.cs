using System.Globalization;
using System.Text;

namespace SreAgent.Host.Tests.Terminal;

/// <summary>
/// As much of a terminal as this program uses: lines, carriage return, cursor movement, erasing. Wide characters take one cell here; tests
/// that care about columns look at what was written.
/// </summary>
internal sealed class VirtualScreen
{
    private readonly List<StringBuilder> _rows = [new()];
    private int _row;
    private int _column;

    public void Write(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    _column = 0;
                    MoveTo(_row + 1);
                    break;
                case '\u001b':
                    i = Sequence(text, i);
                    break;
                default:
                    Put(text[i]);
                    break;
            }
        }
    }

    public override string ToString() => string.Join('\n', _rows.Select(row => row.ToString().TrimEnd())).TrimEnd('\n');

    private int Sequence(string text, int start)
    {
        var end = start + 2;
        while (text[end] is < '@' or > '~')
        {
            end++;
        }

        var parameter = int.TryParse(text[(start + 2)..end], CultureInfo.InvariantCulture, out var number) ? number : 0;
        switch (text[end])
        {
            case 'A':
                _row = Math.Max(0, _row - Math.Max(1, parameter));
                break;
            case 'B':
                MoveTo(_row + Math.Max(1, parameter));
                break;
            case 'C':
                _column += Math.Max(1, parameter);
                break;
            case 'H':
                (_row, _column) = (0, 0);
                break;
            case 'J':
                ClearBelow(parameter == 2);
                break;
            case 'K':
                _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
                break;
            case 'm' or 'h' or 'l':
                break;
            default:
                Assert.Fail($"An escape sequence nobody intended: {text[(start + 1)..(end + 1)]}");
                break;
        }

        return end;
    }

    private void ClearBelow(bool all)
    {
        if (all)
        {
            _rows.ForEach(row => row.Clear());
            return;
        }

        _rows[_row].Length = Math.Min(_rows[_row].Length, _column);
        _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
    }

    private void MoveTo(int row)
    {
        while (_rows.Count <= row)
        {
            _rows.Add(new StringBuilder());
        }

        _row = row;
    }

    private void Put(char c)
    {
        var row = _rows[_row];
        if (row.Length <= _column)
        {
            row.Append(' ', _column - row.Length + 1);
        }

        row[_column++] = c;
    }
}
