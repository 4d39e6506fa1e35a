using SreAgent.Core.Metrics;
using SreAgent.Core.Time;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Charts;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Terminal;

public sealed class BrailleChartTests
{
    private static readonly TimeRange Window = new(new DateTimeOffset(2026, 11, 20, 2, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Several_lines_share_one_scale() => Snapshot.Verify(Drawn(new Plot("errors per second", [
        new PlotLine("checkout", [.. Enumerable.Range(0, 120).Select(i => i < 80 ? 0.2 : 0.2 + ((i - 80) * 0.15))]),
        new PlotLine("search", [.. Enumerable.Range(0, 120).Select(i => 1.5 + Math.Sin(i / 9.0))]),
    ])));

    [Fact]
    public void A_gap_stays_a_gap() => Snapshot.Verify(Drawn(new Plot("up", [
        new PlotLine("a", [.. Enumerable.Range(0, 60).Select(i => i is > 20 and < 40 ? double.NaN : i)]),
    ])));

    [Fact]
    public void A_constant_is_a_line_at_the_bottom() => Snapshot.Verify(Drawn(new Plot("flat", [new PlotLine("", [5, 5, 5, 5])])));

    [Fact]
    public void Nothing_but_gaps_says_so() => Assert.Equal("up: no samples to draw", Drawn(new Plot("up", [new PlotLine("a", [double.NaN])])));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0000000123, "12.3n")]
    [InlineData(0.000123, "123µ")]
    [InlineData(0.0123, "0.0123")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(999, "999")]
    [InlineData(4321, "4321")]
    [InlineData(43210, "43.2k")]
    [InlineData(1234567, "1.23M")]
    [InlineData(double.NaN, "–")]
    public void Figures_are_short(double value, string wanted) => Assert.Equal(wanted, Figure.Of(value));

    private static string Drawn(Plot plot) => string.Join('\n', BrailleChart.Render(plot, Window, width: 70, rows: 6, new Ink(colour: false)));
}
