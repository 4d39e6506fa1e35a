using System.Collections.Concurrent;

namespace SreAgent.Integrations.Git;

/// <summary>One at a time for each key, within this process; between processes git's own locks hold.</summary>
internal sealed class KeyedLock
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <returns>Give it back by disposing it.</returns>
    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(key, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        return new Taken(turn);
    }

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
