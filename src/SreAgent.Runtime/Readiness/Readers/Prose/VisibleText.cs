using System.Text;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>What a reader sees of a block, on one line, and on which line of the file each part of it stands.</summary>
internal sealed class VisibleText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Offset, int Line)> _lines = [];

    public bool IsEmpty => _text.Length == 0;

    public int Length => _text.Length;

    /// <param name="line">Of the file, from 1.</param>
    public void Add(ReadOnlySpan<char> part, int line)
    {
        if (_lines.Count == 0 || _lines[^1].Line != line)
        {
            _lines.Add((_text.Length, line));
        }

        foreach (var c in part)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
            {
                _text.Append(c);
            }
            else if (_text.Length > 0 && _text[^1] != ' ')
            {
                _text.Append(' ');
            }
        }
    }

    public string Text => _text.ToString();

    /// <summary>The text line by line of the file.</summary>
    public IReadOnlyList<(string Text, int Line)> ByLine()
    {
        var text = Text;
        var lines = new List<(string, int)>(_lines.Count);
        for (var i = 0; i < _lines.Count; i++)
        {
            var end = i + 1 < _lines.Count ? _lines[i + 1].Offset : text.Length;
            if (end > _lines[i].Offset)
            {
                lines.Add((text[_lines[i].Offset..end].Trim(), _lines[i].Line));
            }
        }

        return lines;
    }

    public int LineOf(int offset)
    {
        var line = _lines.Count > 0 ? _lines[0].Line : 1;
        foreach (var (from, at) in _lines)
        {
            if (from > offset)
            {
                break;
            }

            line = at;
        }

        return line;
    }
}
