using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace SreAgent.Host.Mcp;

/// <summary>
/// Passes a call's progress on to a client that asked for it, in order and all before the answer. A client that has gone away loses its
/// progress, not its call.
/// </summary>
internal sealed class ProgressRelay(McpSession session, ProgressToken? token) : IProgress<string>, IAsyncDisposable
{
    private readonly Lock _order = new();
    private Task _sent = Task.CompletedTask;
    private int _count;

    public void Report(string value)
    {
        if (token is not { } wanted)
        {
            return;
        }

        lock (_order)
        {
            var notification = new ProgressNotificationValue { Progress = ++_count, Message = value };
            _sent = SendAsync(_sent, wanted, notification);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task sent;
        lock (_order)
        {
            sent = _sent;
        }

        await sent;
    }

    private async Task SendAsync(Task before, ProgressToken wanted, ProgressNotificationValue notification)
    {
        await before;
        try
        {
            await session.NotifyProgressAsync(wanted, notification, cancellationToken: CancellationToken.None);
        }
        catch (IOException)
        {
            // The connection is gone; its end is noticed and reported where it is read.
        }
    }
}
