namespace SreAgent.Lab.Scenarios;

/// <summary>A scenario taking its course.</summary>
public sealed class ScenarioRun : IAsyncDisposable
{
    private readonly IScenarioStage _stage;
    private readonly TimeProvider _clock;
    private readonly double _pace;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<ScenarioMoment> _happened = [];
    private readonly Task _course;

    private ScenarioRun(Scenario scenario, IScenarioStage stage, double pace, TimeProvider clock)
    {
        (Scenario, _stage, _pace, _clock) = (scenario, stage, pace, clock);
        Since = clock.GetUtcNow();
        _course = TakeCourseAsync();
    }

    public Scenario Scenario { get; }

    public DateTimeOffset Since { get; }

    /// <summary>Oldest first; a copy.</summary>
    public IReadOnlyList<ScenarioMoment> Happened
    {
        get
        {
            lock (_gate)
            {
                return [.. _happened];
            }
        }
    }

    /// <summary>Null when nothing more comes.</summary>
    public ScenarioMoment? Next
    {
        get
        {
            lock (_gate)
            {
                return _happened.Count < Scenario.Events.Count ? new ScenarioMoment(TimeOf(Scenario.Events[_happened.Count]), Scenario.Events[_happened.Count].What) : null;
            }
        }
    }

    /// <param name="scenario">What happens.</param>
    /// <param name="stage">To what.</param>
    /// <param name="pace">Factor on all times: 1 as written, 0.1 in a tenth.</param>
    /// <param name="clock">The time.</param>
    public static ScenarioRun Begin(Scenario scenario, IScenarioStage stage, double pace, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(clock);
        foreach (var (app, rate) in scenario.Load)
        {
            stage.SetLoad(app, rate);
        }

        return new ScenarioRun(scenario, stage, pace, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _course.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task TakeCourseAsync()
    {
        foreach (var next in Scenario.Events)
        {
            var wait = TimeOf(next) - _clock.GetUtcNow();
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _clock, _end.Token);
            var what = next.What;
            try
            {
                await ActAsync(next);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                what += $", which failed: {e.Message}";
            }

            lock (_gate)
            {
                _happened.Add(new ScenarioMoment(_clock.GetUtcNow(), what));
            }
        }
    }

    private Task ActAsync(ScenarioEvent next)
    {
        switch (next)
        {
            case ScenarioEvent.Deploy deploy:
                return _stage.DeployAsync(deploy.App, deploy.Tag, deploy.By, _end.Token);
            case ScenarioEvent.Load load:
                _stage.SetLoad(load.App, load.RequestsPerSecond);
                return Task.CompletedTask;
            default:
                throw new InvalidOperationException($"A scenario has no event {next.GetType().Name}.");
        }
    }

    private DateTimeOffset TimeOf(ScenarioEvent next) => Since + (next.After * _pace);
}

/// <summary>Something that happens in a scenario at its time.</summary>
public sealed record ScenarioMoment(DateTimeOffset At, string What);
