using SreAgent.Core.Actors;
using SreAgent.Core.Code;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Tests.Schedules;

/// <summary>One run: unattended, within its limits, and nothing that goes wrong hides the rest.</summary>
public sealed class ReviewRunTests : IDisposable
{
    private readonly AScheduledWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_reviews_what_is_named_and_what_is_found_once_each()
    {
        _world.Repositories.AddRange(["acme/Shop", "acme/mail"]);

        var report = await _world.RunAsync(AScheduledWorld.Weekly with { Repositories = ["acme/shop"] });

        Assert.Equal(["review_run acme/shop", "review_run acme/mail"], _world.Calls);
        Assert.False(report!.Failed);
    }

    [Fact]
    public async Task It_acts_as_the_schedule_which_is_no_human()
    {
        _world.Repositories.Add("acme/shop");

        await _world.RunAsync(AScheduledWorld.Weekly);

        Assert.Equal(new Actor("schedule:weekly", Surface.Schedule, IsHuman: false), Assert.Single(_world.Contexts).Actor);
    }

    [Fact]
    public async Task One_bad_repository_does_not_stop_the_others()
    {
        _world.Repositories.AddRange(["acme/broken", "acme/shop"]);
        _world.Answers["acme/broken"] = () => new ToolResult.Failed("The tree cannot be read.", Retryable: true);
        _world.Answers["acme/shop"] = () => AScheduledWorld.Ready(false);

        var report = await _world.RunAsync(AScheduledWorld.Weekly);

        Assert.Equal("1 review, 1 not ready, 1 failed.", report!.Summary());
        Assert.Contains(_world.Told, line => line.Contains("acme/broken was not reviewed. The tree cannot be read.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_guardrail_refuses_is_told_and_not_waited_for()
    {
        _world.Repositories.Add("acme/shop");
        _world.Answers["acme/shop"] = () => new ToolResult.Denied("kill-switch", "Only reads run.");

        var report = await _world.RunAsync(AScheduledWorld.Weekly);

        Assert.Equal("kill-switch says no: Only reads run.", Assert.Single(report!.Subjects).Trouble);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_run_is_said()
    {
        _world.Repositories.AddRange(["acme/a", "acme/b", "acme/c"]);
        _world.PullRequests["acme/a"] = [Pull(1), Pull(2), Pull(3)];

        var report = await _world.RunAsync(AScheduledWorld.Weekly with { MaxRepositories = 2, MaxPullRequests = 2, PullRequests = true });

        Assert.Equal(["review_run acme/a", "review_run acme/a#1", "review_run acme/a#2", "review_run acme/b"], _world.Calls);
        Assert.Equal(3, report!.Omitted.Count);
    }

    [Fact]
    public async Task Only_pull_requests_changed_since_the_last_run_are_reviewed_again()
    {
        _world.Repositories.Add("acme/a");
        _world.PullRequests["acme/a"] = [Pull(1)];
        var schedule = AScheduledWorld.Weekly with { PullRequests = true, Post = true };
        await _world.RunAsync(schedule);
        _world.Clock.Advance(TimeSpan.FromDays(1));
        _world.PullRequests["acme/a"].Add(Pull(2));

        await _world.RunAsync(schedule);

        Assert.Equal(["review_run acme/a", "review_publish acme/a#1", "review_run acme/a", "review_publish acme/a#2"], _world.Calls);
    }

    [Fact]
    public async Task A_pull_request_that_failed_is_tried_again_next_time()
    {
        _world.Repositories.Add("acme/a");
        _world.PullRequests["acme/a"] = [Pull(1)];
        _world.Answers["acme/a#1"] = () => new ToolResult.Failed("Rate limited.", Retryable: true);
        var schedule = AScheduledWorld.Weekly with { PullRequests = true };
        await _world.RunAsync(schedule);
        _world.Clock.Advance(TimeSpan.FromDays(1));
        _world.Answers.Clear();

        await _world.RunAsync(schedule);

        Assert.Equal(2, _world.Calls.Count(call => call == "review_run acme/a#1"));
    }

    private OpenPullRequest Pull(long number) => new(number, $"{number:d40}", _world.Clock.GetUtcNow() - TimeSpan.FromHours(1));
}
