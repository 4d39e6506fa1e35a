using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace SreAgent.Host.Mcp;

/// <summary>Counts requests that are not answered yet.</summary>
internal sealed class PendingRequests(TimeProvider clock)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);
    private int _count;

    public McpMessageHandler Count(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is not JsonRpcRequest)
        {
            await next(context, cancellationToken);
            return;
        }

        Interlocked.Increment(ref _count);
        try
        {
            await next(context, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };

    /// <summary>Waits until everything is answered, at most so long.</summary>
    public async Task SettleAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        // A request that was just read may not have reached its handler: it has, when nothing is pending at two glances in a row.
        for (var quiet = 0; quiet < 2 && clock.GetElapsedTime(begun) < atMost;)
        {
            await Task.Delay(Glance, clock, cancellationToken);
            quiet = Volatile.Read(ref _count) == 0 ? quiet + 1 : 0;
        }
    }
}
