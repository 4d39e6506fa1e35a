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

    private static readonly HashSet<string> Orders = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "answer", "consider", "define", "delete", "describe", "detail", "document", "enter", "explain", "fill", "give", "include", "insert", "link", "list", "mention",
        "name", "note", "outline", "please", "provide", "replace", "specify", "state", "summarize", "summarise", "think", "this", "use", "what", "which", "who", "why", "how", "where", "write",
    };

    /// <summary>Whether text set apart as a hint tells the author what to write.</summary>
    public static bool Instructs(string text) => text.Contains('?', StringComparison.Ordinal) || Orders.Contains(text.TrimStart(' ', ':', '(', '_', '*').Split(' ')[0].TrimEnd(':', ','));

    /// <summary>A row of a table that somebody has yet to fill in or to tick, or that shows how one is filled in.</summary>
    public static bool IsOpenRow(IReadOnlyList<string> cells) => cells.Count > 1 && (cells.Skip(1).All(IsEmpty) || cells.Any(IsOpenBox) || cells[0].TrimStart(' ', '(', '_', '*').StartsWith("e.g.", StringComparison.OrdinalIgnoreCase));

    private static bool IsOpenBox(string text) => text.Trim() is "\u2B1C" or "\u2B1C\uFE0F" or "\u2610" or "\u25A1" or "[ ]" or "[]";

    /// <summary>Whether nothing is left of it once blanks for the author are taken out.</summary>
    public static bool IsEmpty(string text)
    {
        var plain = text.AsSpan().Trim(" \t*_`~-–—:.,;|#>()\"'");
        if (plain.Length == 0 || IsBlank(plain) || !plain.ContainsAnyExcept(Fillers))
        {
            return true;
        }

        var who = plain.TrimStart("@#");
        if (who.StartsWith("your-", StringComparison.OrdinalIgnoreCase) || who.StartsWith("your_", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // Domains that are kept for examples (RFC 2606): nobody is reached there.
        if (!plain.Contains(' ') && plain.IndexOf("@example.", StringComparison.OrdinalIgnoreCase) > 0)
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
