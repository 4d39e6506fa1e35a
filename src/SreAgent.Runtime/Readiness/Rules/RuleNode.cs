using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SreAgent.Runtime.Readiness.Rules;

/// <summary>A place in a rule file: its value, and where to report what is wrong with it.</summary>
internal sealed class RuleNode(YamlNode node, RuleFile file)
{
    public int Line => (int)node.Start.Line;

    public void Wrong(string message) => file.Wrong(Line, message);

    /// <summary>The entries of a map. What the known keys do not name is a mistake: a misspelt key would silently change a verdict.</summary>
    public Dictionary<string, RuleNode> Map(params ReadOnlySpan<string> known)
    {
        var entries = new Dictionary<string, RuleNode>(StringComparer.Ordinal);
        if (node is not YamlMappingNode map)
        {
            Wrong("expected 'key: value' lines");
            return entries;
        }

        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!known.IsEmpty && !known.Contains(name))
            {
                file.Wrong((int)key.Start.Line, $"'{name}' is not known here; there are {string.Join(", ", known.ToArray())}");
                continue;
            }

            entries[name] = new RuleNode(value, file);
        }

        return entries;
    }

    public IReadOnlyList<RuleNode> Items()
    {
        if (node is YamlSequenceNode items)
        {
            return [.. items.Children.Select(item => new RuleNode(item, file))];
        }

        Wrong("expected a list");
        return [];
    }

    public bool IsText => node is YamlScalarNode;

    public bool IsMap => node is YamlMappingNode;

    public string Text()
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            return text.Trim();
        }

        Wrong("expected text");
        return "";
    }

    /// <summary>A list of texts, or one text.</summary>
    public IReadOnlyList<string> Texts() => IsText ? [Text()] : [.. Items().Select(item => item.Text())];

    public int Number()
    {
        if (int.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            return number;
        }

        Wrong("expected a number above zero");
        return 1;
    }

    public bool Flag()
    {
        if (bool.TryParse(Text(), out var flag))
        {
            return flag;
        }

        Wrong("expected true or false");
        return false;
    }
}
