using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What a structured file states: kind and sort of text, a sentence made of the facts, and the facts by name.</summary>
internal static partial class Facts
{
    private const int LongestValue = 240;

    /// <param name="sort">In words, for the citation: <c>alert rule</c>.</param>
    /// <param name="facts">Those without a value are left out.</param>
    public static Statement State(this SourceText text, StatementKind kind, string sort, int line, int endLine, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts) =>
        State(text.CiteSettings(line, endLine), kind, sort, sentence, facts);

    /// <summary>What is stated by the name of a setting, whose value may be a secret: the name alone is quoted, and nothing where it stands elsewhere.</summary>
    public static Statement StateByName(this SourceText text, StatementKind kind, string sort, int line, string name, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts) =>
        State(new Citation(text.Path, line, line, text.Lines[line - 1].Contains(name, StringComparison.Ordinal) ? name : ""), kind, sort, sentence, facts);

    /// <summary>What is stated by the name of a setting that tells where something is: the address is quoted with it, and whatever is none is not.</summary>
    public static Statement StateByAddress(this SourceText text, StatementKind kind, string sort, int line, string name, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts) =>
        text.Lines[line - 1] is var said && said.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at && !Address().IsMatch(said[(at + name.Length)..])
            ? text.StateByName(kind, sort, line, name, sentence, facts)
            : text.State(kind, sort, line, line, sentence, facts);

    /// <param name="at">With the quote.</param>
    public static Statement State(Citation at, StatementKind kind, string sort, string sentence, params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                fields[name] = OneLine(value);
            }
        }

        return new Statement { Kind = kind, At = at with { Kind = sort }, Text = OneLine(sentence, 2 * LongestValue), Fields = fields };
    }

    public static string OneLine(string value, int longest = LongestValue)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }

    // A scheme or none, a host, a port, a short way; or what fills it in. Behind it may stand what closes the line.
    [GeneratedRegex(@"^[""']?\]?\s*[=:]\s*[""']?(\$\{[^{}]{1,80}\}|\{\{[^{}]{1,80}\}\}|\(\([^()]{1,80}\)\)|([a-z][\w+.-]{0,20}:(\w{1,20}:)?//)?[\w.${}-]{1,120}(:\d{1,5})?(/[\w.${}-]{0,30}){0,6})[""',;]*\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Address();
}
