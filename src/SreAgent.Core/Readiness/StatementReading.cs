using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>A line a statement stands under, read once.</summary>
/// <param name="Question">It asks; what stands beneath is about this and nothing wider.</param>
/// <param name="YesNo">It asks for yes or no.</param>
internal sealed record ContextLine(Hits Hits, bool Question, bool YesNo);

/// <summary>A statement, read once for all questions.</summary>
internal sealed record StatementReading(Statement Statement, int Order)
{
    public required Hits Says { get; init; }

    /// <summary>Innermost first.</summary>
    public required IReadOnlyList<ContextLine> Under { get; init; }

    public required int WordCount { get; init; }

    public ShortAnswer Short { get; init; }

    /// <summary>"Not applicable" and why.</summary>
    public bool Declines { get; init; }

    /// <summary>It tells the author what to write.</summary>
    public bool Hints { get; init; }

    /// <summary>It only promises.</summary>
    public bool Promises { get; init; }

    /// <summary>It is no answer yet.</summary>
    public bool PutsOff => Hints || Promises;

    /// <summary>It stands beneath a question that was asked: it answers that one.</summary>
    public bool Answers { get; init; }

    public bool IsCode => Statement.Fields.ContainsKey("form");

    /// <summary>It stands where nobody tells how the thing is run today.</summary>
    public bool Aside { get; init; }

    /// <summary>It introduces the product.</summary>
    public bool Introduces { get; init; }

    public bool IsProse => Statement.Kind == StatementKind.Prose;
}

/// <summary>Reads statements by the phrases of the rules.</summary>
internal sealed class StatementAnalyst(Lexicon lexicon, int hints, int promises, int notApplicable, int asides, int introductions)
{
    private const int FewestWordsOfReason = 3;

    private static readonly HashSet<string> YesNoOpenings = new(StringComparer.Ordinal)
    {
        "is", "are", "was", "were", "do", "does", "did", "can", "could", "will", "would", "should", "has", "have", "had", "may", "must", "might",
    };

    public IReadOnlyList<StatementReading> Read(IReadOnlyList<Statement> statements)
    {
        var contexts = new Dictionary<string, ContextLine>(StringComparer.Ordinal);
        var readings = new StatementReading[statements.Count];
        for (var order = 0; order < readings.Length; order++)
        {
            readings[order] = Read(statements[order], order, contexts);
            if (order > 0 && readings[order - 1].Hints && SameBlock(readings[order - 1].Statement, statements[order]))
            {
                // Once a paragraph talks to the author, the rest of it explains what it wants.
                readings[order] = readings[order] with { Hints = true };
            }
        }

        return readings;
    }

    private StatementReading Read(Statement statement, int order, Dictionary<string, ContextLine> contexts)
    {
        var under = new ContextLine[statement.Under.Count];
        for (var i = 0; i < under.Length; i++)
        {
            under[i] = Context(statement.Under[^(i + 1)], contexts);
        }

        var words = Words.Of(statement.Text);
        var says = lexicon.Find(words);
        var brief = ShortAnswers.Of(statement.Text);
        return new StatementReading(statement, order)
        {
            Says = says,
            Under = under,
            WordCount = words.Count,
            Short = brief,
            Declines = brief == ShortAnswer.None && says.Has(notApplicable) && words.Count > FewestWordsOfReason,
            Hints = says.Has(hints) || under.Any(line => !line.Question && line.Hits.Has(hints)),
            Promises = says.Has(promises),
            Answers = under.Any(line => line.Question),
            Aside = under.Any(line => !line.Question && line.Hits.Has(asides)),
            Introduces = under.Length <= 1 || under.Any(line => !line.Question && line.Hits.Has(introductions)),
        };
    }

    /// <summary>Sentences of one paragraph share their context.</summary>
    private static bool SameBlock(Statement one, Statement other) =>
        ReferenceEquals(one.Under, other.Under) && string.Equals(one.At.Path, other.At.Path, StringComparison.Ordinal);

    private ContextLine Context(string line, Dictionary<string, ContextLine> known)
    {
        if (known.TryGetValue(line, out var read))
        {
            return read;
        }

        var words = Words.Of(line);
        var question = line.Contains('?', StringComparison.Ordinal);
        return known[line] = new ContextLine(lexicon.Find(words), question, question && words.Count > 0 && YesNoOpenings.Contains(words[0].Text));
    }
}
