using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Why, as people end a request: "because users see errors".</summary>
internal static partial class SpokenReason
{
    public const string None = "No reason was given.";

    /// <summary>Takes the reason off the end of a request; empty when none was given.</summary>
    public static (string Asked, string Reason) TakeFrom(string text)
    {
        var match = AtEnd().Match(text);
        return match.Success ? (text[..match.Index].TrimEnd(' ', ','), match.Groups["reason"].Value.TrimEnd(' ', '.', '!', '?')) : (text, "");
    }

    [GeneratedRegex(@"\s*,?\s+(because|since|as|for the reason that)\s+(?<reason>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex AtEnd();
}
