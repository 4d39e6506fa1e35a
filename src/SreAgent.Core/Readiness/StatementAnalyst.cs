using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>Reads statements by the phrases of the rules: what each says, and what it does where it stands.</summary>
internal sealed class StatementAnalyst
{
    private const int FewestWordsOfReason = 3;

    // Fewer are read sooner than a second thread begins.
    private const int FewestAtOnce = 1000;

    private static readonly HashSet<string> YesNoOpenings = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "has", "have", "had", "may", "must", "might",
    };

    private static readonly HashSet<string> Counters = new(StringComparer.Ordinal) { "item", "section", "question", "part", "chapter", "step", "point", "no", "appendix", "q", "other", "details" };

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
        var product = ProductName.Of(statements);
        var finder = new PhraseFinder(_lexicon);
        var subject = finder.Find(product.Says);
        var documents = Documents(statements, finder);

        // What each says does not depend on the others.
        var portions = Math.Clamp(statements.Count / FewestAtOnce, 1, Environment.ProcessorCount);
        Parallel.For(0, portions, portion =>
        {
            var reader = new StatementReader(this, product, subject);
            for (var order = (int)((long)statements.Count * portion / portions); order < (long)statements.Count * (portion + 1) / portions; order++)
            {
                readings[order] = reader.Read(statements[order], order, documents[statements[order].At.Path]);
            }
        });

        Statement? begun = null;
        for (var order = 1; order < readings.Length; order++)
        {
            var (before, reading) = (readings[order - 1], readings[order]);
            begun = before.Hints && Completes(before.Statement, reading.Statement) ? before.Statement : begun;
            if (before.Hints && SameBlock(before.Statement, reading.Statement) || begun is not null && Completes(begun, reading.Statement))
            {
                // Once a paragraph talks to the author, the rest of it explains what it wants, and so does a list that completes its sentence.
                readings[order] = reading with { Hints = true };
            }
        }

        return readings;
    }

    /// <summary>What the product says of itself first.</summary>
    public Hits Introduction(IReadOnlyList<Statement> statements) => new PhraseFinder(_lexicon).Find(Words.Of(Readiness.Introduction.Of(statements)));

    private Dictionary<string, Document> Documents(IReadOnlyList<Statement> statements, PhraseFinder finder)
    {
        var documents = new Dictionary<string, Document>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (!documents.ContainsKey(statement.At.Path))
            {
                documents.Add(statement.At.Path, Open(statement, finder));
            }
        }

        return documents;
    }

    private Document Open(Statement first, PhraseFinder finder)
    {
        var path = first.At.Path;
        var name = path[(path.LastIndexOf('/') + 1)..];
        var readme = name.StartsWith("readme", StringComparison.OrdinalIgnoreCase);
        return new Document(
            readme && first.Under is [var title, ..] && !title.Contains('?', StringComparison.Ordinal) ? title : null,
            IsInHiddenFolder(path) || _elsewhere.Any(part => part.EndsWith('/') ? $"/{path}".Contains($"/{part}", StringComparison.OrdinalIgnoreCase) : name.StartsWith(part, StringComparison.OrdinalIgnoreCase)),
            finder.Find(Words.Of(Spaced(readme ? path[..^name.Length] : path))).Has(_operations),
            finder.Find(Words.Of(Spaced(path))),
            Standing.Of(path));
    }

    // There tools are told how to work.
    private static bool IsInHiddenFolder(string path) => path.Split('/')[..^1].Any(folder => folder.StartsWith('.'));

    // A path as a whole would be read as a link, which says nothing.
    private static string Spaced(string path) => path.Replace('/', ' ').Replace('_', ' ').Replace('.', ' ');

    /// <summary>Sentences of one paragraph share their context.</summary>
    private static bool SameBlock(Statement one, Statement other) =>
        ReferenceEquals(one.Under, other.Under) && string.Equals(one.At.Path, other.At.Path, StringComparison.Ordinal);

    /// <summary>It is an item of a list that ends a sentence begun before it. What follows a colon may be the fields of a form, and those are filled in.</summary>
    private static bool Completes(Statement begun, Statement item) =>
        !begun.Text.EndsWith(':') && string.Equals(begun.At.Path, item.At.Path, StringComparison.Ordinal) && item.Under.Contains(begun.Text, StringComparer.Ordinal);

    /// <param name="Title">The heading that only names the product; absent where the first heading says what the document is about.</param>
    /// <param name="Elsewhere">It is not about running this.</param>
    /// <param name="Operational">Its name says that it is about running this.</param>
    /// <param name="In">What its path says.</param>
    /// <param name="Nearness">See <see cref="Standing"/>.</param>
    private sealed record Document(string? Title, bool Elsewhere, bool Operational, Hits In, int Nearness);

    /// <summary>Reads some statements of a tree, one after another; each line they stand under is read once.</summary>
    private sealed class StatementReader(StatementAnalyst analyst, ProductName product, Hits subject)
    {
        private readonly PhraseFinder _finder = new(analyst._lexicon);
        private readonly Dictionary<string, ContextLine> _lines = new(StringComparer.Ordinal);

        public StatementReading Read(Statement statement, int order, Document document)
        {
            var under = new ContextLine[statement.Under.Count];
            for (var i = 0; i < under.Length; i++)
            {
                var line = statement.Under[^(i + 1)];
                under[i] = Context(i == under.Length - 1 && string.Equals(line, document.Title, StringComparison.Ordinal) ? "" : line);
            }

            var inside = IsInside(under);
            var words = Words.Of(statement.Text, _finder.Vocabulary);
            var says = _finder.Find(product.TakenOut(words));
            var brief = ShortAnswers.Of(statement.Text);
            return new StatementReading(statement, order)
            {
                Says = says,
                Under = under,
                WordCount = words.Count,
                Subject = subject,
                In = document.In,
                Standing = document.Nearness,
                OfItself = says.Has(analyst._itself) || Array.Exists(under, line => line.Itself),
                Short = brief,
                Declines = brief == ShortAnswer.None && says.Has(analyst._notApplicable) && words.Count > FewestWordsOfReason,
                Hints = says.Has(analyst._hints) || Array.Exists(under, line => line.Label && line.Hits.Has(analyst._examples)),
                Promises = says.Has(analyst._promises),
                Answers = Array.Exists(under, line => line.Question),
                Elsewhere = document.Elsewhere,
                Aside = document.Elsewhere || Array.Exists(under, line => !line.Question && line.Hits.Has(analyst._asides) && !line.Hits.Has(analyst._operations)),
                Inside = inside,
                Operational = IsUntold(under) || !inside && (document.Operational || Array.Exists(under, line => line.Hits.Has(analyst._operations))),
            };
        }

        /// <summary>The nearest heading decides that says either: an emergency under "Implementation" is still one. What may stand in both says nothing of it.</summary>
        private bool IsInside(ContextLine[] under)
        {
            foreach (var line in under)
            {
                var (inside, operational) = (line.Hits.Has(analyst._inside), line.Hits.Has(analyst._operations));
                if (!line.Question && inside != operational && (inside || !line.Label))
                {
                    return inside;
                }
            }

            return false;
        }

        /// <summary>Whether it stands in a section that no heading says anything of, as a number does; the title of the page is none.</summary>
        private static bool IsUntold(ContextLine[] under) => under.SkipLast(1).FirstOrDefault(line => !line.Label) is { Tells: false };

        private ContextLine Context(string line)
        {
            if (_lines.TryGetValue(line, out var read))
            {
                return read;
            }

            var whole = Words.Of(line, _finder.Vocabulary);
            var words = product.TakenOut(whole);
            var hits = _finder.Find(words);
            var question = line.Contains('?', StringComparison.Ordinal);
            return _lines[line] = new ContextLine(
                hits,
                question,
                question && words.Count > 0 && YesNoOpenings.Contains(words[0].Text),
                line.EndsWith(':'),
                words.Any(word => !char.IsDigit(word.Text[0]) && !Counters.Contains(word.Text)),
                hits.Has(analyst._itself) || !line.EndsWith(':') && product.StandsIn(whole));
        }
    }
}
