using ModelContextProtocol.Server;

namespace SreAgent.Host.Mcp;

/// <summary>Knows which of the lines that came in have been dealt with.</summary>
internal sealed class PendingMessages(TimeProvider clock)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);
    private long _read;
    private long _begun;
    private long _done;

    /// <summary>Lines were read from the client. One that is no message is never dealt with, and only costs the wait at the end.</summary>
    public void Read(int lines) => Interlocked.Add(ref _read, lines);

    public McpMessageHandler Count(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        Interlocked.Increment(ref _begun);
        try
        {
            await next(context, cancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _done);
        }
    };

    /// <summary>Waits until everything is dealt with, at most so long; a server that is still starting gets the time to start besides.</summary>
    public async Task SettleAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        while (Interlocked.Read(ref _begun) == 0 && Interlocked.Read(ref _read) > 0 && clock.GetElapsedTime(asked) < LongestStart)
        {
            await Task.Delay(Glance, clock, cancellationToken);
        }

        var started = clock.GetTimestamp();
        while (Interlocked.Read(ref _done) < Interlocked.Read(ref _read) && clock.GetElapsedTime(started) < atMost)
        {
            await Task.Delay(Glance, clock, cancellationToken);
        }
    }
}
