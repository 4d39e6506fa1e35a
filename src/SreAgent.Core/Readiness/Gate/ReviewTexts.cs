namespace SreAgent.Core.Readiness.Gate;

/// <summary>Every piece of text a review would show to somebody.</summary>
internal static class ReviewTexts
{
    /// <summary>The place in words, so that it can be found without repeating what stands there.</summary>
    public static IEnumerable<(string Place, string Text)> Of(ReadinessReview review)
    {
        yield return ("The subject", review.Subject);
        foreach (var text in review.Questions.SelectMany(OfQuestion))
        {
            yield return text;
        }

        foreach (var finding in review.Findings)
        {
            yield return ($"Finding {finding.Id}", $"{finding.Message}\n{finding.Path}\n{finding.Waived}");
        }

        foreach (var line in review.NotLookedAt)
        {
            yield return ("A line of what was not looked at", line);
        }
    }

    private static IEnumerable<(string Place, string Text)> OfQuestion(QuestionReview question)
    {
        yield return ($"The wording of {question.Id}", question.Question);
        foreach (var gap in question.Gaps)
        {
            yield return ($"A gap of {question.Id}", gap);
        }

        foreach (var reason in new[] { question.NotApplicable, question.Waived }.Concat(question.Parts.Select(part => part.Reason)).OfType<string>())
        {
            yield return ($"A reason of {question.Id}", reason);
        }

        foreach (var citation in CitationsOf(question))
        {
            yield return ($"The quote of {citation.Path}:{citation.Line} under {question.Id}", citation.Quote);
            yield return ($"A path cited under {question.Id}", citation.Path);
        }
    }

    public static IEnumerable<Citation> CitationsOf(QuestionReview question) => question.Evidence.Concat(question.Parts.SelectMany(part => part.Evidence));
}
