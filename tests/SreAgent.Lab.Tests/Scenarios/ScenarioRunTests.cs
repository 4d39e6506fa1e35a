using System.Collections.Concurrent;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab.Tests.Scenarios;

public class ScenarioRunTests
{
    private static readonly Scenario Two = new(
        "two", "Two things happen.",
        [new ScenarioEvent.Deploy(TimeSpan.FromSeconds(2), "checkout", "v43", "ci@lab.example"), new ScenarioEvent.Load(TimeSpan.FromSeconds(3), "checkout", 60)],
        new ScenarioAnswer("checkout", "", ""));

    [Fact]
    public async Task Events_happen_in_their_order_and_are_told()
    {
        var stage = new Stage();
        await using var run = ScenarioRun.Begin(Two, stage, pace: 0.02, TimeProvider.System);

        Assert.Equal("ci deploys checkout v43", run.Next?.What);
        while (run.Next is not null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["load checkout 12", "load recommendations 6"], stage.Done.Take(2).Order(StringComparer.Ordinal));
        Assert.Equal(["deploy checkout v43 by ci@lab.example", "load checkout 60"], stage.Done.Skip(2));
        Assert.Equal(["ci deploys checkout v43", "people make 60 requests a second of checkout"], run.Happened.Select(moment => moment.What));
        Assert.True(run.Happened[0].At <= run.Happened[1].At);
    }

    [Fact]
    public async Task A_deploy_that_fails_is_told_and_the_story_goes_on()
    {
        await using var run = ScenarioRun.Begin(Two, new Stage { Fault = new InvalidOperationException("the registry is away") }, pace: 0, TimeProvider.System);

        while (run.Next is not null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal("ci deploys checkout v43, which failed: the registry is away", run.Happened[0].What);
        Assert.Equal(2, run.Happened.Count);
    }

    [Fact]
    public async Task Nothing_happens_after_the_end()
    {
        var stage = new Stage();
        var run = ScenarioRun.Begin(Two, stage, pace: 1, TimeProvider.System);

        await run.DisposeAsync();

        Assert.Empty(run.Happened);
        Assert.DoesNotContain(stage.Done, done => done.StartsWith("deploy", StringComparison.Ordinal));
    }

    private sealed class Stage : IScenarioStage
    {
        public ConcurrentQueue<string> Done { get; } = new();

        public Exception? Fault { get; init; }

        public Task DeployAsync(string app, string tag, string by, CancellationToken cancellationToken)
        {
            Done.Enqueue($"deploy {app} {tag} by {by}");
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }

        public void SetLoad(string app, double requestsPerSecond) => Done.Enqueue($"load {app} {requestsPerSecond}");
    }
}
