using SreAgent.Runtime.Schedules;

namespace SreAgent.Runtime.Tests.Schedules;

/// <summary>What settings say of schedules, and what is wrong with it.</summary>
public class ReviewSchedulesTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_crontab_line_is_meant_in_the_schedules_time_zone()
    {
        var schedule = Assert.Single(Of(new ReviewScheduleOptions { Cron = "0 7 * * MON", TimeZone = "Europe/Berlin", Search = "org:acme" }).All);

        Assert.Equal(new DateTimeOffset(2026, 11, 30, 6, 0, 0, TimeSpan.Zero), schedule.NextAfter(Friday));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero), schedule.LastBefore(Friday));
    }

    [Fact]
    public void Seven_in_the_morning_stays_seven_when_the_clocks_change()
    {
        var schedule = Assert.Single(Of(new ReviewScheduleOptions { Cron = "0 7 * * *", TimeZone = "Europe/Berlin", Search = "org:acme" }).All);

        Assert.Equal(new DateTimeOffset(2026, 10, 24, 5, 0, 0, TimeSpan.Zero), schedule.NextAfter(new DateTimeOffset(2026, 10, 23, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 6, 0, 0, TimeSpan.Zero), schedule.NextAfter(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("0 0 * * 0")]
    [InlineData("0 0 * * 7")]
    [InlineData("0 0 0 ? * SUN")]
    public void Sunday_is_sunday_however_it_is_written(string cron)
    {
        var schedule = Assert.Single(Of(new ReviewScheduleOptions { Cron = cron, Search = "org:acme" }).All);

        Assert.Equal(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero), schedule.NextAfter(Friday));
    }

    [Fact]
    public void Every_mistake_is_told_with_its_path()
    {
        var options = new ReviewScheduleOptions
        {
            Cron = "every monday",
            TimeZone = "Mars/Olympus",
            PullRequests = "yes",
            Post = "true",
            MaxRepositories = "0",
            MaxPullRequests = "many",
            MaxMinutes = "99999",
        };
        options.Repositories.Add("just-a-name");

        var schedules = Of(options);

        Assert.Empty(schedules.All);
        Assert.Equal(
            ["TimeZone", "Cron", "Repositories", "PullRequests", "Post", "MaxRepositories", "MaxPullRequests", "MaxMinutes"],
            schedules.Problems.Select(problem => problem.Split(' ')[0]["Reviews:Schedules:weekly:".Length..]));
    }

    [Fact]
    public void A_schedule_that_would_review_nothing_is_a_mistake() =>
        Assert.Contains("reviews nothing", Assert.Single(Of(new ReviewScheduleOptions { Cron = "0 7 * * MON" }).Problems), StringComparison.Ordinal);

    [Fact]
    public void Comments_without_pull_requests_are_a_mistake() =>
        Assert.Contains(
            "comments are kept on pull requests",
            Assert.Single(Of(new ReviewScheduleOptions { Cron = "0 7 * * MON", Search = "org:acme", Post = "true" }).Problems), StringComparison.Ordinal);

    private static ReviewSchedules Of(ReviewScheduleOptions options) =>
        new(new Dictionary<string, ReviewScheduleOptions>(StringComparer.Ordinal) { ["weekly"] = options });
}
