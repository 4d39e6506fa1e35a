using SreAgent.Core.Policy;

namespace SreAgent.Core.Tests.Policy;

/// <summary>In Berlin the clocks jump from 02:00 to 03:00 on 29 March 2026 (01:00 UTC) and from 03:00 back to 02:00 on 25 October 2026 (01:00 UTC).</summary>
public class FreezeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-12-23T16:59:59Z", false)]
    [InlineData("2026-12-23T17:00:00Z", true)]
    [InlineData("2027-01-02T06:59:59.9999999Z", true)]
    [InlineData("2027-01-02T07:00:00Z", false)]
    public void A_one_off_freeze_holds_from_its_first_to_before_its_last_moment(string now, bool expected) =>
        Assert.Equal(expected, Once("2026-12-23T18:00:00", "2027-01-02T08:00:00").IsInForce(At(now)));

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    [InlineData("2026-03-29T01:59:59Z", true)]
    [InlineData("2026-03-29T02:00:00Z", false)]
    public void A_skipped_beginning_is_the_moment_the_clock_jumps(string now, bool expected) =>
        Assert.Equal(expected, Once("2026-03-29T02:30:00", "2026-03-29T04:00:00").IsInForce(At(now)));

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", true)]
    [InlineData("2026-03-29T01:00:00Z", false)]
    public void A_skipped_end_is_the_moment_the_clock_jumps(string now, bool expected) =>
        Assert.Equal(expected, Once("2026-03-28T20:00:00", "2026-03-29T02:30:00").IsInForce(At(now)));

    [Theory]
    [InlineData("2026-10-25T00:29:59Z", false)]
    [InlineData("2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T01:10:00Z", true)]
    [InlineData("2026-10-25T02:59:59Z", true)]
    [InlineData("2026-10-25T03:00:00Z", false)]
    public void A_repeated_beginning_begins_the_first_time_and_does_not_pause(string now, bool expected) =>
        Assert.Equal(expected, Once("2026-10-25T02:30:00", "2026-10-25T04:00:00").IsInForce(At(now)));

    [Theory]
    [InlineData("2026-10-25T00:45:00Z", true)]
    [InlineData("2026-10-25T01:29:59Z", true)]
    [InlineData("2026-10-25T01:30:00Z", false)]
    public void A_repeated_end_ends_the_second_time(string now, bool expected) =>
        Assert.Equal(expected, Once("2026-10-24T20:00:00", "2026-10-25T02:30:00").IsInForce(At(now)));

    [Theory]
    [InlineData("2026-11-20T14:59:59Z", false)] // A Friday.
    [InlineData("2026-11-20T15:00:00Z", true)]
    [InlineData("2026-11-22T12:00:00Z", true)]
    [InlineData("2026-11-23T06:59:59Z", true)]
    [InlineData("2026-11-23T07:00:00Z", false)]
    [InlineData("2026-11-25T12:00:00Z", false)]
    public void A_weekend_wraps_over_the_end_of_the_week(string now, bool expected) =>
        Assert.Equal(expected, Weekly(DayOfWeek.Friday, 16, DayOfWeek.Monday, 8).IsInForce(At(now)));

    [Theory]
    [InlineData("2026-07-17T13:59:59Z", false)]
    [InlineData("2026-07-17T14:00:00Z", true)]
    public void A_weekly_freeze_follows_summer_time(string now, bool expected) =>
        Assert.Equal(expected, Weekly(DayOfWeek.Friday, 16, DayOfWeek.Monday, 8).IsInForce(At(now)));

    [Theory]
    [InlineData("2026-10-25T00:59:00Z", true)]
    [InlineData("2026-10-25T01:30:00Z", true)]
    [InlineData("2026-10-25T02:00:00Z", false)]
    public void A_weekly_span_over_the_repeated_hour_lasts_that_hour_longer(string now, bool expected) =>
        Assert.Equal(expected, Weekly(DayOfWeek.Sunday, 1, DayOfWeek.Sunday, 3).IsInForce(At(now)));

    [Theory]
    [InlineData("2026-11-16T09:00:00Z", true)]
    [InlineData("2026-11-19T23:00:00Z", true)]
    public void A_span_from_a_moment_to_itself_is_the_whole_week(string now, bool expected) =>
        Assert.Equal(expected, Weekly(DayOfWeek.Monday, 0, DayOfWeek.Monday, 0).IsInForce(At(now)));

    [Fact]
    public void The_zone_decides_and_not_the_offset_of_the_question()
    {
        var freeze = Weekly(DayOfWeek.Friday, 16, DayOfWeek.Monday, 8);
        Assert.True(freeze.IsInForce(new DateTimeOffset(2026, 11, 21, 0, 30, 0, TimeSpan.FromHours(9))));
    }

    [Fact]
    public void A_freeze_without_a_time_is_never_in_force() =>
        Assert.False(new Freeze { Name = "empty", TimeZone = Berlin }.IsInForce(At("2026-11-20T12:00:00Z")));

    private static Freeze Once(string from, string to) => new()
    {
        Name = "once",
        TimeZone = Berlin,
        From = DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
        To = DateTime.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Freeze Weekly(DayOfWeek fromDay, int fromHour, DayOfWeek toDay, int toHour) => new()
    {
        Name = "weekly",
        TimeZone = Berlin,
        Weekly = new WeeklySpan(fromDay, new TimeOnly(fromHour, 0), toDay, new TimeOnly(toHour, 0)),
    };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
