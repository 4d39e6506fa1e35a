using System.Globalization;
using SreAgent.Core.Readiness;
using SreAgent.Core.Toml;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>A platform's configuration of an application, which some platforms take as TOML and as JSON or YAML alike, in one form.</summary>
internal static class PlatformFile
{
    /// <summary>Whether a file is called so, with any of the endings such a file has.</summary>
    public static bool IsCalled(string path, string start) =>
        path[(path.LastIndexOf('/') + 1)..] is var name && name.StartsWith(start, StringComparison.Ordinal) && Path.GetExtension(name) is ".toml" or ".json" or ".jsonc" or ".yaml" or ".yml";

    /// <returns>From a file that breaks off, what stands above the break; null when that is nothing.</returns>
    public static TomlTable? Read(SourceText text) =>
        text.Path.EndsWith(".toml", StringComparison.Ordinal) ? ReadToml(text) : YamlText.Read(text) is [YamlMap map, ..] ? Table(map) : null;

    /// <summary>The tables under a name, whether there is one or a list of them.</summary>
    public static IEnumerable<TomlTable> Tables(TomlTable table, string name) => table[name] switch
    {
        TomlTable one => [one],
        TomlArray many => many.Items.OfType<TomlTable>(),
        _ => [],
    };

    private static TomlTable? ReadToml(SourceText text)
    {
        try
        {
            return TomlReader.Read(text.Text);
        }
        catch (TomlException broken) when (broken.Line > 1)
        {
            try
            {
                return TomlReader.Read(string.Join('\n', text.Lines.Take(broken.Line - 1)));
            }
            catch (TomlException)
            {
                return null;
            }
        }
        catch (TomlException)
        {
            return null;
        }
    }

    private static TomlTable Table(YamlMap map)
    {
        var table = new TomlTable(map.Line);
        foreach (var pair in map.Pairs)
        {
            table.Set(pair.Name, Value(pair.Value, pair.Line));
        }

        return table;
    }

    private static TomlValue Value(YamlNode node, int line) => node switch
    {
        YamlMap map => Table(map),
        YamlList list => new TomlArray([.. list.Elements.Select(element => Value(element, element.Line))], line),
        YamlScalar { Value: "true" or "false" } flag => new TomlFlag(flag.Value == "true", line),
        YamlScalar scalar when long.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var whole) => new TomlWhole(whole, line),
        YamlScalar scalar => new TomlText(scalar.Value, line),
        _ => new TomlText("", line),
    };
}
