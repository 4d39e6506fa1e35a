using SreAgent.Core.Metrics;

namespace SreAgent.Core.Tests.Metrics;

public class SparklineTests
{
    [Fact]
    public void Lowest_and_highest_values_get_the_lowest_and_highest_bars() =>
        Assert.Equal("▁▅█", Sparkline.Render([0, 5, 10], width: 10));

    [Fact]
    public void A_gap_is_a_space() =>
        Assert.Equal("▁ █", Sparkline.Render([1, double.NaN, 2], width: 10));

    [Fact]
    public void A_flat_series_lies_low() => Assert.Equal("▁▁▁", Sparkline.Render([7, 7, 7], width: 10));

    [Fact]
    public void Infinities_are_gaps() => Assert.Equal("▁ █ ", Sparkline.Render([1, double.PositiveInfinity, 2, double.NegativeInfinity], width: 10));

    [Fact]
    public void Nothing_to_draw_draws_nothing()
    {
        Assert.Equal("", Sparkline.Render([], width: 10));
        Assert.Equal("", Sparkline.Render([double.NaN, double.NaN], width: 10));
    }

    [Fact]
    public void The_widest_possible_span_is_drawn() =>
        Assert.Equal("▁▅█", Sparkline.Render([-double.MaxValue, 0, double.MaxValue], width: 10));

    [Theory]
    [InlineData(1000, 10)]
    [InlineData(11, 10)]
    [InlineData(10, 10)]
    [InlineData(3, 10)]
    public void No_line_is_wider_than_asked(int values, int width) =>
        Assert.Equal(Math.Min(values, width), Sparkline.Render([.. Enumerable.Range(0, values).Select(i => (double)i)], width).Length);

    [Fact]
    public void Buckets_average_what_there_is()
    {
        Assert.Equal([1.5, 3.5], Sparkline.Bucket([1, 2, 3, 4], 2));
        Assert.Equal([1, double.NaN], Sparkline.Bucket([1, double.NaN, double.NaN, double.NaN], 2));
    }

    [Fact]
    public void A_line_has_a_width() => Assert.Throws<ArgumentOutOfRangeException>(() => Sparkline.Render([1], width: 0));
}
