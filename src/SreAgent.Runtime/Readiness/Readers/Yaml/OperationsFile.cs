namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>Operations on another document ("replace this there by that"), as BOSH takes them: what is put there states what it would state in its place.</summary>
internal static class OperationsFile
{
    /// <returns>The document, and what its operations put elsewhere, each as a document of its own.</returns>
    public static IEnumerable<YamlNode> Open(YamlNode document)
    {
        yield return document;
        foreach (var operation in (document as YamlList)?.Elements ?? [])
        {
            if (operation.Text("type") != "replace" || operation.Text("path") is not { } path || operation.At("value") is not { } value)
            {
                continue;
            }

            // Groups of rules are found wherever they stand.
            if (value.At("rules") is not YamlList && Last(path) is { } key)
            {
                yield return Within(key.Name, value, key.Appends);
            }
        }
    }

    // The last part that is a name: ".../receivers?/-" appends to receivers.
    private static (string Name, bool Appends)? Last(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is [.., var list, "-"] ? (list.TrimEnd('?'), true) : parts is [.., var name] && !name.Contains('=', StringComparison.Ordinal) ? (name.TrimEnd('?'), false) : null;
    }

    private static YamlMap Within(string key, YamlNode value, bool list)
    {
        var held = value;
        if (list)
        {
            var items = new YamlList(value.Line) { EndLine = value.EndLine };
            items.Elements.Add(value);
            held = items;
        }

        var map = new YamlMap(value.Line) { EndLine = value.EndLine };
        map.Pairs.Add(new YamlEntry(key, value.Line, held));
        return map;
    }
}
