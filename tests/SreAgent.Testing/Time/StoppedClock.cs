using System.Collections.Concurrent;

namespace SreAgent.Testing.Time;

/// <summary>A clock that stands still and whose timers never come due: it tells how long each caller would have waited.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private long _ticks = now.UtcTicks;

    /// <summary>What is being waited for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public static StoppedClock AtNoon() => new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Wakes nobody.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Enqueue(dueTime);
        return new Dead();
    }

    private sealed class Dead : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
