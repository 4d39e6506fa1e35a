using SreAgent.Core.Metrics;

namespace SreAgent.Core.Tests;

public class SparklineTests
{
    [Fact]
    public void Lowest_and_highest_values_get_the_lowest_and_highest_bars() =>
        Assert.Equal("▁▅█", Sparkline.Render([0, 5, 10], width: 10));

    [Fact]
    public void A_gap_is_a_space() =>
        Assert.Equal("▁ █", Sparkline.Render([1, double.NaN, 2], width: 10));
}
