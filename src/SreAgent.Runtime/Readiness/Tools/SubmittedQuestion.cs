using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Tools;

/// <summary>One question as somebody outside answers it. Absent means missing or none; the gate says what it makes of that.</summary>
internal sealed record SubmittedQuestion(string Id, Verdict Verdict, SubmittedCitation[]? Evidence = null, string[]? Gaps = null)
{
    /// <param name="persona">Whose list it answers; the wording is taken from there.</param>
    public QuestionReview ToReview(Persona persona) => new(
        Id,
        persona.MustAnswer.FirstOrDefault(question => question.Id == Id)?.Question ?? "",
        Verdict,
        [.. (Evidence ?? []).Select(citation => new Citation(citation.Path ?? "", citation.Line, citation.EndLine ?? citation.Line, citation.Quote ?? ""))],
        Gaps ?? []);
}

internal sealed record SubmittedCitation(string Path, int Line, string Quote, int? EndLine = null);
