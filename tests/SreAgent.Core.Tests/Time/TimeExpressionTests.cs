using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Time;

namespace SreAgent.Core.Tests.Time;

public class TimeExpressionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-11-20T12:00:00.0000000Z")]
    [InlineData(" NOW ", "2026-11-20T12:00:00.0000000Z")]
    [InlineData("now-1h", "2026-11-20T11:00:00.0000000Z")]
    [InlineData("now-1h30m", "2026-11-20T10:30:00.0000000Z")]
    [InlineData("now - 2d", "2026-11-18T12:00:00.0000000Z")]
    [InlineData("now+250ms", "2026-11-20T12:00:00.2500000Z")]
    [InlineData("now-1.5h", "2026-11-20T10:30:00.0000000Z")]
    [InlineData("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("2026-11-20t10:00:00z", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("2026-11-20 10:00:00Z", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("2026-11-20T10:00:00+02:00", "2026-11-20T08:00:00.0000000Z")]
    [InlineData("2026-11-20T10:00:00.5-05:30", "2026-11-20T15:30:00.5000000Z")]
    [InlineData("2026-11-20T10:00:00.123456789Z", "2026-11-20T10:00:00.1234567Z")]
    [InlineData("2026-11-20T10:00:00", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("2026-11-20T10:00", "2026-11-20T10:00:00.0000000Z")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00.0000000Z")]
    public void A_moment_is_read_one_way(string text, string expected)
    {
        Assert.True(TimeExpression.TryParse(text, Now, out var moment));
        Assert.Equal(expected, moment.UtcDateTime.ToString("O"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("yesterday")]
    [InlineData("nowhere")]
    [InlineData("now-")]
    [InlineData("now-1")]
    [InlineData("now-1M")]
    [InlineData("now1h")]
    [InlineData("now--1h")]
    [InlineData("now-99999999999y")]
    [InlineData("now-9000y")]
    [InlineData("10:00")]
    [InlineData("5")]
    [InlineData("11/12/2026")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-11-20T10:00:00.Z")]
    [InlineData("2026-11-20T25:00:00Z")]
    [InlineData("Friday, 20 November 2026")]
    public void What_could_mean_more_than_one_moment_is_refused(string? text) => Assert.False(TimeExpression.TryParse(text, Now, out _));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("2w", 1209600)]
    [InlineData("1y", 31536000)]
    [InlineData("0.5d", 43200)]
    [InlineData("15 minutes", -1)]
    [InlineData("15minutes", 900)]
    [InlineData("1h-30m", -1)]
    [InlineData("-1h", -1)]
    [InlineData("h", -1)]
    [InlineData("1", -1)]
    [InlineData("..s", -1)]
    [InlineData("1e3s", -1)]
    [InlineData("922337203685.4776s", -1)]
    public void A_duration_is_a_sum_of_amounts_with_units(string text, double seconds)
    {
        Assert.Equal(seconds >= 0, TimeExpression.TryParseDuration(text, out var duration));
        Assert.Equal(Math.Max(0, seconds), duration.TotalSeconds);
    }

    [Theory]
    [InlineData(5400_000, "1h30m")]
    [InlineData(15_000, "15s")]
    [InlineData(250, "250ms")]
    [InlineData(1500, "1s500ms")]
    [InlineData(0, "0s")]
    [InlineData(90061_000, "1d1h1m1s")]
    [InlineData(-300_000, "-5m")]
    public void A_duration_is_written_as_it_would_be_typed(long milliseconds, string expected) =>
        Assert.Equal(expected, TimeExpression.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void The_longest_durations_are_written()
    {
        Assert.StartsWith("10675199d", TimeExpression.Format(TimeSpan.MaxValue), StringComparison.Ordinal);
        Assert.StartsWith("-10675199d", TimeExpression.Format(TimeSpan.MinValue), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), milliseconds =>
        {
            var duration = TimeSpan.FromMilliseconds(milliseconds);
            return TimeExpression.TryParseDuration(TimeExpression.Format(duration), out var read) && Math.Abs((read - duration).TotalMilliseconds) < 0.001;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_fail() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
            TimeExpression.TryParse(text, Now, out var moment) | TimeExpression.TryParse("now-" + text, Now, out _) | moment <= DateTimeOffset.MaxValue).QuickCheckThrowOnFailure();
}
