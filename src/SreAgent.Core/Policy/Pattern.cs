namespace SreAgent.Core.Policy;

/// <summary>
/// Names with <c>*</c> for any run of characters, none included, compared without case; every other character stands for itself. The
/// only pattern language of policy, grants and toolset filters.
/// </summary>
public static class Pattern
{
    public static bool Matches(string pattern, string text)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(text);

        // Only the last star can usefully take more: what an earlier one took is settled by the literal found after it. Hence no
        // recursion and no text that makes a pattern slow.
        var (p, t) = (0, 0);
        var (star, resume) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    public static bool MatchesAny(IReadOnlyList<string> patterns, string text)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Any(pattern => Matches(pattern, text));
    }
}
