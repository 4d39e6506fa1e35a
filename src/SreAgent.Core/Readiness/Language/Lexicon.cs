using System.Numerics;

namespace SreAgent.Core.Readiness.Language;

/// <summary>
/// Many sets of phrases, for a <see cref="PhraseFinder"/> to look for in one pass over a text. A set is known by its number. Filled once, then
/// only read: safe to share.
/// </summary>
internal sealed class Lexicon
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _prefixes = new(StringComparer.Ordinal);
    private readonly List<Entry> _shapes = [];
    private readonly SortedSet<int> _prefixLengths = [];

    /// <summary>How many sets there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of a set; the same phrases have the same number.</summary>
    /// <exception cref="FormatException">A phrase is not well formed.</exception>
    public int Add(IReadOnlyList<string> phrases)
    {
        var key = string.Join('\n', phrases);
        if (_numbers.TryGetValue(key, out var known))
        {
            return known;
        }

        var number = _numbers[key] = _numbers.Count;
        foreach (var text in phrases)
        {
            var phrase = Phrase.Parse(text, out var why) ?? throw new FormatException(why);
            var entry = new Entry(phrase, number);
            if (phrase.First.Shape != Shapes.None)
            {
                _shapes.Add(entry);
            }
            else if (phrase.First.Prefix)
            {
                Put(_prefixes, phrase.First.Text, entry);
                _prefixLengths.Add(phrase.First.Text.Length);
            }
            else
            {
                Put(_words, phrase.First.Text, entry);
            }
        }

        return number;
    }

    /// <summary>The phrases that may begin with a word of this spelling.</summary>
    internal Openings Opening(string word)
    {
        _words.TryGetValue(word, out var exact);
        List<Entry>? begun = null;
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _prefixLengths.TakeWhile(length => length <= word.Length))
        {
            if (prefixes.TryGetValue(word.AsSpan(0, length), out var entries))
            {
                (begun ??= []).AddRange(entries);
            }
        }

        return new Openings(exact, begun);
    }

    internal IReadOnlyList<Entry> Shaped => _shapes;

    private static void Put(Dictionary<string, List<Entry>> under, string key, Entry entry)
    {
        if (!under.TryGetValue(key, out var entries))
        {
            under[key] = entries = [];
        }

        entries.Add(entry);
    }

    internal readonly record struct Entry(Phrase Phrase, int Set);

    /// <param name="Exact">Phrases whose first word it is.</param>
    /// <param name="Begun">Phrases whose first word it only begins as.</param>
    internal sealed record Openings(IReadOnlyList<Entry>? Exact, IReadOnlyList<Entry>? Begun);
}

/// <summary>Which sets of phrases a text holds.</summary>
internal readonly struct Hits(ulong[] bits)
{
    public bool Has(int set) => (bits[set >> 6] & (1UL << (set & 63))) != 0;

    public int Count => bits.Sum(BitOperations.PopCount);

    internal void Note(int set) => bits[set >> 6] |= 1UL << (set & 63);
}
