using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness;

/// <summary>What to do next, in the order a persona cares about it.</summary>
public static class ReviewAdvice
{
    private const int ShortestWord = 3;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "which", "what", "that", "this", "with", "from", "they", "them", "does", "will", "each", "time", "while", "where", "when", "happens", "included", "takes", "comes", "next", "and", "the", "how", "are", "for", "its", "has", "can", "not", "any", "one", "out",
    };

    /// <returns>
    /// One sentence each: first what loses data or gives access away, then of every question its first gap, by the persona's priorities, missing
    /// answers before partial ones; then the second gaps, and so on. What is waived is left out.
    /// </returns>
    public static IReadOnlyList<string> Of(ReadinessReview review, Persona persona)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(persona);
        var words = persona.Priorities.Select(Words).ToArray();
        return
        [
            .. review.Findings.Where(finding => finding is { Severity: FindingSeverity.Critical, Waived: null }).Select(finding => finding.Message),
            .. review.Questions.Where(question => question.Verdict != Verdict.Answered && question.Waived is null)
                .OrderBy(question => Rank(question, words)).ThenBy(question => question.Verdict)
                .SelectMany(question => question.Gaps.Select((gap, round) => (Round: round, Sentence: $"{question.Id}: {gap}")))
                .OrderBy(advice => advice.Round).Select(advice => advice.Sentence),
        ];
    }

    /// <summary>The priority whose words it shares most; after all of them when it shares none.</summary>
    private static int Rank(QuestionReview question, HashSet<string>[] priorities)
    {
        var asked = Words($"{question.Id} {question.Question}");
        var best = priorities.Select((words, place) => (Shared: words.Count(asked.Contains), Place: place)).OrderByDescending(match => match.Shared).ThenBy(match => match.Place).FirstOrDefault();
        return best.Shared > 0 ? best.Place : priorities.Length;
    }

    /// <summary>By their beginnings, so that "upgrades" is "upgrade", and "SLOs" is "SLO".</summary>
    private static HashSet<string> Words(string text) =>
        new(
            string.Concat(text.Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !Common.Contains(word) && (word.Length >= ShortestWord || word.All(char.IsUpper)))
                .Select(word => word.TrimEnd('s').ToLowerInvariant()).Select(word => word[..Math.Min(6, word.Length)]),
            StringComparer.Ordinal);
}
