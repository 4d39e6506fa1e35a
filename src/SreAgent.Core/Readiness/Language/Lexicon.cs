using System.Numerics;

namespace SreAgent.Core.Readiness.Language;

/// <summary>
/// Many sets of phrases, looked for in one pass over a text. A set is known by its number. Filled once, then only read: safe to share.
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

    public Hits Find(IReadOnlyList<Word> words)
    {
        var hits = new Hits(new ulong[(Count + 63) / 64]);
        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < words.Count; at++)
        {
            var text = words[at].Text;
            if (_words.TryGetValue(text, out var exact))
            {
                Try(exact, words, at, hits);
            }

            foreach (var length in _prefixLengths)
            {
                if (length > text.Length)
                {
                    break;
                }

                if (prefixes.TryGetValue(text.AsSpan(0, length), out var begun))
                {
                    Try(begun, words, at, hits);
                }
            }

            if (words[at].Shape != Shapes.None)
            {
                foreach (var entry in _shapes)
                {
                    if (entry.Phrase.First.Fits(words[at]))
                    {
                        Try(entry, words, at, hits);
                    }
                }
            }
        }

        return hits;
    }

    private static void Try(List<Entry> entries, IReadOnlyList<Word> words, int at, Hits hits)
    {
        foreach (var entry in entries)
        {
            Try(entry, words, at, hits);
        }
    }

    private static void Try(Entry entry, IReadOnlyList<Word> words, int at, Hits hits)
    {
        if (!hits.Has(entry.Set) && entry.Phrase.StandsAt(words, at))
        {
            hits.Note(entry.Set);
        }
    }

    private static void Put(Dictionary<string, List<Entry>> under, string key, Entry entry)
    {
        if (!under.TryGetValue(key, out var entries))
        {
            under[key] = entries = [];
        }

        entries.Add(entry);
    }

    private readonly record struct Entry(Phrase Phrase, int Set);
}

/// <summary>Which sets of phrases a text holds.</summary>
internal readonly struct Hits(ulong[] bits)
{
    public bool Has(int set) => (bits[set >> 6] & (1UL << (set & 63))) != 0;

    public int Count => bits.Sum(BitOperations.PopCount);

    internal void Note(int set) => bits[set >> 6] |= 1UL << (set & 63);
}
