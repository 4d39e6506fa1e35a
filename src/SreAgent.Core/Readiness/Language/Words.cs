namespace SreAgent.Core.Readiness.Language;

/// <summary>One word of a text, lower case, with what it looks like.</summary>
internal readonly record struct Word(string Text, Shapes Shape);

/// <summary>Takes a text apart into words. Hyphens and slashes part words, underscores do not.</summary>
internal static class Words
{
    private const int Most = 400;

    // With the space behind it; only where memory for a text begins.
    private const int LettersOfWord = 6;

    public static IReadOnlyList<Word> Of(string text) => Of(text, new Vocabulary());

    /// <param name="text">Of any length; what is beyond 400 words is left out.</param>
    /// <param name="vocabulary">Words met before.</param>
    public static IReadOnlyList<Word> Of(string text, Vocabulary vocabulary)
    {
        var words = new List<Word>(Math.Min((text.Length / LettersOfWord) + 1, Most));
        for (var at = 0; at < text.Length && words.Count < Most;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at > start)
            {
                Add(words, text.AsSpan(start, at - start), vocabulary);
            }
        }

        return words;
    }

    private static void Add(List<Word> words, ReadOnlySpan<char> chunk, Vocabulary vocabulary)
    {
        chunk = chunk.Trim("\"'`.,;:!?()[]{}*|“”‘’");
        if (chunk.Length == 0)
        {
            return;
        }

        if (chunk is "<" or ">" or "<=" or ">=" or "≤" or "≥" or "==" or "=<" or "=>")
        {
            words.Add(new Word("<bound>", Shapes.Bound));
            return;
        }

        if (chunk.Length > 1 && chunk[0] is '<' or '>' or '≤' or '≥' && chunk[1..].TrimStart('=') is [var digit, ..] && char.IsDigit(digit))
        {
            words.Add(new Word("<bound>", Shapes.Bound));
        }

        var whole = WordShapes.OfChunk(chunk);
        if ((whole & Shapes.Link) != Shapes.None)
        {
            // Where it leads does not say what the sentence is about.
            words.Add(new Word("<link>", whole));
            return;
        }

        var path = chunk.Contains('/') || WordShapes.IsFileName(chunk);
        var first = words.Count;
        for (var at = 0; at < chunk.Length;)
        {
            while (at < chunk.Length && !IsPart(chunk, at))
            {
                at++;
            }

            var start = at;
            while (at < chunk.Length && IsPart(chunk, at))
            {
                at++;
            }

            if (at > start)
            {
                Put(words, chunk[start..at], at < chunk.Length ? chunk[at] : '\0', vocabulary);
                if (path)
                {
                    words[^1] = words[^1] with { Shape = words[^1].Shape & ~Shapes.Metric };
                }
            }
        }

        if (words.Count > first)
        {
            words[first] = words[first] with { Shape = words[first].Shape | whole };
        }
    }

    private static void Put(List<Word> words, ReadOnlySpan<char> part, char next, Vocabulary vocabulary)
    {
        var shape = WordShapes.OfPart(part, next);
        if (words.Count > 0 && (words[^1].Shape & Shapes.Number) != Shapes.None)
        {
            shape |= WordShapes.OfUnit(part);
        }

        Span<char> lower = stackalloc char[Math.Min(part.Length, 64)];
        var length = 0;
        foreach (var c in part)
        {
            if (c is not ('\'' or '’') && length < lower.Length)
            {
                lower[length++] = char.ToLowerInvariant(c);
            }
        }

        words.Add(new Word(vocabulary.Spell(lower[..length]), shape));
    }

    private static bool IsPart(ReadOnlySpan<char> chunk, int at)
    {
        var c = chunk[at];
        return char.IsLetterOrDigit(c) || c == '_'
            || c is '\'' or '’' or '.' or ',' && at > 0 && at + 1 < chunk.Length && char.IsLetterOrDigit(chunk[at - 1]) && char.IsLetterOrDigit(chunk[at + 1])
                && (c is '\'' or '’' || char.IsDigit(chunk[at - 1]) && char.IsDigit(chunk[at + 1]));
    }
}
