using System.IO.Enumeration;

namespace SreAgent.Core.Policy;

/// <summary>Names with <c>*</c>: the only pattern language of policy, grants and toolset filters.</summary>
public static class Pattern
{
    public static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(Escape(pattern), text, ignoreCase: true);

    public static bool MatchesAny(IReadOnlyList<string> patterns, string text)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Any(pattern => Matches(pattern, text));
    }

    // The matcher gives '?' and '\' a meaning of their own; here they are plain characters.
    private static string Escape(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
}
