namespace SreAgent.Host.Tests.Mcp;

/// <summary>The system's clock, telling when everything that waited by it has stopped waiting.</summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Completes when the last of the timers that were made is disposed.</summary>
    public Task AllTimersGone => _gone.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _running);
        return new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), Disposed);
    }

    private void Disposed()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _gone.TrySetResult();
        }
    }

    private sealed class WatchedTimer(ITimer timer, Action disposed) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                disposed();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
