using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness.Gate;

/// <summary>Whether a review says everything it has to, and nothing that contradicts itself. Looks at no file.</summary>
internal static class ReviewForm
{
    private const int MostCitations = 40;
    private const int MostGaps = 40;
    private const int LongestSentence = 1000;

    public static IEnumerable<string> Faults(ReadinessReview review, Persona persona, ReviewAuthor author)
    {
        if (!string.Equals(review.Persona, persona.Id, StringComparison.Ordinal))
        {
            yield return $"It answers the list of {review.Persona}, not that of {persona.Id}.";
        }

        foreach (var wanted in persona.MustAnswer)
        {
            var given = review.Questions.Where(question => string.Equals(question.Id, wanted.Id, StringComparison.Ordinal)).ToArray();
            if (given.Length != 1)
            {
                yield return given.Length == 0 ? $"{wanted.Id} has no verdict. Every must-answer question needs one; 'missing' is an honest one." : $"{wanted.Id} has {given.Length} verdicts. Give one.";
            }
            else if (!string.Equals(given[0].Question, wanted.Question, StringComparison.Ordinal))
            {
                yield return $"{wanted.Id} is worded otherwise than on the list of {persona.Id}.";
            }
        }

        var known = persona.MustAnswer.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var question in review.Questions)
        {
            if (!known.Contains(question.Id))
            {
                yield return $"'{question.Id}' is no question of {persona.Id}. It asks: {string.Join(", ", known)}.";
            }

            foreach (var fault in Faults(question).Concat(author == ReviewAuthor.Other ? Excesses(question) : []))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Faults(QuestionReview question)
    {
        if (!Enum.IsDefined(question.Verdict))
        {
            yield return $"{question.Id} has no verdict that is known: answered, partly or missing.";
        }

        if (question.Verdict != Verdict.Missing && question.Evidence.Count == 0)
        {
            yield return $"{question.Id} is said to be {Word(question.Verdict)} and cites nothing. Cite path, line and quote, or say missing.";
        }

        if (question.Verdict != Verdict.Answered && question.Gaps.All(string.IsNullOrWhiteSpace))
        {
            yield return $"{question.Id} is said to be {Word(question.Verdict)} and no gap says what is open. Say what to write, and where.";
        }
    }

    /// <summary>What this host's rules never do, and others might.</summary>
    private static IEnumerable<string> Excesses(QuestionReview question)
    {
        if (question.Verdict == Verdict.Answered && question.Gaps.Count > 0)
        {
            yield return $"{question.Id} is said to be answered and has gaps. Say partly, or leave the gaps out.";
        }

        if (question.Verdict == Verdict.Missing && question.Evidence.Count > 0)
        {
            yield return $"{question.Id} is said to be missing and cites evidence. Say partly, or leave the evidence out.";
        }

        if (question.NotApplicable is not null || question.Waived is not null || question.Parts.Count > 0)
        {
            yield return $"{question.Id}: waivers and reasons why a question does not apply are read from the repository, never taken from a review.";
        }

        if (question.Evidence.Count > MostCitations || question.Gaps.Count > MostGaps)
        {
            yield return $"{question.Id} has more than {MostCitations} citations or {MostGaps} gaps. Give those that matter.";
        }

        if (question.Gaps.Any(gap => gap.Length > LongestSentence || gap.Any(char.IsControl)))
        {
            yield return $"A gap of {question.Id} is longer than {LongestSentence} characters or not plain text. Write a sentence.";
        }
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
