using System.Threading.Channels;

namespace SreAgent.Lab.Fleet;

/// <summary>So many requests at once; others wait in a queue of limited length, and what finds that full is refused.</summary>
internal sealed class WorkerPool
{
    private const int LongestQueue = 16;

    private readonly Channel<int> _free;
    private readonly ServiceMetrics _metrics;
    private int _waiting;

    public WorkerPool(int size, ServiceMetrics metrics)
    {
        _metrics = metrics;
        _free = Channel.CreateBounded<int>(size);
        for (var worker = 0; worker < size; worker++)
        {
            _free.Writer.TryWrite(worker);
        }
    }

    /// <returns>The worker that was taken, to be given back with <see cref="Leave"/>; null when the queue is full.</returns>
    public async ValueTask<int?> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (!_free.Reader.TryRead(out var worker))
        {
            if (Interlocked.Increment(ref _waiting) > LongestQueue)
            {
                Interlocked.Decrement(ref _waiting);
                return null;
            }

            _metrics.QueueMoved(1);
            try
            {
                worker = await _free.Reader.ReadAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
                _metrics.QueueMoved(-1);
            }
        }

        _metrics.WorkersMoved(1);
        return worker;
    }

    public void Leave(int worker)
    {
        _metrics.WorkersMoved(-1);
        _free.Writer.TryWrite(worker);
    }
}
