namespace SreAgent.Testing.Time;

/// <summary>A clock on which nobody waits: whoever sets a timer finds that its time has come.</summary>
public sealed class LeapingClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = now;

    public static LeapingClock AtNoon() => new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Is told the new time after each leap.</summary>
    public Action<DateTimeOffset>? Leapt { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            _now += by;
        }

        Leapt?.Invoke(GetUtcNow());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (dueTime > TimeSpan.Zero)
        {
            Advance(dueTime);
        }

        // Elsewhere, since whoever asked has not been given the timer yet.
        _ = ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
