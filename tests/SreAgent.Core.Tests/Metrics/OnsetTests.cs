using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Metrics;

namespace SreAgent.Core.Tests.Metrics;

public class OnsetTests
{
    [Fact]
    public void A_step_is_found_where_it_is()
    {
        var onset = Onset.Find([0, 0.01, 0, 0.01, 0.3, 0.31, 0.29, 0.3]);
        Assert.NotNull(onset);
        Assert.Equal(4, onset.Index);
        Assert.Equal(0.005, onset.Before, 10);
        Assert.Equal(0.3, onset.After, 10);
    }

    [Fact]
    public void A_ramp_begins_at_its_foot() =>
        Assert.Equal(5, Onset.Find([0, 0, 0, 0, 0, 0.06, 0.12, 0.18, 0.24, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3])?.Index);

    [Fact]
    public void Gaps_are_stepped_over() =>
        Assert.Equal(5, Onset.Find([0, double.NaN, 0, 0, double.NaN, 0.5, double.NaN, 0.5, 0.5])?.Index);

    [Theory]
    [InlineData(new double[] { })]
    [InlineData(new[] { 0.0, 0, 0, 0, 0 })]
    [InlineData(new[] { 0.3, 0.3, 0.3, 0.3, 0.3 })]
    [InlineData(new[] { 0.3, 0.3, 0.3, 0, 0, 0 })]
    [InlineData(new[] { 0.1, 0.3, 0.05, 0.25, 0.1, 0.3, 0.08, 0.27 })]
    [InlineData(new[] { 0.2, 0.2, 0.2, 0.25, 0.25, 0.25 })]
    public void What_is_flat_or_falls_or_only_flutters_has_none(double[] values) => Assert.Null(Onset.Find(values));

    [Fact]
    public void A_step_is_found_wherever_it_is() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (before, after) =>
            Onset.Find([.. Enumerable.Repeat(0.01, before.Get + 2), .. Enumerable.Repeat(0.4, after.Get + 2)])?.Index == before.Get + 2).QuickCheckThrowOnFailure();
}
