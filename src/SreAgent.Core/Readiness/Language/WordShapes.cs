namespace SreAgent.Core.Readiness.Language;

/// <summary>What a word looks like.</summary>
internal static class WordShapes
{
    private static readonly string[] Units = ["ms", "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "m", "h", "hour", "hours", "hr", "hrs", "day", "days", "d", "week", "weeks", "us", "ns", "millisecond", "milliseconds"];

    private static readonly string[] SeriesEndings =
        ["_total", "_seconds", "_bytes", "_count", "_bucket", "_sum", "_ratio", "_errors", "_duration", "_latency", "_ms", "_milliseconds", "_microseconds", "_info", "_failures", "_requests", "_size", "_depth", "_up", "_age", "_lag", "_usage", "_utilization", "_percent", "_timestamp", "_changes", "_attempts", "_retries", "_hits", "_misses"];

    /// <summary>Of something between two spaces, punctuation around it taken off.</summary>
    public static Shapes OfChunk(ReadOnlySpan<char> chunk)
    {
        var shape = Shapes.None;
        if (chunk.Contains("://", StringComparison.Ordinal) || chunk.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || chunk.EndsWith(".adoc", StringComparison.OrdinalIgnoreCase))
        {
            shape |= Shapes.Link;
        }
        else if (chunk.Length > 2 && chunk[0] is '@' or '#' && char.IsLetter(chunk[1]) || chunk.IndexOf('@') > 0 && chunk.LastIndexOf('.') > chunk.IndexOf('@'))
        {
            shape |= Shapes.Handle;
        }

        if (chunk[0] == '-' && chunk.Length > 2 && chunk.TrimStart('-') is [var first, ..] && char.IsLetter(first))
        {
            shape |= Shapes.Identifier;
        }

        if (chunk.Length <= 5 && chunk[0] is 'n' or 'N' && chunk.Length >= 3 && chunk[1] is '-' or '+' && char.IsDigit(chunk[2]))
        {
            shape |= Shapes.Version;
        }

        return shape;
    }

    /// <summary>Of one word. <paramref name="next"/> is the character behind it, or zero.</summary>
    public static Shapes OfPart(ReadOnlySpan<char> part, char next)
    {
        if (char.IsDigit(part[0]))
        {
            return OfNumber(part, next);
        }

        var shape = Shapes.None;
        if (part.Contains('_'))
        {
            shape |= Shapes.Identifier;
            if (IsSeries(part))
            {
                shape |= Shapes.Metric;
            }
        }
        else if (HasInnerCapital(part))
        {
            shape |= Shapes.Identifier;
        }

        if (part.Length >= 2 && part[0] is 'v' or 'V' && char.IsDigit(part[1]))
        {
            shape |= Shapes.Version;
        }

        if (part.Length is 3 or 4 && part[0] is 'p' or 'P' && char.IsDigit(part[1]) && char.IsDigit(part[2]))
        {
            shape |= Shapes.Percentage;
        }

        return shape;
    }

    /// <summary>Of a word right behind a number.</summary>
    public static Shapes OfUnit(ReadOnlySpan<char> part)
    {
        Span<char> lower = stackalloc char[Math.Min(part.Length, 16)];
        part[..lower.Length].ToLowerInvariant(lower);
        if (lower is "percent" or "percentile" or "th" or "nines")
        {
            return Shapes.Percentage;
        }

        foreach (var unit in Units)
        {
            if (lower.SequenceEqual(unit))
            {
                return Shapes.Duration;
            }
        }

        return Shapes.None;
    }

    private static Shapes OfNumber(ReadOnlySpan<char> part, char next)
    {
        var digits = 0;
        var dots = 0;
        while (digits < part.Length && (char.IsDigit(part[digits]) || part[digits] is '.' or ','))
        {
            dots += part[digits] == '.' ? 1 : 0;
            digits++;
        }

        var shape = Shapes.Number;
        if (next == '%')
        {
            shape |= Shapes.Percentage;
        }
        else if (digits < part.Length)
        {
            shape |= OfUnit(part[digits..]);
        }
        else if (dots > 0)
        {
            shape |= Shapes.Version;
        }

        return shape;
    }

    /// <summary><c>handler.go</c>.</summary>
    public static bool IsFileName(ReadOnlySpan<char> chunk)
    {
        var dot = chunk.LastIndexOf('.');
        return dot > 0 && chunk.Length - dot is > 1 and <= 6 && char.IsLetter(chunk[dot + 1]);
    }

    private static bool IsSeries(ReadOnlySpan<char> part)
    {
        foreach (var ending in SeriesEndings)
        {
            if (part.Length > ending.Length && part.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasInnerCapital(ReadOnlySpan<char> part)
    {
        var lower = false;
        foreach (var c in part)
        {
            if (lower && char.IsUpper(c))
            {
                return true;
            }

            lower |= char.IsLower(c);
        }

        return false;
    }
}
