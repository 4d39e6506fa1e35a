using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>
/// What stands between the two <c>---</c> lines at the top of a Markdown file. Read as YAML; where that fails, line by line, with a warning.
/// </summary>
/// <param name="Entries">In the order they are written, unknown keys included.</param>
/// <param name="Body">Everything after it; the whole text when there is none.</param>
/// <param name="BodyLine">Line of the file on which the body starts.</param>
internal sealed record FrontMatter(IReadOnlyList<FrontMatterEntry> Entries, string Body, int BodyLine, IReadOnlyList<DocumentProblem> Problems)
{
    // More than this is no front matter anybody wrote; YAML is not asked to read it.
    private const int LongestYaml = 64 * 1024;

    public bool Present => Entries.Count > 0;

    /// <summary>The entry under the first of these keys that is there; case, hyphens and underscores are not told apart.</summary>
    public FrontMatterEntry? Find(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Entries.FirstOrDefault(entry => FrontMatterEntry.SameKey(entry.Key, key)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The entry's text on one line, or null when it is missing or blank.</summary>
    public string? Text(params ReadOnlySpan<string> keys) =>
        Find(keys)?.Text is { } text && !string.IsNullOrWhiteSpace(text) ? MarkdownText.OneLine(text) : null;

    public static FrontMatter Read(string text)
    {
        var lines = text.Split('\n');
        var open = 0;
        while (open < lines.Length && string.IsNullOrWhiteSpace(lines[open]))
        {
            open++;
        }

        if (open == lines.Length || lines[open].TrimEnd() != "---")
        {
            return new FrontMatter([], text, 1, []);
        }

        var problems = new List<DocumentProblem>();
        var close = Array.FindIndex(lines, open + 1, line => line.TrimEnd() is "---" or "...");
        var bodyStart = close + 1;
        if (close < 0)
        {
            close = EndOfUnclosed(lines, open + 1);
            bodyStart = close;
            problems.Add(new DocumentProblem(open + 1, ProblemSeverity.Warning,
                "The front matter is never closed; it was taken to end before the first blank line or heading. Add a line '---' after it."));
        }

        var block = lines.AsSpan(open + 1, close - open - 1);
        var entries = ReadEntries(block, open + 2, problems);
        if (entries.Count == 0)
        {
            // Two rules with text between them, not front matter: nothing of it may get lost.
            return new FrontMatter([], text, 1, problems);
        }

        return new FrontMatter(entries, string.Join('\n', lines[bodyStart..]), bodyStart + 1, problems);
    }

    private static IReadOnlyList<FrontMatterEntry> ReadEntries(ReadOnlySpan<string> lines, int firstLine, List<DocumentProblem> problems)
    {
        var yaml = string.Join('\n', lines!);
        if (yaml.Length > LongestYaml)
        {
            problems.Add(new DocumentProblem(firstLine, ProblemSeverity.Warning,
                $"The front matter is longer than {LongestYaml:N0} characters and was read line by line. Move text into the body."));
            return LineFrontMatter.Read(lines, firstLine, problems);
        }

        var strict = YamlFrontMatter.Read(yaml, firstLine);
        if (strict.Entries is not null)
        {
            problems.AddRange(strict.Problems);
            return strict.Entries;
        }

        var loose = LineFrontMatter.Read(lines, firstLine, problems);
        if (loose.Count > 0)
        {
            problems.InsertRange(0, strict.Problems);
        }

        return loose;
    }

    private static int EndOfUnclosed(string[] lines, int from)
    {
        var end = Array.FindIndex(lines, from, line => string.IsNullOrWhiteSpace(line) || line[0] == '#');
        return end < 0 ? lines.Length : end;
    }
}

/// <param name="Line">Line of the file on which the key stands.</param>
/// <param name="Text">The value as text; empty for a list or a map.</param>
/// <param name="Items">The elements when the value is a list; of an element that is a map, its first key.</param>
/// <param name="Pairs">Keys and scalar values when the value is a map.</param>
internal sealed record FrontMatterEntry(
    string Key, int Line, string Text, IReadOnlyList<string>? Items = null, IReadOnlyList<KeyValuePair<string, string>>? Pairs = null)
{
    public static bool SameKey(string left, string right) =>
        string.Equals(Plain(left), Plain(right), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
