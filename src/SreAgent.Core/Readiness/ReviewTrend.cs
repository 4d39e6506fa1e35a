namespace SreAgent.Core.Readiness;

/// <summary>How a question was answered over time.</summary>
/// <param name="Question">Its id.</param>
/// <param name="Verdicts">The oldest first; never empty.</param>
public sealed record ReviewTrend(string Question, IReadOnlyList<Verdict> Verdicts)
{
    private const int Widest = 12;

    /// <summary>The newest verdict against the one before it changed last.</summary>
    public Heading Heading
    {
        get
        {
            var now = Verdicts[^1];
            var before = Verdicts.Reverse().Where(verdict => verdict != now).Select(verdict => (Verdict?)verdict).FirstOrDefault() ?? now;
            return now > before ? Heading.Better : now < before ? Heading.Worse : Heading.Same;
        }
    }

    /// <summary>The newest dozen, a third of the height for each verdict.</summary>
    public string Sparkline => string.Concat(Verdicts.TakeLast(Widest).Select(verdict => verdict switch { Verdict.Answered => '█', Verdict.Partly => '▄', _ => '▁' }));

    /// <summary>One for each question of the newest review, in its order.</summary>
    /// <param name="newestFirst">Of one subject, by one persona.</param>
    public static IReadOnlyList<ReviewTrend> Of(IReadOnlyList<KeptReview> newestFirst)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        return newestFirst.Count == 0 ? [] :
        [
            .. newestFirst[0].Review.Questions.Select(question => new ReviewTrend(
                question.Id,
                [.. newestFirst.Reverse().SelectMany(kept => kept.Review.Questions.Where(other => other.Id == question.Id).Take(1)).Select(other => other.Verdict)])),
        ];
    }
}

/// <summary>Where a question is heading.</summary>
public enum Heading
{
    Same = 0,
    Better,
    Worse,
}
