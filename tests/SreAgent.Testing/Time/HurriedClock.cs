namespace SreAgent.Testing.Time;

/// <summary>
/// A clock that runs a number of times faster than the world's, and can be moved forward at once: whoever waits does wait, only not as long.
/// For several parties that wait for one another, where a clock without any waiting would let one of them run away.
/// </summary>
/// <param name="now">What it shows first.</param>
/// <param name="pace">How many of its seconds pass in one real second.</param>
public sealed class HurriedClock(DateTimeOffset now, double pace) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<Alarm> _alarms = [];
    private DateTimeOffset _shown = now;
    private long _shownAt = System.GetTimestamp();
    private double _pace = pace;

    public static HurriedClock AtNoon(double pace) => new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), pace);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _shown + (System.GetElapsedTime(_shownAt) * _pace);
        }
    }

    /// <summary>From here on it runs at another pace.</summary>
    public void Hurry(double newPace) => Change(TimeSpan.Zero, newPace);

    /// <summary>Whatever falls due within is due at once.</summary>
    public void Advance(TimeSpan by) => Change(by, newPace: null);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private void Change(TimeSpan by, double? newPace)
    {
        lock (_gate)
        {
            (_shown, _shownAt) = (GetUtcNow() + by, System.GetTimestamp());
            _pace = newPace ?? _pace;
            foreach (var alarm in _alarms)
            {
                alarm.Set();
            }
        }
    }

    private TimeSpan RealUntil(DateTimeOffset due) => TimeSpan.FromTicks(Math.Max(0, (long)((due - GetUtcNow()).Ticks / _pace)));

    private sealed class Alarm : ITimer
    {
        private readonly HurriedClock _clock;
        private readonly Action _ring;
        private readonly ITimer _real;
        private DateTimeOffset? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public Alarm(HurriedClock clock, Action ring)
        {
            (_clock, _ring) = (clock, ring);
            _real = System.CreateTimer(_ => Ring(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._gate)
            {
                (_due, _period) = (dueTime < TimeSpan.Zero ? null : _clock.GetUtcNow() + dueTime, period);
                _clock._alarms.Add(this);
                Set();
            }

            return true;
        }

        /// <summary>Has it ring when it is due by the clock as it is now. Call it under the clock's lock.</summary>
        public void Set() => _real.Change(_due is { } due ? _clock.RealUntil(due) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public void Dispose()
        {
            lock (_clock._gate)
            {
                _clock._alarms.Remove(this);
            }

            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring()
        {
            lock (_clock._gate)
            {
                if (_due is not { } due || !_clock._alarms.Contains(this))
                {
                    return;
                }

                if (due > _clock.GetUtcNow())
                {
                    Set(); // Real timers may ring early.
                    return;
                }

                _due = _period > TimeSpan.Zero ? _clock.GetUtcNow() + _period : null;
                Set();
            }

            _ring();
        }
    }
}
