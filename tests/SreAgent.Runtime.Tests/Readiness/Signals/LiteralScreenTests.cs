using System.Text;
using SreAgent.Runtime.Readiness.Readers;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

public sealed class LiteralScreenTests
{
    private static readonly LiteralScreen Screen = new("resilience4j.circuitbreaker", "retry:", "HEALTHCHECK");

    [Theory]
    [InlineData("resilience4j.circuitbreaker", true)]
    [InlineData("  retry: 3", true)]
    [InlineData("HEALTHCHECK CMD true", true)]
    [InlineData("another.circuitbreaker", false)] // The part that is looked for, without what stands before it.
    [InlineData("healthcheck", false)]
    [InlineData("", false)]
    public void Only_a_whole_literal_occurs(string text, bool occurs) => Assert.Equal(occurs, Screen.Occurs(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_literal_is_found_wherever_it_stands_in_a_long_file()
    {
        // Around every place where one piece ends and the next begins.
        for (var before = 8_100; before < 8_300; before++)
        {
            Assert.True(Screen.Occurs(Encoding.UTF8.GetBytes(new string('x', before) + "resilience4j.circuitbreaker" + new string('y', 9_000))), $"not found at {before}");
        }
    }
}
