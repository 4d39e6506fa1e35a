using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>
/// What the thing is called, by the first heading of its readme. Its words say nothing about how it is run: an "upgrade operator" need not be told
/// how to upgrade.
/// </summary>
internal sealed class ProductName
{
    private const int MostWordsOfName = 4;

    private const int IntroducingSentences = 2;

    private readonly string[] _words;

    private ProductName(string[] words) => _words = words;

    /// <summary>The name and the first sentences of the readme: what the thing is for.</summary>
    public IReadOnlyList<Word> Introduces { get; private init; } = [];

    /// <summary>What the name says; nothing when it is rather the title of a document.</summary>
    public IReadOnlyList<Word> Says => _words.Length is > 1 and <= MostWordsOfName ? [.. _words.Select(word => new Word(word, Shapes.None))] : [];

    public bool StandsIn(IReadOnlyList<Word> words) => _words.Length > 1 && Enumerable.Range(0, Math.Max(0, words.Count - _words.Length + 1)).Any(at => StandsAt(words, at));

    public static ProductName Of(IReadOnlyList<Statement> statements)
    {
        var readme = statements.Where(statement => statement.Kind == StatementKind.Prose && statement.At.Path.StartsWith("readme", StringComparison.OrdinalIgnoreCase)).Take(IntroducingSentences).ToArray();
        if (readme is [{ Under: [var title, ..] }, ..])
        {
            return new ProductName(title.Contains('?', StringComparison.Ordinal) || title.Contains(':', StringComparison.Ordinal) ? [] : [.. Words.Of(title).Select(word => word.Text)])
            {
                Introduces = [.. Words.Of(title), .. readme.Where(statement => statement.Under.Count <= 1).SelectMany(statement => Words.Of(statement.Text))],
            };
        }

        return new ProductName([]);
    }

    /// <summary>A name of one word may be any word, so it is left.</summary>
    public IReadOnlyList<Word> TakenOut(IReadOnlyList<Word> words)
    {
        if (_words.Length < 2 || words.Count < _words.Length)
        {
            return words;
        }

        List<Word>? left = null;
        for (var at = 0; at + _words.Length <= words.Count; at++)
        {
            if (StandsAt(words, at))
            {
                left = [.. words.Take(at), .. TakenOut([.. words.Skip(at + _words.Length)])];
                break;
            }
        }

        return left ?? words;
    }

    private bool StandsAt(IReadOnlyList<Word> words, int at)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if (!string.Equals(words[at + i].Text, _words[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
