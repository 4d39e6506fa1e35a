using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>
/// Reads front matter that is not YAML. A line <c>key:</c> at the margin starts a value; everything until the next key belongs to it, so
/// that a description may hold colons, examples and dialogues. Unknown keys are kept, except inside prose, where they are part of it.
/// </summary>
internal static class LineFrontMatter
{
    private static readonly HashSet<string> KnownKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "title", "description", "tools", "allowed-tools", "allowedtools", "disallowedtools", "disallowed-tools", "model", "skills", "tags",
        "reports_to", "level", "color", "colour", "emoji", "vibe", "version", "author", "category", "license", "compatibility", "metadata",
        "mcpservers", "mcp_servers", "permissionmode", "maxturns", "hooks", "memory", "background", "isolation", "effort", "argument-hint", "mode",
        "temperature", "priority", "when_to_use", "examples", "globs", "keywords", "department", "division", "services", "specialty",
    };

    // A key inside one of these is more likely a speaker ("user:") or a label ("Context:") than a key.
    private static readonly HashSet<string> ProseKeys = new(StringComparer.OrdinalIgnoreCase) { "description", "examples", "when_to_use", "vibe" };

    public static IReadOnlyList<FrontMatterEntry> Read(ReadOnlySpan<string> lines, int firstLine, List<DocumentProblem> problems)
    {
        var entries = new List<FrontMatterEntry>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var value = new List<string>();
        string? current = null;
        var currentLine = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (KeyOf(lines[i]) is { } key && Starts(key, current, seen))
            {
                Finish();
                current = key;
                currentLine = firstLine + i;
                seen.Add(key);
                value.Add(lines[i][(lines[i].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            }
            else if (current is not null)
            {
                value.Add(lines[i]);
            }
            else if (!string.IsNullOrWhiteSpace(lines[i]) && lines[i][0] != '#')
            {
                problems.Add(new DocumentProblem(firstLine + i, ProblemSeverity.Warning, "Not a 'key: value' line; ignored."));
                current = "";
            }
        }

        Finish();
        return entries;

        void Finish()
        {
            if (!string.IsNullOrEmpty(current))
            {
                entries.Add(LooseValue.Parse(current, currentLine, value));
            }

            value.Clear();
        }
    }

    private static bool Starts(string key, string? current, HashSet<string> seen)
    {
        if (seen.Contains(key))
        {
            return false;
        }

        return KnownKeys.Contains(key) || current is null || !ProseKeys.Contains(current);
    }

    private static string? KeyOf(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > 40 || !char.IsAsciiLetter(line[0]) || (colon + 1 < line.Length && !char.IsWhiteSpace(line[colon + 1])))
        {
            return null;
        }

        var key = line[..colon].TrimEnd();
        return key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : null;
    }
}
