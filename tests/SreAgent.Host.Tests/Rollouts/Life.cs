namespace SreAgent.Host.Tests.Rollouts;

/// <summary>
/// The life of one process of a test. It may be told to end at a moment: from then on whatever the process does stands still for ever and
/// reaches nobody, as after kill -9. Moments lie before and after each of its records and each of its requests that change something, so they
/// cover every gap between two effects, and every effect whose answer never came.
/// </summary>
internal sealed class Life
{
    private static readonly Task ForEver = new TaskCompletionSource().Task;

    private readonly Lock _gate = new();
    private readonly List<string> _moments = [];
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _fellAsleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _wokeUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<string, Task> _meanwhile = _ => Task.CompletedTask;
    private bool _counts;

    /// <summary>Whether it ends at a moment, by its number, from 0, and its name.</summary>
    public Func<int, string, bool> EndsAt { get; set; } = (_, _) => false;

    /// <summary>Whether it falls asleep at a moment, by its name: it stands still as in death, until it is woken up.</summary>
    public Func<string, bool> SleepsAt { get; set; } = _ => false;

    public Task Died => _died.Task;

    public Task FellAsleep => _fellAsleep.Task;

    public IReadOnlyList<string> Moments
    {
        get
        {
            lock (_gate)
            {
                return [.. _moments];
            }
        }
    }

    /// <summary>From here on moments count.</summary>
    public void Begin() => _counts = true;

    /// <summary>What happens in the world at a moment, by its name. The last one told counts.</summary>
    public void When(string moment, Func<Task> happens) =>
        _meanwhile = passed => string.Equals(passed, moment, StringComparison.Ordinal) ? happens() : Task.CompletedTask;

    public void When(string moment, Action happens) => When(passed => string.Equals(passed, moment, StringComparison.Ordinal), happens);

    public void When(Func<string, bool> isIt, Action happens) => _meanwhile = passed =>
    {
        if (isIt(passed))
        {
            happens();
        }

        return Task.CompletedTask;
    };

    public void End() => _died.TrySetResult();

    public void WakeUp() => _wokeUp.TrySetResult();

    /// <summary>Returns at once in life and never after it.</summary>
    public Task GoOnAsync() => _died.Task.IsCompleted ? ForEver : _fellAsleep.Task.IsCompleted ? _wokeUp.Task : Task.CompletedTask;

    /// <summary>The same, at a moment that has a name.</summary>
    public async Task PassAsync(string moment)
    {
        var counts = false;
        lock (_gate)
        {
            if (_counts && !_died.Task.IsCompleted)
            {
                counts = true;
                _moments.Add(moment);
                if (SleepsAt(moment))
                {
                    _fellAsleep.TrySetResult();
                }

                if (EndsAt(_moments.Count - 1, moment))
                {
                    End();
                }
            }
        }

        await (counts ? _meanwhile(moment) : Task.CompletedTask);
        await GoOnAsync();
    }

    /// <summary>The clock as this process sees it: after its life no timer rings.</summary>
    public TimeProvider ClockOf(TimeProvider clock) => new MortalClock(this, clock);

    private sealed class MortalClock(Life life, TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(
                seen =>
                {
                    if (!life._died.Task.IsCompleted)
                    {
                        callback(seen);
                    }
                },
                state, dueTime, period);
    }
}
