using Microsoft.Extensions.Logging.Abstractions;
using Quartz;
using SreAgent.Runtime.Schedules;

namespace SreAgent.Runtime.Tests.Schedules;

/// <summary>When runs happen, and that each happens once.</summary>
public sealed class ReviewRunnerTests : IDisposable
{
    private readonly AScheduledWorld _world = new();

    public ReviewRunnerTests() => _world.Repositories.Add("acme/shop");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Two_processes_on_one_store_run_a_due_moment_once()
    {
        var due = _world.Clock.GetUtcNow();
        var runners = Enumerable.Range(0, 4).Select(_ => _world.Runner()).ToArray();

        var reports = await Task.WhenAll(runners.Select(runner => Task.Run(() => runner.RunAsync(AScheduledWorld.Weekly, due, _world, Token), Token)));

        Assert.Single(reports, report => report is not null);
        Assert.Single(_world.Calls);
    }

    [Fact]
    public async Task What_was_due_while_nobody_served_runs_once()
    {
        await _world.RunAsync(AScheduledWorld.Weekly);
        _world.Clock.Advance(TimeSpan.FromDays(15));

        await _world.Runner().CatchUpAsync(AScheduledWorld.Weekly, _world, Token);
        await _world.Runner().CatchUpAsync(AScheduledWorld.Weekly, _world, Token);

        Assert.Equal(2, _world.Calls.Count);
    }

    [Fact]
    public async Task A_run_that_breaks_off_counts_as_failed_and_throws_nothing()
    {
        _world.Answers["acme/shop"] = () => throw new InvalidOperationException("gone");

        var report = await _world.RunAsync(AScheduledWorld.Weekly);

        Assert.True(report!.Failed);
        Assert.Contains("weekly: the run broke off: gone", _world.Told);
    }

    [Fact]
    public async Task A_new_schedule_waits_for_its_time()
    {
        await _world.Runner().CatchUpAsync(AScheduledWorld.Weekly, _world, Token);

        Assert.Empty(_world.Calls);
    }

    [Fact]
    public async Task A_schedule_runs_when_it_is_due_and_stops_when_told()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var everySecond = AScheduledWorld.Weekly with { Due = CronExpression.Parse("* * * * * ?") };
        var scheduler = new ReviewScheduler(ReviewSchedules.Of(everySecond), _world.Runner(), TimeProvider.System, NullLoggerFactory.Instance);

        var serving = scheduler.ServeAsync(_world, stop.Token);
        while (_world.Calls.Count < 2)
        {
            await Task.Delay(50, Token);
        }

        await stop.CancelAsync();
        await serving.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.All(_world.Calls, call => Assert.Equal("review_run acme/shop", call));
    }
}
