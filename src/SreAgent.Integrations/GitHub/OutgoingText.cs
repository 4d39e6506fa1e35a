using System.Text.RegularExpressions;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// What is about to be written where many people read it: short enough for GitHub, without secrets, calling nobody. A text that holds a
/// secret is refused, not cleaned: whoever wrote it should know, and a cleaned text may have lost its point.
/// </summary>
internal sealed partial class OutgoingText(Redactor redactor)
{
    public const int LongestBody = 65_536;
    public const int LongestTitle = 256;

    /// <exception cref="ToolException">Empty, too long, or holding a secret; nothing may be sent.</exception>
    public string Title(string text)
    {
        var title = Excerpt.Line(text, int.MaxValue);
        return Check(title, "title", LongestTitle);
    }

    /// <summary>Also says how many mentions were silenced.</summary>
    /// <exception cref="ToolException">Empty, too long, or holding a secret; nothing may be sent.</exception>
    public (string Text, int Silenced) Body(string text, string what = "body")
    {
        Check(text, what, LongestBody);
        var (silent, count) = Mentions.Silence(text);
        Check(silent, what, LongestBody);
        return (silent, count);
    }

    /// <exception cref="ToolException">It holds a secret; nothing may be sent.</exception>
    public string Short(string text, string what, int most) => Check(text.Trim(), what, most);

    private string Check(string text, string what, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ToolException($"The {what} is empty; nothing was sent.");
        }

        if (text.Length > most)
        {
            throw new ToolException($"The {what} has {text.Length:N0} characters, GitHub takes {most:N0}; nothing was sent. Shorten it, or split it into several comments.");
        }

        var redacted = redactor.Redact(text);
        return string.Equals(redacted, text, StringComparison.Ordinal)
            ? text
            : throw new ToolException($"The {what} holds what looks like a secret ({Kinds(text, redacted)}); nothing was sent. Take it out. If it is real and was shown to anybody, it must be replaced.");
    }

    private static string Kinds(string before, string after)
    {
        var known = Mark().Matches(before).Select(mark => mark.Value).ToArray();
        string[] fresh = [.. Mark().Matches(after).Select(mark => mark.Value).Except(known, StringComparer.Ordinal)];
        return string.Join(", ", (fresh.Length > 0 ? fresh : known).Distinct(StringComparer.Ordinal).Select(mark => mark["[redacted:".Length..^1]));
    }

    [GeneratedRegex(@"\[redacted:[a-z-]+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
