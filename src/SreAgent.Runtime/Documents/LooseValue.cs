namespace SreAgent.Runtime.Documents;

/// <summary>Makes sense of a value that YAML would not: a block, a list in brackets or dashes, a map, quoted or plain text.</summary>
internal static class LooseValue
{
    /// <param name="key">Its key.</param>
    /// <param name="line">Line of the file.</param>
    /// <param name="lines">What follows the colon, then the lines below it as they are.</param>
    public static FrontMatterEntry Parse(string key, int line, IReadOnlyList<string> lines)
    {
        var first = lines[0];
        var rest = lines.Skip(1).Where(text => !string.IsNullOrWhiteSpace(text)).ToArray();
        if (first is "|" or ">" or "|-" or ">-" or "|+" or ">+")
        {
            return new FrontMatterEntry(key, line, string.Join('\n', lines.Skip(1).Select(text => text.Trim())).Trim());
        }

        if (first.Length > 0 && first[0] == '[')
        {
            return new FrontMatterEntry(key, line, "", Items: Bracketed(string.Join(' ', rest.Prepend(first))));
        }

        if (first.Length == 0 && rest.Length > 0 && rest.All(text => text.TrimStart().StartsWith('-')))
        {
            return new FrontMatterEntry(key, line, "", Items: [.. rest.Select(text => Unquote(text.TrimStart().TrimStart('-').Trim())).Where(text => text.Length > 0)]);
        }

        if (first.Length == 0 && rest.Length > 0 && rest.All(text => char.IsWhiteSpace(text[0]) && text.Contains(':', StringComparison.Ordinal)))
        {
            return new FrontMatterEntry(key, line, "", Pairs: [.. rest.Select(Pair)]);
        }

        return new FrontMatterEntry(key, line, Unquote(string.Join('\n', lines.Select(text => text.TrimEnd())).Trim()));
    }

    private static string[] Bracketed(string text)
    {
        var end = text.IndexOf(']', StringComparison.Ordinal);
        return [.. text[1..(end < 0 ? text.Length : end)].Split(',').Select(item => Unquote(item.Trim())).Where(item => item.Length > 0)];
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return KeyValuePair.Create(Unquote(text[..colon].Trim()), Unquote(text[(colon + 1)..].Trim()));
    }

    private static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != text[^1] || text[0] is not ('"' or '\''))
        {
            return text;
        }

        var inner = text[1..^1];
        return text[0] == '\''
            ? inner.Replace("''", "'", StringComparison.Ordinal)
            : inner.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
    }
}
