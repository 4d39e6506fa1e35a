using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Core.Tests.ServiceLevels;

public class CountStatisticsTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(-1.959963984540054, 0.975)]
    [InlineData(3.090232306167813, 0.001)]
    [InlineData(4.5, 3.397673125e-6)]
    [InlineData(5, 2.866515719e-7)]
    [InlineData(6, 9.865876450e-10)]
    public void The_normal_tail_is_that_of_the_tables(double z, double tail) =>
        Assert.InRange(CountStatistics.NormalUpperTail(z), tail * (1 - 1e-6), tail * (1 + 1e-6));

    [Theory]
    [InlineData(8, 4, 4, 4, 1 / 70.0)]
    [InlineData(8, 4, 4, 3, 17 / 70.0)]
    [InlineData(8, 4, 4, 0, 1)]
    [InlineData(1_050, 1, 50, 1, 50 / 1_050.0)]
    public void Fishers_test_is_that_of_the_lady_tasting_tea(long all, long marked, long drawn, long seen, double tail) =>
        Assert.Equal(tail, CountStatistics.HypergeometricUpperTail(all, marked, drawn, seen), 10);

    [Theory]
    [InlineData(10, 0.5, 8, 56 / 1024.0)]
    [InlineData(3, 0.25, 3, 1 / 64.0)]
    [InlineData(3, 0.25, 0, 1)]
    [InlineData(3, 0, 1, 0)]
    public void The_binomial_tail_is_counted_out(long trials, double share, long seen, double tail) =>
        Assert.Equal(tail, CountStatistics.BinomialUpperTail(trials, share, seen), 10);

    [Fact]
    public void Seeing_more_is_never_likelier() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (all, marked, drawn) =>
        {
            var (m, d) = (marked.Get % (all.Get + 1), drawn.Get % (all.Get + 1));
            var tails = Enumerable.Range(0, d + 2).Select(seen => CountStatistics.HypergeometricUpperTail(all.Get, m, d, seen)).ToArray();
            return tails.All(tail => tail is >= 0 and <= 1) && tails.Zip(tails.Skip(1)).All(pair => pair.Second <= pair.First + 1e-12);
        }).QuickCheckThrowOnFailure();
}
