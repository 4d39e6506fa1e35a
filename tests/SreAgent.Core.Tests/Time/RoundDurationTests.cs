using SreAgent.Core.Time;

namespace SreAgent.Core.Tests.Time;

public class RoundDurationTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1.001, 2)]
    [InlineData(14.4, 15)]
    [InlineData(31, 60)]
    [InlineData(3_601, 7_200)]
    [InlineData(86_400, 86_400)]
    [InlineData(86_401, 172_800)]
    public void The_next_round_one_is_taken_and_never_a_shorter(double least, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RoundDuration.AtLeast(TimeSpan.FromSeconds(least)));
}
