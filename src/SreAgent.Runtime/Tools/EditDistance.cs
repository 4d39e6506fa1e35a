namespace SreAgent.Runtime.Tools;

/// <summary>Levenshtein distance without case: how many single-character edits lie between two names.</summary>
public static class EditDistance
{
    // A name longer than this is nobody's typing mistake; it is compared by its start.
    private const int Longest = 80;

    public static int Between(string left, string right)
    {
        var a = left.AsSpan(0, Math.Min(left.Length, Longest));
        var b = right.AsSpan(0, Math.Min(right.Length, Longest));
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
