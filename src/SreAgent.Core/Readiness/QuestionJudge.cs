using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness;

/// <summary>Decides each question from what was stated, by rules that are data.</summary>
public sealed class QuestionJudge(ReadinessRules rules)
{
    public QuestionReview Judge(MustAnswer question, IReadOnlyList<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(question);
        var known = rules.Questions.Any(candidate => string.Equals(candidate.Id, question.Id, StringComparison.Ordinal));
        return new QuestionReview(question.Id, question.Question, Verdict.Missing, [], [known ? "Nothing that was read answers it." : "No rules are known for this question."]);
    }
}
