using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Runs a change whose approval this process has spent, or which it has taken over: the intent is recorded first (G11), then it runs and is
/// verified (G10), and a failed one leaves its remedy ready. All the while the lease is kept; once it is lost, nothing more is touched here.
/// </summary>
internal sealed partial class ChangeRunner(
    IChangeRequestStore requests,
    IChangeStepStore steps,
    ToolRunner runner,
    RemedyRaiser remedies,
    AuditWriter audit,
    Redactor redactor,
    GuardrailLimits limits,
    TimeProvider clock,
    ILogger<ChangeRunner> logger)
{
    // A process id alone may have been given out again, also on the next machine of the same name.
    private readonly string _holder = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    public ChangeLease NewLease() => new(_holder, clock.GetUtcNow() + LeaseKeeper.Length);

    /// <param name="request">Executing, with its lease held by this process.</param>
    /// <param name="call">The call it stands for, readmitted.</param>
    /// <param name="progress">Takes short sentences while it runs.</param>
    /// <param name="resumed">Another process began it and died.</param>
    public async Task<ChangeEnd> RunAsync(ChangeRequest request, AdmittedCall call, IProgress<string> progress, bool resumed)
    {
        if (!await TryAuditIntentAsync(request, call, resumed))
        {
            return new ChangeEnd(await StopUnrecordedAsync(request, resumed));
        }

        await using var lease = LeaseKeeper.Start(requests, request.Id, _holder, clock, logger);
        using var named = ChangeInProgress.Begin(request.Id);
        try
        {
            return await RunAndRecordAsync(request, call, progress, resumed, lease.Lost);
        }
        catch (Exception exception) when (exception is ChangeTakenOverException || (exception is OperationCanceledException && lease.Lost.IsCancellationRequested))
        {
            Log.GivenUp(logger, exception, request.Id.Value);
            return new ChangeEnd(new ToolResult.Failed(
                $"{request.Id} is no longer this process's: its lease was lost, and another process goes on with it or shows it as interrupted. See 'sre-agent changes show {request.Id}'.",
                Retryable: true));
        }
    }

    private async Task<ToolResult> StopUnrecordedAsync(ChangeRequest request, bool resumed)
    {
        if (resumed)
        {
            return new ToolResult.Failed($"{request.Id} was not gone on with: the audit entry could not be written. Mend the store; it is tried again.", Retryable: true);
        }

        const string Unwritten = "The audit entry could not be written, so nothing was executed. The approval is spent; mend the store and ask again.";
        await TryCompleteAsync(request, ChangeRequestState.Failed, Unwritten);
        return new ToolResult.Denied("audit", $"{request.Id}: {Unwritten}");
    }

    private async Task<ChangeEnd> RunAndRecordAsync(ChangeRequest request, AdmittedCall call, IProgress<string> progress, bool resumed, CancellationToken lost)
    {
        var execution = new ChangeExecution(
            request.Id, request.Scope.Requester, [.. request.Approvals.Select(approval => approval.Approver)], request.Scope.Environment, request.Plan,
            request.ExecutedAt ?? clock.GetUtcNow(), new ChangeSteps(steps, request.Id, _holder, clock, lost));
        var run = new ToolRun(progress, execution);
        progress.Report(resumed ? $"Going on with {call.Tool.Name} on {request.Plan.Target}, whose process died." : $"Running {call.Tool.Name} on {request.Plan.Target}.");
        var result = await runner.RunAsync(call.Tool, call.Arguments, run, limits.ChangeTimeout, lost);
        progress.Report("Verifying.");
        var verification = await VerifyAsync(call, run, lost);
        var (state, outcome) = ChangeReport.Conclude(result, verification);
        var remedy = state == ChangeRequestState.Failed ? await remedies.RaiseAsync(request, progress) : null;
        if (remedy is not null)
        {
            outcome = $"{outcome} {remedy.Sentence}";
        }

        // Tools and verification quote logs and other systems; what is kept of them is for people.
        outcome = redactor.Redact(outcome);

        // The trail first: a process that dies in between is succeeded and the outcome stands there twice, where otherwise it would be missing.
        var recorded = await TryAuditOutcomeAsync(request, state, outcome) & await TryCompleteAsync(request, state, outcome);
        return new ChangeEnd(ChangeReport.Of(request, state, outcome, result, verification, recorded), remedy?.ToExecute);
    }

    private async Task<Verification> VerifyAsync(AdmittedCall call, ToolRun run, CancellationToken lost)
    {
        if (call.Tool.Verify is not { } verify)
        {
            return new Verification(VerificationVerdict.Unverified, "This tool has no way to look whether it took.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(lost);
        deadline.CancelAfter(limits.ChangeTimeout);
        try
        {
            return await verify(call.Arguments, run, deadline.Token);
        }
        catch (Exception exception) when (exception is not ChangeTakenOverException && !lost.IsCancellationRequested)
        {
            Log.Unverified(logger, exception, call.Tool.Name);
            var why = exception is ToolException ? exception.Message : exception.GetType().Name;
            return new Verification(VerificationVerdict.Unverified, $"Verification could not be carried out: {why}");
        }
    }

    private async Task<bool> TryAuditIntentAsync(ChangeRequest request, AdmittedCall call, bool resumed)
    {
        try
        {
            await audit.RequestAsync(
                AuditKind.Intent, request, RequestReadmission.RequesterOf(request),
                new { arguments = audit.Arguments(call.Arguments), digest = request.Digest.Value, resumed = resumed ? true : (bool?)null }, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            Log.IntentUnwritten(logger, exception, request.Id.Value);
            return false;
        }
    }

    private async Task<bool> TryCompleteAsync(ChangeRequest request, ChangeRequestState state, string outcome)
    {
        try
        {
            await requests.CompleteAsync(request.Id, state, outcome, clock.GetUtcNow(), _holder, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            Log.OutcomeUnwritten(logger, exception, request.Id.Value);
            return false;
        }
    }

    private async Task<bool> TryAuditOutcomeAsync(ChangeRequest request, ChangeRequestState state, string outcome)
    {
        try
        {
            await audit.RequestAsync(AuditKind.Outcome, request, RequestReadmission.RequesterOf(request), new { state = state.ToString(), outcome }, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            Log.OutcomeUnwritten(logger, exception, request.Id.Value);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{ChangeRequest} is no longer this process's.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string changeRequest);

        [LoggerMessage(LogLevel.Error, "The intent of {ChangeRequest} could not be recorded; nothing was executed.")]
        public static partial void IntentUnwritten(ILogger logger, Exception exception, string changeRequest);

        [LoggerMessage(LogLevel.Error, "The outcome of {ChangeRequest} could not be recorded; the change itself was executed.")]
        public static partial void OutcomeUnwritten(ILogger logger, Exception exception, string changeRequest);

        [LoggerMessage(LogLevel.Warning, "Verification of {Tool} could not be carried out.")]
        public static partial void Unverified(ILogger logger, Exception exception, string tool);
    }
}

/// <param name="Result">What came of it.</param>
/// <param name="Remedy">A request approved together with this one, which is to run now that it failed. Absent otherwise.</param>
internal sealed record ChangeEnd(ToolResult Result, ChangeRequestId? Remedy = null);
