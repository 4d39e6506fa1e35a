using SreAgent.Core.Personas;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SreAgent.Runtime.Documents;

/// <summary>
/// Reads front matter from YAML's event stream, building nothing: aliases are never followed (no expansion bomb), tags never honoured
/// (no foreign type), depth and number of events are bounded.
/// </summary>
internal sealed class YamlFrontMatter
{
    private const int MaxDepth = 8;
    private const int MaxEvents = 5_000;

    private readonly IParser _parser;
    private readonly int _firstLine;
    private readonly List<DocumentProblem> _problems = [];
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private int _events;

    private YamlFrontMatter(string yaml, int firstLine)
    {
        _parser = new Parser(new StringReader(yaml));
        _firstLine = firstLine;
    }

    /// <param name="yaml">The front matter without its fences.</param>
    /// <param name="firstLine">Line of the file on which it starts.</param>
    /// <returns>No entries when it is not a YAML map; then the one problem is the warning that says why.</returns>
    public static (IReadOnlyList<FrontMatterEntry>? Entries, IReadOnlyList<DocumentProblem> Problems) Read(string yaml, int firstLine)
    {
        var reader = new YamlFrontMatter(yaml, firstLine);
        try
        {
            return (reader.ReadMap(), reader._problems);
        }
        catch (YamlException exception)
        {
            return Fallback(firstLine + (int)Math.Max(0, exception.Start.Line - 1), exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library's scanner is outside our control, and no file may bring the host down.
            return Fallback(firstLine, exception.Message);
        }
    }

    private static (IReadOnlyList<FrontMatterEntry>?, IReadOnlyList<DocumentProblem>) Fallback(int line, string why) =>
        (null, [new DocumentProblem(line, ProblemSeverity.Warning,
            $"Not valid YAML ({MarkdownText.Quotable(why)}); read line by line instead. Put values that hold ': ', '#' or quotes in quotes, or indent them under '|'.")]);

    private List<FrontMatterEntry> ReadMap()
    {
        var entries = new List<FrontMatterEntry>();
        Next<StreamStart>();
        if (!Step() || _parser.Current is StreamEnd)
        {
            return entries;
        }

        Next<MappingStart>();
        while (Step() && _parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar key)
            {
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a key that is not plain text");
            }

            var entry = ReadValue(key.Value, Line(key));
            if (entries.Any(other => FrontMatterEntry.SameKey(other.Key, entry.Key)))
            {
                Warn(entry.Line, $"'{MarkdownText.Quotable(entry.Key)}' is written twice; the first one counts.");
                continue;
            }

            entries.Add(entry);
        }

        return entries;
    }

    private FrontMatterEntry ReadValue(string key, int line)
    {
        Step();
        switch (_parser.Current)
        {
            case Scalar { Value: "", Anchor.IsEmpty: false } anchored:
                throw new YamlException(anchored.Start, anchored.End, "text that starts with '&' and is not quoted");
            case SequenceStart:
                NoteTag();
                return new FrontMatterEntry(key, line, "", Items: ReadItems());
            case MappingStart:
                NoteTag();
                return new FrontMatterEntry(key, line, "", Pairs: ReadPairs());
            default:
                return new FrontMatterEntry(key, line, ReadScalar() ?? "");
        }
    }

    private List<string> ReadItems()
    {
        var items = new List<string>();
        while (Step() && _parser.Current is not SequenceEnd)
        {
            if (_parser.Current is MappingStart)
            {
                items.AddRange(ReadPairs().Take(1).Select(pair => pair.Key));
            }
            else if (ReadScalar() is { Length: > 0 } text)
            {
                items.Add(text);
            }
        }

        return items;
    }

    private List<KeyValuePair<string, string>> ReadPairs()
    {
        var pairs = new List<KeyValuePair<string, string>>();
        while (Step() && _parser.Current is not MappingEnd)
        {
            var key = ReadScalar() ?? "";
            Step();
            pairs.Add(KeyValuePair.Create(key, ReadScalar() ?? ""));
        }

        return pairs;
    }

    /// <summary>The scalar under the cursor; anything nested is stepped over and answered with null.</summary>
    private string? ReadScalar()
    {
        NoteTag();
        switch (_parser.Current)
        {
            case Scalar { Style: ScalarStyle.Plain, Value: "~" or "null" }:
                return "";
            case Scalar scalar:
                return scalar.Value;
            case AnchorAlias alias when !_anchors.Contains(alias.Value.Value):
                throw new YamlException(alias.Start, alias.End, "text that starts with '*' and is not quoted");
            case AnchorAlias alias:
                Warn(Line(alias), $"'*{alias.Value}' is an alias; aliases are not followed. Write the value out.");
                return "";
            default:
                SkipNested();
                return null;
        }
    }

    private void SkipNested()
    {
        for (var depth = 1; depth > 0 && Step();)
        {
            depth += _parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
            {
                throw new YamlException(_parser.Current.Start, _parser.Current.End, "nested too deeply");
            }
        }
    }

    private void NoteTag()
    {
        if (_parser.Current is NodeEvent { Tag: { IsEmpty: false } tag } node && !string.Equals(tag.Value, "tag:yaml.org,2002:str", StringComparison.Ordinal))
        {
            Warn(Line(node), $"The tag '{MarkdownText.Quotable(tag.Value)}' is ignored.");
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        Step();
        if (_parser.Current is DocumentStart)
        {
            Step();
        }

        if (_parser.Current is not T)
        {
            throw new YamlException(_parser.Current?.Start ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty, "not a list of 'key: value' lines");
        }
    }

    private bool Step()
    {
        if (++_events > MaxEvents)
        {
            throw new YamlException("more than anybody would write by hand");
        }

        var moved = _parser.MoveNext();
        if (_parser.Current is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            _anchors.Add(anchor.Value);
        }

        return moved;
    }

    private int Line(ParsingEvent at) => _firstLine + (int)at.Start.Line - 1;

    private void Warn(int line, string message)
    {
        // One file with a thousand aliases is one problem.
        if (_problems.Count < 20)
        {
            _problems.Add(new DocumentProblem(line, ProblemSeverity.Warning, message));
        }
    }
}
