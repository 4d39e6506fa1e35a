namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>A part of a YAML document, with the lines it stands on.</summary>
/// <param name="line">From 1.</param>
internal abstract class YamlNode(int line)
{
    public int Line { get; } = line;

    public int EndLine { get; set; } = line;

    /// <summary>Maps entered by name; null where the way ends.</summary>
    public YamlNode? At(params ReadOnlySpan<string> way)
    {
        var here = this;
        foreach (var name in way)
        {
            here = (here as YamlMap)?[name];
            if (here is null)
            {
                return null;
            }
        }

        return here;
    }

    /// <summary>The text there, or null when it is empty or no text.</summary>
    public string? Text(params ReadOnlySpan<string> way) => At(way) is YamlScalar { Value.Length: > 0 } scalar ? scalar.Value : null;

    public IReadOnlyList<YamlNode> Items(params ReadOnlySpan<string> way) => At(way) is YamlList list ? list.Elements : [];

    public IReadOnlyList<YamlEntry> Entries(params ReadOnlySpan<string> way) => At(way) is YamlMap map ? map.Pairs : [];

    /// <summary>The entry with its name, so that the line of the name can be cited.</summary>
    public YamlEntry? Entry(params ReadOnlySpan<string> way) => At(way[..^1]) is YamlMap map ? map.Find(way[^1]) : null;
}

internal sealed class YamlScalar(string value, int line) : YamlNode(line)
{
    /// <summary>Stands where a template puts something that only its installation knows.</summary>
    public const string Templated = "templated";

    public string Value { get; } = value;
}

internal sealed class YamlList(int line) : YamlNode(line)
{
    public List<YamlNode> Elements { get; } = [];
}

internal sealed class YamlMap(int line) : YamlNode(line)
{
    public List<YamlEntry> Pairs { get; } = [];

    public YamlNode? this[string name] => Find(name)?.Value;

    public YamlEntry? Find(string name)
    {
        foreach (var pair in Pairs)
        {
            if (string.Equals(pair.Name, name, StringComparison.Ordinal))
            {
                return pair;
            }
        }

        return null;
    }
}

/// <param name="Line">Of the name.</param>
internal sealed record YamlEntry(string Name, int Line, YamlNode Value)
{
    public int EndLine => Math.Max(Line, Value.EndLine);
}
