using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Takes the marks of AsciiDoc and reStructuredText out of a line, and leaves where links lead.</summary>
internal static partial class AsciiDocInlines
{
    private const int LongestLine = 4000;

    public static string Plain(string line)
    {
        var text = line.Length > LongestLine ? line[..LongestLine] : line;
        text = Named().Replace(text, "${text} (${url})");
        text = Cross().Replace(text, "${text}");
        text = Attribute().Replace(text, "");
        text = text.EndsWith(" +", StringComparison.Ordinal) ? text[..^2] : text;
        return text.Replace("``", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal)
            .Replace("__", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?:link:|xref:)?(?<url>(?:https?://|[\w./-]+\.(?:adoc|md|html))[^\s\[\]]*)\[(?<text>[^\]]*)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Named();

    [GeneratedRegex(@"<<[^,<>]*,?\s*(?<text>[^<>]*)>>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Cross();

    [GeneratedRegex(@"\{[\w-]+\}|image:\S+\[[^\]]*\]|\[\[[^\]]*\]\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Attribute();
}
