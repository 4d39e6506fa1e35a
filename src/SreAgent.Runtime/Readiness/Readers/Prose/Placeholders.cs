using System.Buffers;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Text that stands where an answer should and is none.</summary>
internal static class Placeholders
{
    private static readonly string[] Openings =
    [
        "tbd", "tba", "tbc", "todo", "to do", "fixme", "xxx", "wip", "work in progress", "to be decided", "to be determined", "to be defined", "to be done", "to be filled",
        "to be completed", "to be added", "to be written", "to be confirmed", "to be documented", "to be specified", "to be provided", "to be announced",
        "fill in", "fill me in", "coming soon", "under construction", "lorem ipsum", "not yet written", "placeholder", "your answer here", "insert ", "add here", "describe here", "<!--",
    ];

    private static readonly SearchValues<char> Brackets = SearchValues.Create("<>[]");
    private static readonly SearchValues<char> Fillers = SearchValues.Create("?!.…_-xX ");

    /// <summary>Whether nothing is left of it once blanks for the author are taken out.</summary>
    public static bool IsEmpty(string text)
    {
        var plain = text.AsSpan().Trim(" \t*_`~-–—:.,;|#>()\"'");
        if (plain.Length == 0 || IsBlank(plain) || !plain.ContainsAnyExcept(Fillers))
        {
            return true;
        }

        foreach (var opening in Openings)
        {
            if (plain.StartsWith(opening, StringComparison.OrdinalIgnoreCase) && (plain.Length == opening.Length || !char.IsLetterOrDigit(plain[opening.Length])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>&lt;your service&gt;</c>, <c>[short description]</c>, <c>{{ name }}</c> and nothing else.</summary>
    private static bool IsBlank(ReadOnlySpan<char> text) =>
        text.Length > 2 && (text[0], text[^1]) is ('<', '>') or ('[', ']') or ('{', '}') && !text.Contains("://", StringComparison.Ordinal) && !text[1..^1].ContainsAny(Brackets);
}
