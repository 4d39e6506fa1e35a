using Microsoft.Extensions.Logging;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <inheritdoc cref="IChangeRecovery"/>
internal sealed partial class ChangeRecovery(
    AbandonedChanges abandoned, IChangeRequestStore requests, IPolicySource policies, ChangeRunner runner, ChangeExecutor executor, TimeProvider clock, ILogger<ChangeRecovery> logger)
    : IChangeRecovery
{
    private static readonly TimeSpan Interval = LeaseKeeper.Length / 3;

    public async Task<int> RunOnceAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        // What has begun is not stopped by the switch, but neither is it begun again while everything is to rest.
        if ((await policies.CurrentAsync(cancellationToken)).KillSwitch)
        {
            return 0;
        }

        var gone = 0;
        foreach (var (request, call) in await abandoned.SortAsync(cancellationToken))
        {
            var lease = runner.NewLease();
            if (await requests.TryTakeOverAsync(request.Id, lease, clock.GetUtcNow(), cancellationToken))
            {
                gone++;
                Log.GoingOn(logger, request.Id.Value);
                progress.Report($"{request.Id} ({request.Tool} on {request.Plan.Target}) was left unfinished by a process that died; going on with it.");
                Tell(request, await executor.ResumeAsync(request with { Lease = lease }, call, progress, cancellationToken), progress);
            }
        }

        return gone + await RunApprovedInAdvanceAsync(progress, cancellationToken);
    }

    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            // Not at once: nothing that was left can have lapsed faster than that, and whoever starts has other things to do first.
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    await RunOnceAsync(progress, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Log.LookFailed(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <summary>Remedies whose process died between approving them in advance and running them.</summary>
    private async Task<int> RunApprovedInAdvanceAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var approved = await requests.ListAsync(new ChangeRequestQuery([ChangeRequestState.Approved]), cancellationToken);
        var left = approved.Where(request => request.Approvals.Any(approval => approval.InAdvanceWith is not null && clock.GetUtcNow() - approval.At > LeaseKeeper.Length)).ToArray();
        foreach (var request in left)
        {
            Tell(request, await executor.ExecuteAsync(request, progress, cancellationToken), progress);
        }

        return left.Length;
    }

    private static void Tell(ChangeRequest request, ToolResult result, IProgress<string> progress) => progress.Report(result switch
    {
        ToolResult.Found => $"{request.Id} is done; 'sre-agent changes show {request.Id}' has the details.",
        ToolResult.Failed failed => failed.Explanation,
        ToolResult.Denied denied => denied.Reason,
        _ => $"{request.Id} has ended; see 'sre-agent changes show {request.Id}'.",
    });

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Going on with {ChangeRequest}, whose process died.")]
        public static partial void GoingOn(ILogger logger, string changeRequest);

        [LoggerMessage(LogLevel.Error, "Abandoned changes could not be looked for.")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
