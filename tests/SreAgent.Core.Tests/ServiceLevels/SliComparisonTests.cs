using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Core.Tests.ServiceLevels;

public class SliComparisonTests
{
    private const double Noticeable = 0.0144;

    [Theory]
    [InlineData(10, 10_000, 3_000, 10_000, SliVerdict.Worse)]
    [InlineData(10, 10_000, 11, 10_000, SliVerdict.NotWorse)]
    [InlineData(0, 10_000, 0, 10_000, SliVerdict.NotWorse)]
    [InlineData(3_000, 10_000, 10, 10_000, SliVerdict.NotWorse)]
    [InlineData(0, 10_000, 0, 20, SliVerdict.TooLittleTraffic)]
    [InlineData(0, 10_000, 10, 20, SliVerdict.Worse)]
    [InlineData(0, 3, 0, 10_000, SliVerdict.TooLittleTraffic)]
    [InlineData(0, 0, 5, 10, SliVerdict.TooLittleTraffic)]
    [InlineData(2_000, 10_000, 1, 5, SliVerdict.TooLittleTraffic)]
    public void Figures_are_judged_as_a_person_would(double badBefore, double allBefore, double badAfter, double allAfter, SliVerdict verdict) =>
        Assert.Equal(verdict, Compare(badBefore, allBefore, badAfter, allAfter).Verdict);

    [Fact]
    public void Small_counts_are_left_to_Fisher_and_large_ones_to_the_normal_distribution()
    {
        Assert.Equal(SliTest.FisherExact, Compare(0, 1_000, 2, 100).Test);
        Assert.Equal(SliTest.TwoProportions, Compare(100, 1_000, 30, 200).Test);
        Assert.Equal(SliTest.None, Compare(0, 0, 1, 2).Test);
    }

    [Fact]
    public void The_statistic_is_that_of_the_textbook()
    {
        // 50 of 1000 against 80 of 1000: pooled 0.065, z = 0.03 / sqrt(0.065 × 0.935 × 0.002) = 2.7211.
        var compared = Compare(50, 1_000, 80, 1_000);
        Assert.Equal(2.7211, compared.Z, 4);
        Assert.Equal(0.00325, compared.P, 5);
        Assert.Equal("50 of 1000 bad (5%) before, 80 of 1000 bad (8%) after (z = 2.72, p = 0.0033): worse", compared.Detail);
    }

    [Fact]
    public void What_is_no_different_is_never_worse() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (bad, good) =>
            Compare(bad.Get, bad.Get + good.Get, bad.Get, bad.Get + good.Get).Verdict != SliVerdict.Worse).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_samples_are_never_both_worse_than_the_other() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(NonNegativeInt, NonNegativeInt)>(), ArbMap.Default.ArbFor<(NonNegativeInt, NonNegativeInt)>(), (one, other) =>
        {
            var there = Compare(one.Item1.Get, one.Item1.Get + one.Item2.Get, other.Item1.Get, other.Item1.Get + other.Item2.Get);
            var back = Compare(other.Item1.Get, other.Item1.Get + other.Item2.Get, one.Item1.Get, one.Item1.Get + one.Item2.Get);
            return (double.IsNaN(there.P) || there.P is >= 0 and <= 1) && !(there.Verdict == SliVerdict.Worse && back.Verdict == SliVerdict.Worse);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.02, 2_000, 400)]
    [InlineData(0.001, 5_000, 1_000)]
    public void An_unchanged_service_is_called_worse_as_seldom_as_the_level_says(double ratio, int before, int after)
    {
        var dice = new Random(7);
        int Bad(int all) => Enumerable.Range(0, all).Count(_ => dice.NextDouble() < ratio);

        var alarms = Enumerable.Range(0, 1_000).Count(_ => Compare(Bad(before), before, Bad(after), after).Verdict == SliVerdict.Worse);

        Assert.InRange(alarms, 0, 25);
    }

    [Fact]
    public void Counts_that_are_extrapolated_are_rounded_and_never_more_bad_than_all()
    {
        Assert.Contains("0 of 3 bad", Compare(-0.2, 2.7, 0, 1_000).Detail, StringComparison.Ordinal);
        Assert.Contains("3 of 3 bad", Compare(0, 1_000, 3.4, 3.2).Detail, StringComparison.Ordinal);
    }

    private static SliComparison Compare(double badBefore, double allBefore, double badAfter, double allAfter) =>
        SliComparison.Between(new SliSample(allBefore - badBefore, allBefore), new SliSample(allAfter - badAfter, allAfter), Noticeable);
}
