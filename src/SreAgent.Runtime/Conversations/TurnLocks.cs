namespace SreAgent.Runtime.Conversations;

/// <summary>One turn of one conversation at a time, within this process.</summary>
internal sealed class TurnLocks
{
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn; disposing gives it back.</summary>
    public async Task<IDisposable> EnterAsync(string conversationId, CancellationToken cancellationToken)
    {
        Slot slot;
        lock (_slots)
        {
            if (!_slots.TryGetValue(conversationId, out slot!))
            {
                slot = new Slot(this, conversationId);
                _slots.Add(conversationId, slot);
            }

            slot.Users++;
        }

        try
        {
            await slot.Gate.WaitAsync(cancellationToken);
            return slot;
        }
        catch (OperationCanceledException)
        {
            slot.Leave();
            throw;
        }
    }

    private sealed class Slot(TurnLocks locks, string conversationId) : IDisposable
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose()
        {
            Gate.Release();
            Leave();
        }

        public void Leave()
        {
            lock (locks._slots)
            {
                if (--Users == 0)
                {
                    locks._slots.Remove(conversationId);
                }
            }
        }
    }
}
