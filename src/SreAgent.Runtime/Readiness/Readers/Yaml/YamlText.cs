using SreAgent.Core.Readiness;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>
/// Reads the documents of a YAML file from its event stream. Aliases are not followed (no expansion bomb), depth and number of events are
/// bounded, and where a document breaks off, what stood before is kept.
/// </summary>
internal sealed class YamlText
{
    private const int MaxDepth = 64;
    private const int MaxEvents = 200_000;

    private readonly HashSet<int> _templated;
    private readonly List<YamlNode> _documents = [];
    private readonly Stack<Open> _open = new();
    private int _lastLine = 1;

    private YamlText(HashSet<int> templated) => _templated = templated;

    /// <returns>The root of each document, in order.</returns>
    public static IReadOnlyList<YamlNode> Read(SourceText text)
    {
        var plain = WithoutDefinitions(text);
        var hasTemplates = plain.Contains("{{", StringComparison.Ordinal) || plain.Contains("{%", StringComparison.Ordinal) || plain.Contains("<%", StringComparison.Ordinal);
        if (hasTemplates && text.Path.Contains("templates/", StringComparison.OrdinalIgnoreCase))
        {
            return ReadTemplate(plain);
        }

        var (documents, whole) = Parse(plain, []);
        return whole || !hasTemplates ? documents : ReadTemplate(plain);
    }

    private static IReadOnlyList<YamlNode> ReadTemplate(string text)
    {
        var plain = TemplateMarks.Remove(text.Split('\n'));
        return Parse(plain.Text, plain.Filled).Documents;
    }

    // Definitions of resources are the longest documents there are and state nothing; their lines become empty, so that the others keep theirs.
    private static string WithoutDefinitions(SourceText text)
    {
        const string Definition = "kind: CustomResourceDefinition";
        if (!text.Text.Contains(Definition, StringComparison.Ordinal))
        {
            return text.Text;
        }

        var (lines, first) = (text.Lines.ToArray(), 0);
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i == lines.Length || lines[i].StartsWith("---", StringComparison.Ordinal))
            {
                if (lines.AsSpan(first, i - first).Contains(Definition))
                {
                    lines.AsSpan(first, i - first).Fill("");
                }

                first = i;
            }
        }

        return string.Join('\n', lines);
    }

    private static (IReadOnlyList<YamlNode> Documents, bool Whole) Parse(string text, HashSet<int> templated)
    {
        var reader = new YamlText(templated);
        try
        {
            var parser = new Parser(new StringReader(text));
            for (var events = 0; events < MaxEvents && parser.MoveNext(); events++)
            {
                if (!reader.Take(parser.Current!))
                {
                    return (reader.Finish(), false);
                }
            }

            return (reader.Finish(), true);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library's scanner is outside our control, and no file may bring a review down.
            return (reader.Finish(), false);
        }
    }

    private bool Take(ParsingEvent parsed)
    {
        switch (parsed)
        {
            case Scalar scalar:
                Add(ScalarOf(scalar));
                return true;
            case AnchorAlias alias:
                Add(new YamlScalar("", (int)alias.Start.Line));
                return true;
            case MappingStart or SequenceStart when _open.Count >= MaxDepth:
                return false;
            case MappingStart:
                _open.Push(new Open(new YamlMap((int)parsed.Start.Line)));
                return true;
            case SequenceStart:
                _open.Push(new Open(new YamlList((int)parsed.Start.Line)));
                return true;
            case MappingEnd or SequenceEnd:
                Close();
                return true;
            default:
                return true;
        }
    }

    private YamlScalar ScalarOf(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        var value = scalar.Value;
        if (value.Length == 0 && scalar.Style == ScalarStyle.Plain && _templated.Contains(line + 1))
        {
            value = YamlScalar.Templated;
        }

        var end = (int)scalar.End.Line;
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            // A block ends where the next thing begins; its own last line is above.
            end = Math.Max(line, Math.Min(end, line + value.AsSpan().TrimEnd('\n').Count('\n') + 1));
        }

        return new YamlScalar(value, line) { EndLine = end };
    }

    private void Close()
    {
        var node = _open.Pop().Node;
        node.EndLine = Math.Max(node.Line, _lastLine);
        Add(node);
    }

    private void Add(YamlNode node)
    {
        if (node is YamlScalar { Value.Length: > 0 })
        {
            _lastLine = Math.Max(_lastLine, node.EndLine);
        }

        if (_open.Count == 0)
        {
            _documents.Add(node);
            return;
        }

        var parent = _open.Peek();
        if (parent.Node is YamlList list)
        {
            list.Elements.Add(node);
        }
        else if (parent.Name is null)
        {
            parent.Name = node is YamlScalar name ? name.Value : "";
            parent.NameLine = node.Line;
            _lastLine = Math.Max(_lastLine, node.Line);
        }
        else
        {
            ((YamlMap)parent.Node).Pairs.Add(new YamlEntry(parent.Name, parent.NameLine, node));
            parent.Name = null;
        }
    }

    private List<YamlNode> Finish()
    {
        while (_open.Count > 0)
        {
            if (_open.Peek().Name is not null)
            {
                Add(new YamlScalar("", _open.Peek().NameLine));
            }

            Close();
        }

        return _documents;
    }

    private sealed class Open(YamlNode node)
    {
        public YamlNode Node { get; } = node;

        /// <summary>Read, and its value not yet.</summary>
        public string? Name { get; set; }

        public int NameLine { get; set; }
    }
}
