using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Executes an approved request, at most once whoever asks: admission, policy and fingerprint are taken again (G3), the approval is spent
/// in the store (G4), and only then the change runs.
/// </summary>
internal sealed partial class ChangeExecutor(
    IChangeRequestStore requests,
    IPolicySource policies,
    RequestReadmission readmission,
    ChangePlanner planner,
    ChangeRunner runner,
    AuditWriter audit,
    TimeProvider clock,
    ILogger<ChangeExecutor> logger) : IAsyncDisposable
{
    // A host that is told to stop waits this long for changes under way; one that takes longer is taken over, or shown as interrupted.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Task, ChangeRequestId> _running = new();

    /// <param name="request">As just read from the store.</param>
    /// <param name="progress">Takes short sentences while it runs.</param>
    /// <param name="cancellationToken">Stops waiting; once the approval is spent, the change and its record are finished all the same.</param>
    public async Task<ToolResult> ExecuteAsync(ChangeRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (request.State != ChangeRequestState.Approved)
        {
            return ChangeReport.Of(request);
        }

        var now = clock.GetUtcNow();
        if (now >= request.ExpiresAt)
        {
            await requests.ExpireAsync(now, cancellationToken);
            return new ToolResult.Denied("expired", $"The approval of {request.Id} expired at {request.ExpiresAt:u}. Ask again.");
        }

        if (now < request.CreatedAt)
        {
            return new ToolResult.Denied("clock-skew", $"By this machine's clock it is {now:u}, before {request.Id} was raised ({request.CreatedAt:u}). Set the clock right.");
        }

        var recheck = await RecheckAsync(request, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return recheck switch
        {
            Recheck.Holds(var call) => await Begin(request.Id, () => SpendAndRunAsync(request, call, progress)).WaitAsync(cancellationToken),
            Recheck.Drifted(var reason) => await RefuseAsync(request, reason, cancellationToken),
            Recheck.Unclear(var result) => result,
            _ => new ToolResult.Denied("fail-closed", "The request could not be checked again."),
        };
    }

    /// <summary>Goes on with a change whose process died; the caller has just taken its lease over.</summary>
    public Task<ToolResult> ResumeAsync(ChangeRequest takenOver, AdmittedCall call, IProgress<string> progress, CancellationToken cancellationToken) =>
        Begin(takenOver.Id, async () => await WithRemedyAsync(await runner.RunAsync(takenOver, call, progress, resumed: true), progress)).WaitAsync(cancellationToken);

    /// <summary>Finishes what has begun, within <see cref="Drain"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_running.Keys).WaitAsync(Drain, clock);
        }
        catch (TimeoutException)
        {
            Log.CutOff(logger, string.Join(", ", _running.Values.Select(id => id.Value)));
        }
    }

    private async Task<Recheck> RecheckAsync(ChangeRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var policy = await policies.CurrentAsync(cancellationToken);
        if (readmission.Readmit(request, policy) is not { } admitted)
        {
            return new Recheck.Drifted($"{request.Tool} is no longer available to {request.Scope.Persona} with these arguments");
        }

        if (!RequestReadmission.IsUnaltered(request, admitted))
        {
            return new Recheck.Drifted("what is stored is no longer what was approved");
        }

        var decision = await readmission.DecideAsync(admitted, policy, request.Approvals.Any(approval => approval.Override), cancellationToken);
        if (decision.Verdict == PolicyVerdict.Deny)
        {
            // Not drift of the target: the approval stays, and the change may run once the denial is lifted before it expires.
            return new Recheck.Unclear(new ToolResult.Denied(string.Join(", ", decision.Rules), $"{request.Id} is approved but may not run now. {decision.Reason}"));
        }

        return await planner.PlanAsync(admitted, policy.Version, progress, cancellationToken) switch
        {
            Planning.Stopped(var result) => new Recheck.Unclear(result),
            Planning.Planned planned when planned.Digest == request.Digest => new Recheck.Holds(admitted),
            Planning.Planned planned => new Recheck.Drifted(DriftBetween(request, planned.Plan, policy.Version)),
            _ => new Recheck.Drifted("it could not be planned again"),
        };
    }

    private static string DriftBetween(ChangeRequest request, ChangePlan now, string policyVersion) =>
        !string.Equals(request.PolicyVersion, policyVersion, StringComparison.Ordinal) ? "the policy has been changed since"
        : !string.Equals(request.Plan.Fingerprint, now.Fingerprint, StringComparison.Ordinal)
            ? $"{now.Target} is no longer as it was: it was \"{request.Plan.Current}\", it is \"{now.Current}\""
        : "the call is no longer the one that was approved";

    private async Task<ToolResult> RefuseAsync(ChangeRequest request, string reason, CancellationToken cancellationToken)
    {
        var outcome = $"Refused: {reason}. Nothing was executed; a fresh request is needed.";
        await requests.CompleteAsync(request.Id, ChangeRequestState.Drifted, outcome, clock.GetUtcNow(), holder: null, cancellationToken);
        await audit.RequestAsync(AuditKind.Lapsed, request, RequestReadmission.RequesterOf(request), new { reason }, cancellationToken);
        return new ToolResult.Denied("drift", $"{request.Id}: {outcome}");
    }

    /// <summary>
    /// From here on the change belongs to the installation, not to whoever waits: a cancelled turn stops waiting, and the record is finished.
    /// </summary>
    private Task<ToolResult> Begin(ChangeRequestId id, Func<Task<ToolResult>> work)
    {
        // Begun elsewhere, so that it is among the running before its approval is spent.
        var begin = new Task<Task<ToolResult>>(work);
        var running = begin.Unwrap();
        _running[running] = id;
        _ = running.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        begin.Start(TaskScheduler.Default);
        return running;
    }

    private async Task<ToolResult> SpendAndRunAsync(ChangeRequest request, AdmittedCall call, IProgress<string> progress)
    {
        // Planning again may have taken a while; the switch that stops everything is looked at last.
        if ((await policies.CurrentAsync(CancellationToken.None)).KillSwitch)
        {
            return new ToolResult.Denied("kill-switch", $"{request.Id} is approved but may not run now: the kill switch is on.");
        }

        var now = clock.GetUtcNow();
        var lease = runner.NewLease();
        if (await requests.TrySpendAsync(request.Id, request.Digest, now, lease, CancellationToken.None))
        {
            return await WithRemedyAsync(await runner.RunAsync(request with { ExecutedAt = now, Lease = lease }, call, progress, resumed: false), progress);
        }

        // Checking it again may have outlasted its deadline.
        await requests.ExpireAsync(clock.GetUtcNow(), CancellationToken.None);
        return await requests.FindAsync(request.Id, CancellationToken.None) is { } current
            ? ChangeReport.Of(current)
            : new ToolResult.Denied("unknown-change", $"There is no change request {request.Id}.");
    }

    /// <summary>Runs the remedy that was approved together with a failed change. It goes through every check like any other request.</summary>
    private async Task<ToolResult> WithRemedyAsync(ChangeEnd end, IProgress<string> progress)
    {
        if (end.Remedy is not { } id || await requests.FindAsync(id, CancellationToken.None) is not { } remedy)
        {
            return end.Result;
        }

        var what = await ExecuteAsync(remedy, progress, CancellationToken.None) switch
        {
            ToolResult.Found => $"{id} ({remedy.Tool}) has run: {(await requests.FindAsync(id, CancellationToken.None))?.Outcome}",
            ToolResult.Failed failed => failed.Explanation,
            ToolResult.Denied denied => denied.Reason,
            _ => $"{id} ({remedy.Tool}) has not run.",
        };
        return end.Result is ToolResult.Failed original ? original with { Explanation = $"{original.Explanation} {what}" } : end.Result;
    }

    private abstract record Recheck
    {
        internal sealed record Holds(AdmittedCall Call) : Recheck;

        /// <summary>Final: the request is closed.</summary>
        internal sealed record Drifted(string Reason) : Recheck;

        /// <summary>Not now: the request stays approved until it expires.</summary>
        internal sealed record Unclear(ToolResult Result) : Recheck;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Stopping while {ChangeRequests} still run; another process goes on with those that can be resumed, the others will be shown as interrupted.")]
        public static partial void CutOff(ILogger logger, string changeRequests);
    }
}
