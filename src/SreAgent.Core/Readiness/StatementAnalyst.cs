using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>Reads statements by the phrases of the rules: what each says, and what it does where it stands.</summary>
internal sealed class StatementAnalyst
{
    private const int FewestWordsOfReason = 3;

    private static readonly HashSet<string> YesNoOpenings = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "has", "have", "had", "may", "must", "might",
    };

    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal) { "item", "section", "question", "part", "chapter", "step", "point", "no", "appendix", "q" };

    private readonly Lexicon _lexicon;
    private readonly int _hints;
    private readonly int _examples;
    private readonly int _promises;
    private readonly int _notApplicable;
    private readonly int _asides;
    private readonly int _operations;
    private readonly int _inside;
    private readonly int _itself;
    private readonly IReadOnlyList<string> _elsewhere;

    public StatementAnalyst(Lexicon lexicon, Wording wording)
    {
        _lexicon = lexicon;
        _hints = lexicon.Add(wording.Hints);
        _examples = lexicon.Add(wording.Examples);
        _promises = lexicon.Add(wording.Promises);
        _notApplicable = lexicon.Add(wording.NotApplicable);
        _asides = lexicon.Add(wording.Asides);
        _operations = lexicon.Add(wording.Operations);
        _inside = lexicon.Add(wording.Inside);
        _itself = lexicon.Add(wording.Itself);
        _elsewhere = wording.Elsewhere;
    }

    public IReadOnlyList<StatementReading> Read(IReadOnlyList<Statement> statements)
    {
        var readings = new StatementReading[statements.Count];
        var documents = new Dictionary<string, Document>(StringComparer.Ordinal);
        var contexts = new Dictionary<string, ContextLine>(StringComparer.Ordinal);
        var product = ProductName.Of(statements);
        var subject = _lexicon.Find(product.Says);
        var introduction = _lexicon.Find(product.Introduces);
        for (var order = 0; order < readings.Length; order++)
        {
            var statement = statements[order];
            if (!documents.TryGetValue(statement.At.Path, out var document))
            {
                documents[statement.At.Path] = document = Open(statement);
            }

            readings[order] = Read(statement, order, document, product, contexts) with { Subject = subject, Introduction = introduction };
            if (order > 0 && readings[order - 1].Hints && SameBlock(readings[order - 1].Statement, statement))
            {
                // Once a paragraph talks to the author, the rest of it explains what it wants.
                readings[order] = readings[order] with { Hints = true };
            }
        }

        return readings;
    }

    private StatementReading Read(Statement statement, int order, Document document, ProductName product, Dictionary<string, ContextLine> contexts)
    {
        var under = new ContextLine[statement.Under.Count];
        for (var i = 0; i < under.Length; i++)
        {
            var line = statement.Under[^(i + 1)];
            under[i] = Context(i == under.Length - 1 && string.Equals(line, document.Title, StringComparison.Ordinal) ? "" : line, product, contexts);
        }

        var inside = Array.Exists(under, line => !line.Question && line.Hits.Has(_inside));
        var words = Words.Of(statement.Text);
        var says = _lexicon.Find(product.TakenOut(words));
        var brief = ShortAnswers.Of(statement.Text);
        return new StatementReading(statement, order)
        {
            Says = says,
            Under = under,
            WordCount = words.Count,
            Subject = says,
            Introduction = says,
            In = document.In,
            Standing = document.Nearness,
            OfItself = says.Has(_itself) || Array.Exists(under, line => line.Itself),
            Short = brief,
            Declines = brief == ShortAnswer.None && says.Has(_notApplicable) && words.Count > FewestWordsOfReason,
            Hints = says.Has(_hints) || Array.Exists(under, line => line.Label && line.Hits.Has(_examples)),
            Promises = says.Has(_promises),
            Answers = Array.Exists(under, line => line.Question),
            Elsewhere = document.Elsewhere,
            Aside = document.Elsewhere || Array.Exists(under, line => !line.Question && line.Hits.Has(_asides)),
            Inside = inside,
            Operational = !inside
                && (document.Operational || Array.Exists(under, line => line.Hits.Has(_operations)) || under.Length > 1 && !Array.Exists(under, line => line.Tells)),
        };
    }

    private Document Open(Statement first)
    {
        var path = first.At.Path;
        var name = path[(path.LastIndexOf('/') + 1)..];
        var readme = name.StartsWith("readme", StringComparison.OrdinalIgnoreCase);
        return new Document(
            readme && first.Under is [var title, ..] && !title.Contains('?', StringComparison.Ordinal) ? title : null,
            _elsewhere.Any(part => part.EndsWith('/') ? $"/{path}".Contains($"/{part}", StringComparison.OrdinalIgnoreCase) : name.StartsWith(part, StringComparison.OrdinalIgnoreCase)),
            !readme && _lexicon.Find(Words.Of(name)).Has(_operations),
            _lexicon.Find(Words.Of(Spaced(path))),
            Standing.Of(path));
    }

    // A path as a whole would be read as a link, which says nothing.
    private static string Spaced(string path) => path.Replace('/', ' ').Replace('_', ' ').Replace('.', ' ');

    private ContextLine Context(string line, ProductName product, Dictionary<string, ContextLine> known)
    {
        if (known.TryGetValue(line, out var read))
        {
            return read;
        }

        var whole = Words.Of(line);
        var words = product.TakenOut(whole);
        var hits = _lexicon.Find(words);
        var question = line.Contains('?', StringComparison.Ordinal);
        return known[line] = new ContextLine(
            hits,
            question,
            question && words.Count > 0 && YesNoOpenings.Contains(words[0].Text),
            line.EndsWith(':'),
            words.Any(word => !char.IsDigit(word.Text[0]) && !Counters.Contains(word.Text)),
            hits.Has(_itself) || product.StandsIn(whole));
    }

    /// <summary>Sentences of one paragraph share their context.</summary>
    private static bool SameBlock(Statement one, Statement other) =>
        ReferenceEquals(one.Under, other.Under) && string.Equals(one.At.Path, other.At.Path, StringComparison.Ordinal);

    /// <param name="Title">The heading that only names the product; absent where the first heading says what the document is about.</param>
    /// <param name="Elsewhere">It is not about running this.</param>
    /// <param name="Operational">Its name says that it is about running this.</param>
    /// <param name="In">What its path says.</param>
    private sealed record Document(string? Title, bool Elsewhere, bool Operational, Hits In, int Nearness);
}
