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

    public SubQuestionJudge(SubQuestionRules rules, Lexicon lexicon)
    {
        _rules = rules;
        _prose = [.. rules.Prose.Select(rule => new CompiledProse(rule, lexicon))];
        _kinds = rules.Kinds.Select(kind => (kind, kind.Last ? rules.Prose.Count + 1 : 0)).ToLookup(kind => kind.kind.Kind);
        _product = rules.Product.Count == 0 ? null : lexicon.Add(rules.Product);
    }

    public SubQuestionRules Rules => _rules;

    public SubQuestionVerdict Judge(IReadOnlyList<StatementReading> statements)
    {
        var answers = new List<(int Rank, StatementReading Statement)>();
        StatementReading? declined = null;
        StatementReading? declinedBare = null;
        StatementReading? putOff = null;
        foreach (var statement in statements)
        {
            var ofUsers = _product is { } product && statement.Introduction.Has(product) && !statement.OfItself;
            if (!statement.IsProse)
            {
                // What the code of such a product does, it does for its users.
                if (!(ofUsers && statement.Statement.Fields.ContainsKey("in")) && _kinds.Contains(statement.Statement.Kind))
                {
                    answers.AddRange(_kinds[statement.Statement.Kind].Where(kind => Fits(kind.Rule, statement.Statement)).Take(1).Select(kind => (kind.Rank, statement)));
                }

                continue;
            }

            if (ofUsers && !statement.Answers)
            {
                continue;
            }

            for (var rank = 0; rank < _prose.Length; rank++)
            {
                var answer = _prose[rank].Holds(statement);
                if (answer == ProseAnswer.Answers)
                {
                    answers.Add((rank + 1, statement));
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
        [.. answers
            .OrderBy(answer => answer.Rank)
            .ThenBy(answer => answer.Statement.Standing)
            .ThenBy(answer => answer.Statement.Statement.Kind == StatementKind.Migration ? -answer.Statement.Order : answer.Statement.Order)
            .Select(answer => Cite(answer.Statement))
            .DistinctBy(citation => (citation.Path, citation.Line, citation.EndLine))
            .Take(MostEvidence)];

    private static Citation Cite(StatementReading statement) =>
        statement.Statement.At.Kind is null ? statement.Statement.At with { Kind = StatementKinds.InWords(statement.Statement.Kind) } : statement.Statement.At;

    private static bool Fits(KindRule kind, Statement statement) =>
        kind.Where.All(field => statement.Fields.TryGetValue(field.Key, out var value)
            && (field.Value.Contains("*") || field.Value.Contains(value, StringComparer.OrdinalIgnoreCase)));
}

/// <summary>How one part stands.</summary>
internal sealed record SubQuestionVerdict(SubQuestionState State, IReadOnlyList<Citation> Evidence)
{
    public string? Reason { get; init; }

    /// <summary>Where it is only promised, or asked for by a template.</summary>
    public Citation? PutOffAt { get; init; }
}
