using SreAgent.Core.Readiness;
using static SreAgent.Core.Tests.Readiness.ReviewBuilder;

namespace SreAgent.Core.Tests.Readiness;

public class ReviewTrendTests
{
    [Theory]
    [InlineData("▁", Heading.Same, Verdict.Missing)]
    [InlineData("▁▄█", Heading.Better, Verdict.Missing, Verdict.Partly, Verdict.Answered)]
    [InlineData("█▄▄", Heading.Worse, Verdict.Answered, Verdict.Partly, Verdict.Partly)]
    [InlineData("█▁█", Heading.Better, Verdict.Answered, Verdict.Missing, Verdict.Answered)]
    public void A_trend_is_told_by_the_last_change(string sparkline, Heading heading, params Verdict[] oldestFirst)
    {
        var trend = ReviewTrend.Of([.. oldestFirst.Reverse().Select(Kept)])[0];

        Assert.Equal((sparkline, heading), (trend.Sparkline, trend.Heading));
    }

    [Fact]
    public void Advice_follows_the_personas_priorities()
    {
        var persona = Persona with { Priorities = ["Deploy, upgrade and rollback: a rollout that is safe.", "Who runs it, and who is on call."] };
        var review = Honest.With(new QuestionReview("on-call", "Who is on call?", Verdict.Missing, [], ["Name somebody."]));

        Assert.Equal(["upgrade: Say how a schema is migrated, in docs/runbook.md.", "on-call: Name somebody."], ReviewAdvice.Of(review, persona));
    }

    private static KeptReview Kept(Verdict verdict) =>
        new("rev-1", "shop/checkout", DateTimeOffset.UnixEpoch, KeptReview.Engine, Honest.With(new QuestionReview("on-call", "Who is on call?", verdict, [], [])));
}
