using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>Outside text in Markdown of ours, so that it is shown and does nothing: no links, no pictures, no HTML, no ends of sections.</summary>
public static partial class MarkdownText
{
    /// <summary>As code, on one line.</summary>
    public static string Code(string text)
    {
        var line = OneLine(text);
        var ticks = new string('`', Ticks().Matches(line).Select(run => run.Length).DefaultIfEmpty(0).Max() + 1);
        var space = line.StartsWith('`') || line.EndsWith('`') || line.Length == 0 ? " " : "";
        return $"{ticks}{space}{line}{space}{ticks}";
    }

    /// <summary>As prose, on one line. A number after <c>#</c> refers to nothing.</summary>
    public static string Plain(string text) => Reference().Replace(Special().Replace(OneLine(text), @"\$0"), "#\u200B");

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("`+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[\\`*_{}\[\]<>|~!&]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Special();

    [GeneratedRegex(@"\#(?=[0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Reference();
}
