namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>AsciiDoc as blocks of visible text. Reads the parts that documents of operations are made of; the rest passes as paragraphs.</summary>
internal sealed class AsciiDocBlocks
{
    private readonly IReadOnlyList<string> _lines;
    private readonly LineBlocks _open = new();
    private string _language = "";
    private int _at;

    private AsciiDocBlocks(IReadOnlyList<string> lines) => _lines = lines;

    public static IEnumerable<ProseBlock> Of(IReadOnlyList<string> lines) => new AsciiDocBlocks(lines).Read();

    private IEnumerable<ProseBlock> Read()
    {
        for (_at = 0; _at < _lines.Count; _at++)
        {
            foreach (var block in Line(_lines[_at].TrimEnd()))
            {
                yield return block;
            }
        }

        foreach (var block in _open.End())
        {
            yield return block;
        }
    }

    private IEnumerable<ProseBlock> Line(string line)
    {
        if (line.StartsWith("////", StringComparison.Ordinal))
        {
            Skip(line);
            return [];
        }

        if (line.StartsWith("//", StringComparison.Ordinal) || IsDirective(line))
        {
            return [];
        }

        if (line.Length == 0)
        {
            return _open.End();
        }

        if (Level(line) is > 0 and var level)
        {
            return [.. _open.End(leaves: true), new ProseBlock.Heading(level, AsciiDocInlines.Plain(line[(level + 1)..]))];
        }

        if (line is "----" or "...." || line.StartsWith("```", StringComparison.Ordinal))
        {
            return [.. _open.End(), .. Code(line)];
        }

        if (line.StartsWith("|===", StringComparison.Ordinal))
        {
            return [.. _open.End(leaves: true), .. Table()];
        }

        if (line is "+" or "--" || line.Length >= 4 && line[0] is '=' or '*' or '_' && line.AsSpan().TrimEnd(line[0]).IsEmpty)
        {
            return _open.End();
        }

        if (line.StartsWith('[') && line.EndsWith(']') && !line.StartsWith("[ ]", StringComparison.Ordinal))
        {
            _language = line.StartsWith("[source,", StringComparison.Ordinal) ? line[8..^1].Split(',')[0] : "";
            return _open.End();
        }

        if (line[0] == '.' && line.Length > 1 && char.IsLetter(line[1]))
        {
            var title = new VisibleText();
            title.Add(line.AsSpan(1).TrimEnd(':').ToString() + ":", _at + 1);
            return [.. _open.End(), new ProseBlock.Paragraph(_open.Depth, title, 0, null, OnlyLink: false)];
        }

        return Text(line);
    }

    private IEnumerable<ProseBlock> Text(string line)
    {
        var trimmed = line.TrimStart();
        var marks = Marks(trimmed);
        if (marks > 0)
        {
            var blocks = _open.Item(marks).ToArray();
            _open.Add(trimmed[(trimmed.IndexOf(' ') + 1)..].TrimStart(), _at + 1);
            return blocks;
        }

        var term = trimmed.IndexOf("::", StringComparison.Ordinal);
        if (term > 0 && (term + 2 == trimmed.Length || trimmed[term + 2] == ' '))
        {
            var blocks = _open.Item(1).ToArray();
            _open.Add($"{trimmed[..term]}: {trimmed[(term + 2)..].Trim()}", _at + 1);
            return blocks;
        }

        // A paragraph at the margin after a blank line is outside of the list.
        var ended = _open.IsEmpty && line[0] != ' ' ? _open.End(leaves: _at == 0 || _lines[_at - 1].Length == 0).ToArray() : [];
        _open.Add(trimmed, _at + 1);
        return ended;
    }

    private IEnumerable<ProseBlock> Code(string fence)
    {
        var first = _at + 1;
        var language = fence.StartsWith('`') ? fence.TrimStart('`') : _language;
        Skip(fence.StartsWith('`') ? "```" : fence);
        var content = string.Join('\n', _lines.Skip(first).Take(_at - first));
        _language = "";
        return [new ProseBlock.Code(_open.Depth, content, language, first + 1, Math.Max(first + 1, _at))];
    }

    private IEnumerable<ProseBlock> Table()
    {
        var headers = new List<string>();
        var row = new List<(string Text, int Line)>();
        var columns = 0;
        for (_at++; _at < _lines.Count && !_lines[_at].StartsWith("|===", StringComparison.Ordinal); _at++)
        {
            var cells = _lines[_at].Split('|', StringSplitOptions.TrimEntries).Skip(1).ToArray();
            if (columns == 0 && cells.Length > 0)
            {
                columns = cells.Length;
                headers.AddRange(cells.Select(AsciiDocInlines.Plain));
                continue;
            }

            row.AddRange(cells.Select(cell => (AsciiDocInlines.Plain(cell), _at + 1)));
            for (; columns > 0 && row.Count >= columns; row.RemoveRange(0, columns))
            {
                if (Placeholders.IsOpenRow([.. row.Take(columns).Select(cell => cell.Text)]))
                {
                    continue;
                }

                for (var column = 0; column < columns; column++)
                {
                    if (row[column].Text.Length > 0)
                    {
                        var words = new VisibleText();
                        words.Add(row[column].Text, row[column].Line);
                        yield return new ProseBlock.Cell(words, column > 0 ? [row[0].Text, headers[column] + ":"] : [headers[column] + ":"]);
                    }
                }
            }
        }
    }

    private void Skip(string fence)
    {
        for (_at++; _at < _lines.Count && !string.Equals(_lines[_at].TrimEnd(), fence, StringComparison.Ordinal); _at++)
        {
        }
    }

    private static bool IsDirective(string line) =>
        line.StartsWith(':') && line.IndexOf(':', 1) > 0 || line.StartsWith("include::", StringComparison.Ordinal) || line.StartsWith("image::", StringComparison.Ordinal)
        || line.StartsWith("ifdef::", StringComparison.Ordinal) || line.StartsWith("ifndef::", StringComparison.Ordinal) || line.StartsWith("endif::", StringComparison.Ordinal) || line.StartsWith("toc::", StringComparison.Ordinal);

    private static int Level(string line)
    {
        var level = 0;
        while (level < line.Length && line[level] == '=')
        {
            level++;
        }

        return level is > 0 and <= 6 && level + 1 < line.Length && line[level] == ' ' ? level : 0;
    }

    private static int Marks(string line)
    {
        var marks = 0;
        while (marks < line.Length && line[marks] == line[0] && line[0] is '*' or '.' or '-')
        {
            marks++;
        }

        return marks is > 0 and <= 5 && marks < line.Length && line[marks] == ' ' && !(line[0] == '-' && marks > 1) ? marks : 0;
    }
}
