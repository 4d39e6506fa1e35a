using System.Text.Json;

namespace SreAgent.Host.Tests.Reviews;

/// <summary>The whole program, reviewing by itself: repositories it finds, and the pull requests that changed.</summary>
public class ScheduledReviewTests
{
    [Fact]
    public async Task A_scheduled_run_finds_reviews_and_posts_as_no_human_and_once()
    {
        await using var shop = await ReviewedShop.StartAsync();
        var program = shop.Installation
            .With("Reviews:Schedules:weekly:Cron", "0 7 * * MON").With("Reviews:Schedules:weekly:Search", "org:acme")
            .With("Reviews:Schedules:weekly:PullRequests", "true").With("Reviews:Schedules:weekly:Post", "true");

        var (status, console) = await program.RunAsync(terminal: null, "serve", "--run", "weekly");

        Assert.True(status == 1, console.Complained); // The shop says nothing of upgrades: reviewed, and not ready.
        Assert.Contains("weekly is done: 2 reviews, 2 not ready, 0 failed.", console.Complained, StringComparison.Ordinal);
        Assert.Single(await shop.CommentsAsync());
        var changes = shop.Journal.Entries.Count;
        await program.RunAsync(terminal: null, "serve", "--run", "weekly");
        Assert.Equal(changes, shop.Journal.Entries.Count);

        var (_, audit) = await program.RunAsync(terminal: null, "audit", "list", "--json");
        var published = JsonElement.Parse(audit.Said).EnumerateArray().Where(entry => entry.GetProperty("tool").GetString() == "review_publish").ToArray();
        Assert.NotEmpty(published);
        Assert.All(
            published,
            entry => Assert.Equal("schedule:weekly", entry.GetProperty("actor").GetString()));
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_is_told_and_the_rest_is_reviewed()
    {
        await using var shop = await ReviewedShop.StartAsync();
        var program = shop.Installation
            .With("Reviews:Schedules:weekly:Cron", "0 7 * * MON")
            .With("Reviews:Schedules:weekly:Repositories:0", "acme/gone").With("Reviews:Schedules:weekly:Repositories:1", "acme/shop");

        var (status, console) = await program.RunAsync(terminal: null, "serve", "--run", "weekly");

        Assert.Equal(3, status);
        Assert.Contains("acme/gone was not reviewed.", console.Complained, StringComparison.Ordinal);
        Assert.Contains("weekly is done: 1 review, 1 not ready, 1 failed.", console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_schedule_there_is_nothing_to_serve()
    {
        await using var shop = await ReviewedShop.StartAsync();

        var (status, console) = await shop.Installation.RunAsync(terminal: null, "serve");

        Assert.Equal(2, status);
        Assert.Contains("There is nothing to serve", console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_when_a_schedule_runs_next_and_how_it_ended()
    {
        await using var shop = await ReviewedShop.StartAsync();
        var program = shop.Installation.With("Reviews:Schedules:weekly:Cron", "0 7 * * MON").With("Reviews:Schedules:weekly:Repositories:0", "acme/shop");
        await program.RunAsync(terminal: null, "serve", "--run", "weekly");

        var (_, console) = await program.RunAsync(terminal: null, "doctor");

        Assert.Contains("Schedule weekly", console.Said, StringComparison.Ordinal);
        Assert.Contains("1 review", console.Said, StringComparison.Ordinal);
    }
}
