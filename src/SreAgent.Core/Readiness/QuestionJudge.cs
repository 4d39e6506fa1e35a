using SreAgent.Core.Personas;
using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>Decides each question from what was stated, by rules that are data. Pure, and safe to share.</summary>
public sealed class QuestionJudge
{
    /// <summary>Most citations of one question.</summary>
    private const int MostEvidence = 6;

    private readonly Dictionary<string, CompiledQuestion> _questions;
    private readonly StatementAnalyst _analyst;

    /// <exception cref="FormatException">A phrase of the rules is not well formed; their reader reports it with its place.</exception>
    public QuestionJudge(ReadinessRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var lexicon = new Lexicon();
        _questions = rules.Questions.ToDictionary(question => question.Id, question => new CompiledQuestion(question, [.. question.Parts.Select(part => new SubQuestionJudge(part, lexicon))], Set(question.ForOthers), Set(question.WithinOthers)), StringComparer.Ordinal);
        _analyst = new StatementAnalyst(lexicon, rules.Wording);
        int? Set(IReadOnlyList<string> phrases) => phrases.Count == 0 ? null : lexicon.Add(phrases);
    }

    /// <returns>One review a question, in their order.</returns>
    public IReadOnlyList<QuestionReview> Judge(IReadOnlyList<MustAnswer> questions, IReadOnlyList<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(questions);
        var read = _analyst.Read(statements);
        var introduction = _analyst.Introduction(statements);
        return [.. questions.Select(question => _questions.TryGetValue(question.Id, out var known) ? Judge(question, known, read, introduction) : OwnWords.Judge(question, read))];
    }

    public QuestionReview Judge(MustAnswer question, IReadOnlyList<Statement> statements) => Judge([question], statements)[0];

    /// <summary>What only promises, and what tells an author what to write: whoever cites that cites nothing.</summary>
    /// <param name="statements">Of one file, in its order.</param>
    public IReadOnlyList<Statement> Promises(IReadOnlyList<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        return [.. _analyst.Read(statements).Where(reading => reading.IsProse && reading.PutsOff).Select(reading => reading.Statement)];
    }

    private static QuestionReview Judge(MustAnswer question, CompiledQuestion known, IReadOnlyList<StatementReading> statements, Hits introduction)
    {
        var forOthers = known.ForOthers is { } work && introduction.Has(work);
        var withinOthers = known.WithinOthers is { } library && introduction.Has(library);
        var parts = known.Parts.Select(part => (part.Rules, Verdict: part.Judge(statements, introduction, withinOthers || forOthers && known.Rules.Answered.Any(group => group.Contains(part.Rules.Id, StringComparer.Ordinal))))).ToArray();
        var closed = parts.Where(part => part.Verdict.State is SubQuestionState.Answered or SubQuestionState.Declined).Select(part => part.Rules.Id).ToHashSet(StringComparer.Ordinal);
        var open = known.Rules.Answered.Where(group => !group.Any(closed.Contains)).ToArray();
        var verdict = open.Length == 0 && known.Rules.Answered.Count > 0 ? Verdict.Answered
            : parts.Any(part => part.Verdict.State != SubQuestionState.Open) ? Verdict.Partly
            : Verdict.Missing;

        return new QuestionReview(
            question.Id,
            question.Question,
            verdict,
            Evidence(parts.Select(part => part.Verdict.Evidence)),
            [.. open.SelectMany(group => group.Take(1)).Distinct(StringComparer.Ordinal).Select(id => parts.First(part => string.Equals(part.Rules.Id, id, StringComparison.Ordinal))).Select(part => Gap(part.Rules, part.Verdict, statements))])
        {
            Parts = [.. parts.Select(part => new SubQuestionReview(part.Rules.Id, part.Rules.Asks, part.Verdict.State, part.Verdict.Evidence) { Reason = part.Verdict.Reason })],
            NotApplicable = parts.Select(part => part.Verdict.Reason).FirstOrDefault(reason => reason is not null),
        };
    }

    /// <summary>The best of every part before the second best of any.</summary>
    private static IReadOnlyList<Citation> Evidence(IEnumerable<IReadOnlyList<Citation>> parts)
    {
        var lists = parts.ToArray();
        return [.. Enumerable.Range(0, SubQuestionJudge.MostEvidence)
            .SelectMany(rank => lists.Where(list => list.Count > rank).Select(list => list[rank]))
            .DistinctBy(citation => (citation.Path, citation.Line, citation.EndLine))
            .Take(MostEvidence)];
    }

    private static string Gap(SubQuestionRules rules, SubQuestionVerdict verdict, IReadOnlyList<StatementReading> statements)
    {
        var write = rules.Write.Replace("{file}", BestPlace.For(rules.Places, statements), StringComparison.Ordinal);
        return verdict switch
        {
            { State: SubQuestionState.DeclinedBare, Evidence: [var at, ..] } => $"{at.Path}:{at.Line} says it does not apply and not why. {write}",
            { PutOffAt: { } at } => $"{at.Path}:{at.Line} only puts it off. {write}",
            _ => write,
        };
    }

    private sealed record CompiledQuestion(QuestionRules Rules, IReadOnlyList<SubQuestionJudge> Parts, int? ForOthers, int? WithinOthers);
}
