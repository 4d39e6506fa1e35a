using System.Text;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// Keeps text written here from calling people: <c>@name</c> and <c>@org/team</c> get a zero-width space after the sign, so that they read
/// the same and notify nobody. Code is left as it is, where it is certain that GitHub reads it as code too; in doubt it is not code.
/// </summary>
internal static partial class Mentions
{
    private const string ZeroWidthSpace = "\u200B";

    /// <returns>The text, and how many mentions were silenced.</returns>
    public static (string Text, int Silenced) Silence(string text)
    {
        var silenced = 0;
        var result = new StringBuilder(text.Length);
        foreach (var (part, isCode) in CodeIsCertain(text) ? Parts(text) : [(text, false)])
        {
            result.Append(isCode ? part : Mention().Replace(part, sign =>
            {
                silenced++;
                return sign.Value + ZeroWidthSpace;
            }));
        }

        return (result.ToString(), silenced);
    }

    /// <summary>In code too: for text that will stand among HTML, where it is not certain what is code.</summary>
    public static string SilenceAll(string text) => Mention().Replace(text, static sign => sign.Value + ZeroWidthSpace);

    /// <summary>
    /// HTML, fences anywhere but at the beginning of a line, and code spans that do not end on their line are read by GitHub in ways this
    /// does not follow.
    /// </summary>
    private static bool CodeIsCertain(string text) =>
        Parts(text).All(part => part.IsCode || !(part.Text.AsSpan().ContainsAny('`', '<') || part.Text.Contains("~~~", StringComparison.Ordinal)));

    private static IEnumerable<(string Text, bool IsCode)> Parts(string text)
    {
        string? fence = null;
        foreach (Match line in Line().Matches(text))
        {
            var whole = line.Value;
            if (fence is not null)
            {
                yield return (whole, true);
                fence = IsEnd(whole, fence) ? null : fence;
            }
            else if (Fence().Match(whole) is { Success: true } opening)
            {
                fence = opening.Groups["fence"].Value;
                yield return (whole, !whole.Contains('@', StringComparison.Ordinal));
            }
            else
            {
                foreach (var part in Spans(whole))
                {
                    yield return part;
                }
            }
        }
    }

    private static IEnumerable<(string Text, bool IsCode)> Spans(string line)
    {
        var from = 0;
        foreach (Match span in Span().Matches(line))
        {
            // A bar within a table's cell ends the cell, and with it the span.
            var isCode = !span.Value.Contains('|', StringComparison.Ordinal);
            yield return (line[from..span.Index], false);
            yield return (span.Value, isCode);
            from = span.Index + span.Length;
        }

        yield return (line[from..], false);
    }

    private static bool IsEnd(string line, string fence)
    {
        var trimmed = line.Trim();
        return trimmed.Length >= fence.Length && trimmed.All(character => character == fence[0]) && line.Length - line.TrimStart(' ').Length <= 3;
    }

    // The sign in every way Markdown writes it; not within an address such as ada@example.org, nor a digest such as image@sha256.
    [GeneratedRegex(@"(?<![A-Za-z0-9])(@|&\#0{0,9}64;|&\#[xX]0{0,9}40;|&commat;)(?=[A-Za-z0-9_&])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"[^\n]*\n|[^\n]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<fence>`{3,}|~{3,})[^`]*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    // An escaped backtick opens nothing.
    [GeneratedRegex(@"(?<![`\\])(?<ticks>`{1,2})(?!`)[^`\n]+(?<!`)\k<ticks>(?!`)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();
}
