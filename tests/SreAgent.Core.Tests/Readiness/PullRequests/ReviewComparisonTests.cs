using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using static SreAgent.Core.Tests.Readiness.PullRequests.Reviewed;

namespace SreAgent.Core.Tests.Readiness.PullRequests;

public class ReviewComparisonTests
{
    [Theory]
    [InlineData(Verdict.Partly, Verdict.Answered, Trend.Better)]
    [InlineData(Verdict.Answered, Verdict.Missing, Trend.Worse)]
    [InlineData(Verdict.Missing, Verdict.Missing, Trend.Same)]
    public void A_verdict_that_moves_says_where(Verdict before, Verdict after, Trend trend)
    {
        var comparison = ReviewComparison.Of(Review([Question("upgrade", before)]), Review([Question("upgrade", after)]), []);

        var change = Assert.Single(comparison.Questions);
        Assert.Equal((before, after, trend), (change.Before, change.After, change.Trend));
        Assert.Equal((trend == Trend.Worse, trend == Trend.Better), (comparison.MakesWorse, comparison.MakesBetter));
    }

    [Fact]
    public void A_part_that_is_lost_is_worse_although_the_verdict_stays()
    {
        var before = Question("on-call", Verdict.Partly, Part("owner", SubQuestionState.Answered), Part("runbook", SubQuestionState.Open));
        var after = Question("on-call", Verdict.Partly, Part("owner", SubQuestionState.Open), Part("runbook", SubQuestionState.Open));

        var change = Assert.Single(ReviewComparison.Of(Review([before]), Review([after]), []).Questions);

        Assert.Equal(Trend.Worse, change.Trend);
        Assert.Equal(["the owner"], change.Lost);
    }

    [Fact]
    public void One_part_for_another_is_both()
    {
        var before = Question("on-call", Verdict.Partly, Part("owner", SubQuestionState.Answered), Part("runbook", SubQuestionState.Open));
        var after = Question("on-call", Verdict.Partly, Part("owner", SubQuestionState.Open), Part("runbook", SubQuestionState.Answered));

        var change = Assert.Single(ReviewComparison.Of(Review([before]), Review([after]), []).Questions);

        Assert.Equal((Trend.Mixed, "the runbook", "the owner"), (change.Trend, Assert.Single(change.Gained), Assert.Single(change.Lost)));
    }

    [Fact]
    public void A_finding_that_only_moved_is_not_new()
    {
        var before = new Finding("alert-without-runbook", FindingSeverity.Medium, "Alert Down has no runbook.") { Path = "old/rules.yaml", Line = 3 };
        var after = before with { Path = "new/rules.yaml", Line = 30 };

        var comparison = ReviewComparison.Of(Review([], before), Review([], after), [new ChangedPath("new/rules.yaml", PathChange.Renamed) { PreviousPath = "old/rules.yaml" }]);

        Assert.Empty(comparison.NewFindings);
        Assert.Empty(comparison.SettledFindings);
    }

    [Fact]
    public void A_second_one_of_the_same_is_new()
    {
        var finding = new Finding("alert-without-runbook", FindingSeverity.Medium, "An alert has no runbook.") { Path = "rules.yaml", Line = 3 };

        var comparison = ReviewComparison.Of(Review([], finding), Review([], finding, finding with { Line = 9 }), []);

        Assert.Equal(9, Assert.Single(comparison.NewFindings).Line);
        Assert.Single(ReviewComparison.Of(Review([], finding), Review([]), []).SettledFindings);
    }

    [Fact]
    public void A_finding_that_is_waived_makes_nothing_worse()
    {
        var waived = new Finding("secret-in-configuration", FindingSeverity.Critical, "A key.") { Path = "test.env", Waived = "made up (ada, until 2027-01-01)" };

        Assert.False(ReviewComparison.Of(Review([]), Review([], waived), []).MakesWorse);
        Assert.True(ReviewComparison.Of(Review([]), Review([], waived with { Waived = null }), []).MakesWorse);
    }

    [Fact]
    public void A_question_the_base_was_not_asked_is_neither() =>
        Assert.Equal((null, Trend.Same), ReviewComparison.Of(Review([]), Review([Question("upgrade", Verdict.Missing)]), []).Questions is [var only] ? (only.Before, only.Trend) : default);
}
