namespace SreAgent.Integrations.GitHub;

/// <summary>One write after another, a second apart: GitHub's condition for not taking us for an attacker.</summary>
internal sealed class WritePace(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    public async Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A clock that was set back must not hold anybody up for longer than a second.
            var since = clock.GetUtcNow() - _last;
            if (since < Apart)
            {
                await Task.Delay(since < TimeSpan.Zero ? Apart : Apart - since, clock, cancellationToken);
            }

            return await write();
        }
        finally
        {
            _last = clock.GetUtcNow();
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
