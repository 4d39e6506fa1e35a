using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What a structured file states: kind and sort of text, a sentence made of the facts, and the facts by name.</summary>
internal static partial class Facts
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

    /// <summary>What is stated by the name of a setting that tells where something is: the address is quoted with it, and whatever is none is not.</summary>
    public static Statement StateByAddress(this SourceText text, StatementKind kind, string sort, int line, string name, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts) =>
        text.Lines[line - 1] is var said && said.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at && Address().IsMatch(said[(at + name.Length)..])
            ? text.State(kind, sort, line, line, sentence, facts)
            : text.StateByName(kind, sort, line, name, sentence, facts);

    public static string OneLine(string value, int longest = LongestValue)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }

    // A scheme or none, a host, a port, a short way; or what fills it in. Behind it may stand what closes the line.
    [GeneratedRegex(@"^[""']?\]?\s*[=:]\s*[""']?(\$?\{{0,2}[\w:. -]{1,80}\}{0,2}|([a-z][\w+.-]{0,20}:(\w{1,20}:)?//)?[\w.${}-]{1,120}(:\d{1,5})?(/[\w.${}-]{0,30}){0,6})[""',;]*\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();
}
