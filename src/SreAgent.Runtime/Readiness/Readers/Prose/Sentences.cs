namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>Where sentences end.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase) { "e.g", "i.e", "etc", "vs", "cf", "approx", "no", "incl", "resp", "eg", "ie", "aka" };

    /// <returns>Each with its stop; space around them taken off.</returns>
    public static IEnumerable<Range> Of(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('.' or '!' or '?') || !Ends(text, start, at))
            {
                continue;
            }

            var end = at + 1;
            while (end < text.Length && text[end] is ')' or '"' or '”' or '?' or '!' or '.' or '*' or '_')
            {
                end++;
            }

            yield return start..end;
            start = end;
            while (start < text.Length && text[start] == ' ')
            {
                start++;
            }

            at = start - 1;
        }

        if (start < text.Length)
        {
            yield return start..text.Length;
        }
    }

    private static bool Ends(string text, int start, int at)
    {
        if (at + 1 < text.Length && text[at + 1] is not (' ' or ')' or '"' or '”' or '?' or '!' or '.' or '*' or '_'))
        {
            return false;
        }

        if (text[at] != '.')
        {
            // A question inside parentheses goes on.
            return text.AsSpan(start, at - start).Count('(') <= text.AsSpan(start, Math.Min(text.Length, at + 2) - start).Count(')');
        }

        var word = text.AsSpan(start, at - start);
        word = word[(word.LastIndexOf(' ') + 1)..].TrimStart('(');
        if (Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && (at + 2 >= text.Length || !char.IsUpper(text[at + 2]) || word is not ("etc" or "no")))
        {
            return at + 1 >= text.Length;
        }

        return at + 2 >= text.Length || !char.IsLower(text[at + 2]);
    }
}
