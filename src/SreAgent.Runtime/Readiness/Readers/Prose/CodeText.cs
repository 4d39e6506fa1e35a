using System.Buffers;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Which blocks of code show something an operator can use: a command, a query, a list of metrics. A program does not.</summary>
internal static class CodeText
{
    private static readonly HashSet<string> Usable = new(StringComparer.OrdinalIgnoreCase)
    {
        "sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession", "terminal", "powershell", "ps1", "promql", "logql", "sql", "psql", "kusto",
    };

    private static readonly SearchValues<char> OfPrograms = SearchValues.Create("{};");

    public static bool IsConcrete(string content, string language)
    {
        var text = content.AsSpan().Trim();
        if (text.Length == 0 || Placeholders.IsEmpty(text.Length > 200 ? text[..200].ToString() : text.ToString()))
        {
            return false;
        }

        return Usable.Contains(language.Trim()) || language.Trim().Length == 0 && (text.StartsWith("$ ") || IsQuery(text) || !text.ContainsAny(OfPrograms));
    }

    private static bool IsQuery(ReadOnlySpan<char> text) => text.Contains("_total", StringComparison.Ordinal) || text.Contains("rate(", StringComparison.Ordinal) || text.Contains("{__name__", StringComparison.Ordinal);
}
