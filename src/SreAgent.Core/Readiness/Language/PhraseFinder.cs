namespace SreAgent.Core.Readiness.Language;

/// <summary>Finds the phrases of a lexicon in one text after another, and remembers what each word may begin. For one thread.</summary>
internal sealed class PhraseFinder(Lexicon lexicon)
{
    private const int MostRemembered = 50_000;

    private readonly Dictionary<string, Lexicon.Openings> _openings = new(StringComparer.Ordinal);

    /// <summary>For the texts that are looked through.</summary>
    public Vocabulary Vocabulary { get; } = new();

    public Hits Find(IReadOnlyList<Word> words)
    {
        var hits = new Hits(new ulong[(lexicon.Count + 63) / 64]);
        for (var at = 0; at < words.Count; at++)
        {
            var (exact, begun) = Opening(words[at].Text);
            Try(exact, words, at, hits);

            // A name in a program is no word of the sentence.
            if ((words[at].Shape & Shapes.Identifier) == Shapes.None)
            {
                Try(begun, words, at, hits);
            }

            if (words[at].Shape != Shapes.None)
            {
                foreach (var entry in lexicon.Shaped)
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

    private Lexicon.Openings Opening(string word)
    {
        if (_openings.TryGetValue(word, out var known))
        {
            return known;
        }

        var opening = lexicon.Opening(word);
        if (_openings.Count < MostRemembered)
        {
            _openings.Add(word, opening);
        }

        return opening;
    }

    private static void Try(IReadOnlyList<Lexicon.Entry>? entries, IReadOnlyList<Word> words, int at, Hits hits)
    {
        for (var i = 0; i < entries?.Count; i++)
        {
            Try(entries[i], words, at, hits);
        }
    }

    private static void Try(Lexicon.Entry entry, IReadOnlyList<Word> words, int at, Hits hits)
    {
        if (!hits.Has(entry.Set) && entry.Phrase.StandsAt(words, at))
        {
            hits.Note(entry.Set);
        }
    }
}
