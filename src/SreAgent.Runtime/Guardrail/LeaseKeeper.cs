using Microsoft.Extensions.Logging;
using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Keeps the lease on a change for as long as this process works on it, and says when it is lost: taken over, or not prolonged in time
/// because the store does not answer. Whoever works on the change then stops, since another process may have begun.
/// </summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly IChangeRequestStore _requests;
    private readonly ChangeRequestId _id;
    private readonly string _holder;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _done = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _keeping;

    private LeaseKeeper(IChangeRequestStore requests, ChangeRequestId id, string holder, TimeProvider clock, ILogger logger)
    {
        (_requests, _id, _holder, _clock, _logger) = (requests, id, holder, clock, logger);
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>How long a process may be silent before another takes its change over.</summary>
    public static TimeSpan Length { get; } = TimeSpan.FromSeconds(30);

    private static TimeSpan Interval => Length / 3;

    /// <summary>Cancelled when the change is no longer this process's.</summary>
    public CancellationToken Lost => _lost.Token;

    public static LeaseKeeper Start(IChangeRequestStore requests, ChangeRequestId id, string holder, TimeProvider clock, ILogger logger) =>
        new(requests, id, holder, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _keeping;
        _done.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync()
    {
        var until = _clock.GetUtcNow() + Length;
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                var next = _clock.GetUtcNow() + Length;
                switch (await TryRenewAsync(next))
                {
                    case true:
                        until = next;
                        break;
                    case false:
                        Log.TakenOver(_logger, _id.Value);
                        await _lost.CancelAsync();
                        return;
                    case null when _clock.GetUtcNow() + Interval >= until:
                        // The next look would come too late: from then on somebody else may be working on it.
                        Log.Unreachable(_logger, _id.Value);
                        await _lost.CancelAsync();
                        return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed of: the work is done.
        }
    }

    /// <returns>Null when the store did not answer.</returns>
    private async Task<bool?> TryRenewAsync(DateTimeOffset until)
    {
        try
        {
            return await _requests.TryRenewAsync(_id, new ChangeLease(_holder, until), _done.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NotRenewed(_logger, exception, _id.Value);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{ChangeRequest} has been taken over by another process; this one stops working on it.")]
        public static partial void TakenOver(ILogger logger, string changeRequest);

        [LoggerMessage(LogLevel.Error, "The lease on {ChangeRequest} could not be prolonged in time; this process stops working on it.")]
        public static partial void Unreachable(ILogger logger, string changeRequest);

        [LoggerMessage(LogLevel.Warning, "The lease on {ChangeRequest} could not be prolonged this time.")]
        public static partial void NotRenewed(ILogger logger, Exception exception, string changeRequest);
    }
}
