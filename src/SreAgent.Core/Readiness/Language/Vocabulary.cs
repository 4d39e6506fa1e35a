namespace SreAgent.Core.Readiness.Language;

/// <summary>The words of some texts, each kept once: prose says the same few thousand over and over. For one thread.</summary>
internal sealed class Vocabulary
{
    // A text made to hold ever new words must not be kept as a whole.
    private const int Most = 50_000;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _spelled;

    public Vocabulary() => _spelled = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Spell(ReadOnlySpan<char> word)
    {
        if (_spelled.TryGetValue(word, out var known))
        {
            return known;
        }

        var spelled = word.ToString();
        if (_words.Count < Most)
        {
            _words.Add(spelled);
        }

        return spelled;
    }
}
