using System.Globalization;
using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>One part of a question with its phrases looked up, ready to be held against statements.</summary>
internal sealed class SubQuestionJudge
{
    /// <summary>Most citations of one part.</summary>
    public const int MostEvidence = 3;

    private readonly SubQuestionRules _rules;
    private readonly CompiledProse[] _prose;
    private readonly ILookup<StatementKind, (KindRule Rule, int Rank)> _kinds;
    private readonly int? _product;
    private readonly int? _notIn;

    public SubQuestionJudge(SubQuestionRules rules, Lexicon lexicon)
    {
        _rules = rules;
        _prose = [.. rules.Prose.Select(rule => new CompiledProse(rule, lexicon))];
        _kinds = rules.Kinds.Select((kind, at) => (kind, kind.Last ? Citing.AfterProse + at : at)).ToLookup(ranked => ranked.kind.Kind);
        _product = rules.Product.Count == 0 ? null : lexicon.Add(rules.Product);
        _notIn = rules.NotIn.Count == 0 ? null : lexicon.Add(rules.NotIn);
    }

    public SubQuestionRules Rules => _rules;

    /// <param name="statements">All that were read.</param>
    /// <param name="introduction">What the product says of itself first.</param>
    /// <param name="forOthers">The product does for others what is asked of it here: prose has to say that it means the product itself.</param>
    public SubQuestionVerdict Judge(IReadOnlyList<StatementReading> statements, Hits introduction, bool forOthers)
    {
        var itsJob = _product is { } product && introduction.Has(product);
        var answers = new List<(int Rank, StatementReading Statement)>();
        StatementReading? declined = null;
        StatementReading? declinedBare = null;
        StatementReading? putOff = null;
        foreach (var statement in statements)
        {
            var ofUsers = itsJob && !statement.OfItself;
            if (!statement.IsProse)
            {
                // What the code of such a product does, it does for its users.
                if (!(ofUsers && statement.Statement.Fields.ContainsKey("in")) && Rank(statement.Statement) is { } ranked)
                {
                    answers.Add((ranked, statement));
                }

                continue;
            }

            if (_notIn is { } elsewhere && statement.In.Has(elsewhere) || (forOthers || ofUsers) && !statement.OfItself && (!statement.Answers || IsOfUsers(statement.Statement)))
            {
                continue;
            }

            for (var rank = 0; rank < _prose.Length; rank++)
            {
                var answer = _prose[rank].Holds(statement);
                if (answer == ProseAnswer.Answers)
                {
                    answers.Add((Citing.Prose + rank, statement));
                    break;
                }

                declined ??= answer == ProseAnswer.Declines ? statement : null;
                declinedBare ??= answer == ProseAnswer.DeclinesBare ? statement : null;
                putOff ??= answer == ProseAnswer.PutsOff ? statement : null;
            }
        }

        return answers.Count > 0 ? new(SubQuestionState.Answered, Best(answers))
            : declined is not null ? new(SubQuestionState.Declined, [Cite(declined)]) { Reason = declined.Statement.Text }
            : declinedBare is not null ? new(SubQuestionState.DeclinedBare, [Cite(declinedBare)])
            : new(SubQuestionState.Open, []) { PutOffAt = putOff?.Statement.At };
    }

    private static IReadOnlyList<Citation> Best(List<(int Rank, StatementReading Statement)> answers) =>
        [.. Citing.InOrder(answers)
            .Select(Cite)
            .DistinctBy(citation => (citation.Path, citation.Line, citation.EndLine))
            .Take(MostEvidence)];

    private static Citation Cite(StatementReading statement) =>
        statement.Statement.At.Kind is null ? statement.Statement.At with { Kind = StatementKinds.InWords(statement.Statement.Kind) } : statement.Statement.At;

    // What users ask often is about what they do with the product; what a review asks is about the product.
    private static bool IsOfUsers(Statement statement) =>
        statement.At.Path.Contains("faq", StringComparison.OrdinalIgnoreCase)
        || statement.Under.Any(line => line.Contains("FAQ", StringComparison.Ordinal) || line.Contains("asked questions", StringComparison.OrdinalIgnoreCase));

    private int? Rank(Statement statement)
    {
        if (!_kinds.Contains(statement.Kind))
        {
            return null;
        }

        foreach (var (kind, rank) in _kinds[statement.Kind])
        {
            if (Fits(kind, statement))
            {
                return rank;
            }
        }

        return null;
    }

    private static bool Fits(KindRule kind, Statement statement) =>
        kind.Where.All(field => statement.Fields.TryGetValue(field.Key, out var value) && field.Value.Any(wanted => Fits(wanted, value)));

    private static bool Fits(string wanted, string value) =>
        wanted == "*" || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase)
        || wanted is ['>', .. var least] && decimal.TryParse(least, CultureInfo.InvariantCulture, out var bound) && decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > bound;
}

/// <summary>How one part stands.</summary>
internal sealed record SubQuestionVerdict(SubQuestionState State, IReadOnlyList<Citation> Evidence)
{
    public string? Reason { get; init; }

    /// <summary>Where it is only promised, or asked for by a template.</summary>
    public Citation? PutOffAt { get; init; }
}
