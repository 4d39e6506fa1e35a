namespace SreAgent.Core.Toml;

/// <summary>
/// Reads TOML 1.0 (toml.io/en/v1.0.0). Strict: what the specification calls invalid is refused with its line. Nesting is limited, since the
/// text may come from anywhere.
/// </summary>
public sealed class TomlReader
{
    private const int DeepestNesting = 64;

    private readonly TomlCursor _cursor;
    private readonly TomlTable _root = new(1);

    // Tables a header has named, tables dotted keys have made, and whole values: what may still be added to differs.
    private readonly HashSet<TomlTable> _named = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<TomlTable> _dotted = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<TomlTable> _closed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TomlArray, List<TomlValue>> _growing = new(ReferenceEqualityComparer.Instance);

    private TomlReader(string text) => _cursor = new TomlCursor(text);

    /// <exception cref="TomlException">It is not TOML; says where.</exception>
    public static TomlTable Read(string text) => new TomlReader(text.StartsWith('\uFEFF') ? text[1..] : text).ReadDocument();

    private TomlTable ReadDocument()
    {
        var current = _root;
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.AtEnd)
            {
                return _root;
            }

            if (_cursor.Next == '[')
            {
                current = ReadHeader();
            }
            else
            {
                ReadPair(current, depth: 0);
            }

            _cursor.EndStatement();
        }
    }

    private TomlTable ReadHeader()
    {
        var line = _cursor.Line;
        _cursor.Take();
        var isArray = _cursor.Next == '[';
        if (isArray)
        {
            _cursor.Take();
        }

        var path = ReadKey();
        _cursor.Expect(']');
        if (isArray)
        {
            _cursor.Expect(']');
        }

        var parent = path[..^1].Aggregate(_root, (table, name) => Enter(table, name, line));
        return isArray ? AddElement(parent, path, line) : Name(parent, path, line);
    }

    private TomlTable Name(TomlTable parent, IReadOnlyList<string> path, int line)
    {
        var table = parent[path[^1]] switch
        {
            null => New(parent, path[^1], line),
            TomlTable there when !_named.Contains(there) && !_dotted.Contains(there) && !_closed.Contains(there) => there,
            var there => throw new TomlException(line, $"[{string.Join('.', path)}] was already given on line {there.Line}"),
        };
        _named.Add(table);
        return table;
    }

    private TomlTable AddElement(TomlTable parent, IReadOnlyList<string> path, int line)
    {
        var table = new TomlTable(line);
        _named.Add(table);
        if (parent[path[^1]] is TomlArray there && _growing.TryGetValue(there, out var items))
        {
            items.Add(table);
            return table;
        }

        items = [table];
        var array = new TomlArray(items, line);
        _growing[array] = items;
        return parent.Set(path[^1], array)
            ? table
            : throw new TomlException(line, $"[[{string.Join('.', path)}]] was already given as something else on line {parent[path[^1]]!.Line}");
    }

    /// <summary>A step on the way of a header: a table, or the last element of an array of tables.</summary>
    private TomlTable Enter(TomlTable table, string name, int line) => table[name] switch
    {
        null => New(table, name, line),
        TomlTable there when !_closed.Contains(there) => there,
        TomlArray there when _growing.TryGetValue(there, out var items) => (TomlTable)items[^1],
        var there => throw new TomlException(line, $"'{name}' is {there.Kind} that was completed on line {there.Line}; nothing can be added to it"),
    };

    private static TomlTable New(TomlTable parent, string name, int line)
    {
        var table = new TomlTable(line);
        parent.Set(name, table);
        return table;
    }

    private void ReadPair(TomlTable table, int depth)
    {
        var line = _cursor.Line;
        var path = ReadKey();
        _cursor.Expect('=');
        _cursor.SkipBlanks();
        var target = path[..^1].Aggregate(table, (at, name) => EnterDotted(at, name, line));
        var value = ReadValue(depth);
        if (!target.Set(path[^1], value))
        {
            throw new TomlException(line, $"'{string.Join('.', path)}' was already given on line {target[path[^1]]!.Line}");
        }
    }

    private TomlTable EnterDotted(TomlTable table, string name, int line)
    {
        if (table[name] is null)
        {
            var made = New(table, name, line);
            _dotted.Add(made);
            return made;
        }

        return table[name] is TomlTable there && _dotted.Contains(there)
            ? there
            : throw new TomlException(line, $"'{name}' is {table[name]!.Kind} given on line {table[name]!.Line}; a dotted key cannot add to it");
    }

    private List<string> ReadKey()
    {
        var path = new List<string>(2);
        do
        {
            _cursor.SkipBlanks();
            path.Add(ReadName());
            _cursor.SkipBlanks();
            if (path.Count > DeepestNesting)
            {
                throw _cursor.Fault($"a key of more than {DeepestNesting} parts");
            }
        }
        while (_cursor.TryTake("."));
        return path;
    }

    private string ReadName()
    {
        if (_cursor.Next is '"' or '\'')
        {
            return TomlStrings.ReadLine(_cursor);
        }

        var name = _cursor.TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
        return name.Length > 0 ? name : throw _cursor.Fault($"expected a name, found {_cursor.Shown}");
    }

    private TomlValue ReadValue(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw _cursor.Fault($"values nested more than {DeepestNesting} deep");
        }

        var line = _cursor.Line;
        return _cursor.Next switch
        {
            '"' or '\'' => new TomlText(TomlStrings.Read(_cursor), line),
            '[' => ReadArray(depth + 1),
            '{' => ReadInlineTable(depth + 1),
            _ => TomlScalars.Read(_cursor),
        };
    }

    private TomlArray ReadArray(int depth)
    {
        var line = _cursor.Line;
        _cursor.Take();
        var items = new List<TomlValue>();
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.TryTake("]"))
            {
                return new TomlArray(items, line);
            }

            items.Add(ReadValue(depth));
            _cursor.SkipLines();
            if (!_cursor.TryTake(",") && _cursor.Next != ']')
            {
                throw _cursor.Fault($"expected ',' or ']' in the array of line {line}, found {_cursor.Shown}");
            }
        }
    }

    private TomlTable ReadInlineTable(int depth)
    {
        var table = new TomlTable(_cursor.Line);
        _cursor.Take();
        _cursor.SkipBlanks();
        if (!_cursor.TryTake("}"))
        {
            do
            {
                _cursor.SkipBlanks();
                ReadPair(table, depth);
                _cursor.SkipBlanks();
            }
            while (_cursor.TryTake(","));
            _cursor.Expect('}');
        }

        Close(table);
        return table;
    }

    private void Close(TomlTable table)
    {
        _closed.Add(table);
        foreach (var inner in table.Names.Select(name => table[name]).OfType<TomlTable>())
        {
            _dotted.Remove(inner);
            Close(inner);
        }
    }
}
