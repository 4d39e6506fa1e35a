namespace SreAgent.Core.Readiness.Language;

/// <summary>
/// A few words to look for, as rules write them: <c>roll back</c>; <c>upgrad*</c> is any word that begins so; <c>fail* ... rollout</c> lets up
/// to <see cref="Reach"/> words stand between; <c>&lt;percentage&gt;</c> is a word of that shape; <c>^no</c> only at the beginning.
/// </summary>
public sealed class Phrase
{
    /// <summary>Most words that <c>...</c> stands for.</summary>
    public const int Reach = 6;

    private readonly Part[] _parts;

    private Phrase(Part[] parts, bool atStart) => (_parts, AtStart) = (parts, atStart);

    /// <summary>The text has to begin with it.</summary>
    internal bool AtStart { get; }

    internal Part First => _parts[0];

    /// <returns>Null when it is not well formed; then <paramref name="why"/> says what is wrong.</returns>
    public static Phrase? Parse(string text, out string? why)
    {
        ArgumentNullException.ThrowIfNull(text);
        why = null;
        var atStart = text.StartsWith('^');
        var parts = new List<Part>();
        var gap = false;
        foreach (var token in text.TrimStart('^').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == "...")
            {
                gap = true;
                continue;
            }

            if (token.StartsWith('<'))
            {
                if (!Enum.TryParse<Shapes>(token.Trim('<', '>'), ignoreCase: true, out var shape) || shape == Shapes.None || !token.EndsWith('>'))
                {
                    why = $"'{token}' is no shape; there are {string.Join(", ", Enum.GetNames<Shapes>().Skip(1).Select(name => $"<{name.ToLowerInvariant()}>"))}";
                    return null;
                }

                parts.Add(new Part("", Prefix: false, shape, gap));
                gap = false;
                continue;
            }

            var prefix = token.EndsWith('*');
            foreach (var word in Words.Of(token.TrimEnd('*')))
            {
                parts.Add(new Part(word.Text, Prefix: false, Shapes.None, gap));
                gap = false;
            }

            if (prefix && parts.Count > 0)
            {
                parts[^1] = parts[^1] with { Prefix = true };
            }
        }

        if (parts.Count == 0 || gap || parts[0].AfterGap)
        {
            why = $"'{text}' has no word, or begins or ends with '...'";
            return null;
        }

        return new Phrase([.. parts], atStart);
    }

    /// <summary>Whether it stands in the words with its first part at <paramref name="start"/>, which is known to fit.</summary>
    internal bool StandsAt(IReadOnlyList<Word> words, int start) => (!AtStart || start == 0) && Rest(words, start + 1, 1);

    private bool Rest(IReadOnlyList<Word> words, int at, int part)
    {
        if (part == _parts.Length)
        {
            return true;
        }

        var last = Math.Min(words.Count - 1, _parts[part].AfterGap ? at + Reach : at);
        for (var here = at; here <= last; here++)
        {
            if (_parts[part].Fits(words[here]) && Rest(words, here + 1, part + 1))
            {
                return true;
            }
        }

        return false;
    }

    internal readonly record struct Part(string Text, bool Prefix, Shapes Shape, bool AfterGap)
    {
        public bool Fits(Word word) =>
            Shape != Shapes.None ? (word.Shape & Shape) != Shapes.None
            : Prefix ? word.Text.StartsWith(Text, StringComparison.Ordinal)
            : string.Equals(word.Text, Text, StringComparison.Ordinal);
    }
}
