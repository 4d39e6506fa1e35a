using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What a structured file states: kind and sort of text, a sentence made of the facts, and the facts by name.</summary>
internal static class Facts
{
    private const int LongestValue = 240;

    /// <param name="sort">In words, for the citation: <c>alert rule</c>.</param>
    /// <param name="facts">Those without a value are left out.</param>
    public static Statement State(this SourceText text, StatementKind kind, string sort, int line, int endLine, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                fields[name] = OneLine(value);
            }
        }

        return new Statement
        {
            Kind = kind,
            At = text.CiteSettings(line, endLine) with { Kind = sort },
            Text = OneLine(sentence, 2 * LongestValue),
            Fields = fields,
        };
    }

    /// <summary>What is stated by the name of a setting, whose value may be a secret: the name alone is quoted.</summary>
    public static Statement StateByName(this SourceText text, StatementKind kind, string sort, int line, string name, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts) =>
        text.State(kind, sort, line, line, sentence, facts) is var statement && text.Lines[line - 1].Contains(name, StringComparison.Ordinal) ? statement with { At = statement.At with { Quote = name } } : statement;

    public static string OneLine(string value, int longest = LongestValue)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }
}
