using Microsoft.Extensions.Logging;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// The seven stages every call goes through, in order: toolset, validation, policy, approval, intent, execution, outcome. Whatever breaks
/// on the way ends the call with nothing run and the reason said (G1).
/// </summary>
internal sealed partial class GuardrailPipeline(
    ToolCatalogue tools,
    IPolicySource policies,
    AdmissionGate admission,
    PolicyGate policyGate,
    ChangePlanner planner,
    IChangeRequestStore requests,
    ChangeExecutor executor,
    ToolRunner runner,
    AuditWriter audit,
    OutcomeRenderer renderer,
    GuardrailLimits limits,
    TimeProvider clock,
    ILogger<GuardrailPipeline> logger) : IToolInvoker
{
    public IReadOnlyList<Tool> ToolsFor(CallContext context) =>
        context.Actor.IsMissing ? [] : [.. tools.All.Where(tool => ToolGrants.Holds(context, tool))];

    public async Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        ToolResult result;
        try
        {
            result = await DecideAndRunAsync(call, context, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.FailedClosed(logger, exception, call.Tool);
            result = new ToolResult.Denied("fail-closed", $"{call.Tool} was not run: the guardrail could not do its work. {exception.Message}");
        }

        return await renderer.RenderAsync(call, context.ConversationId, result, startedAt, cancellationToken);
    }

    private async Task<ToolResult> DecideAndRunAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var policy = await policies.CurrentAsync(cancellationToken);
        switch (admission.Admit(call, context, policy))
        {
            case Admission.Refused(ToolResult.Denied denied):
                await audit.DeniedAsync(call, context, environment: "", denied, cancellationToken);
                return denied;
            case Admission.Refused(var refusal):
                await audit.DeniedAsync(call, context, environment: "", StoppedBy("arguments", refusal), cancellationToken);
                return refusal;
            case Admission.Admitted(var admitted):
                return await GateAsync(admitted, policy, progress, cancellationToken);
            default:
                return new ToolResult.Denied("fail-closed", "The call could not be judged.");
        }
    }

    private async Task<ToolResult> GateAsync(AdmittedCall call, GuardrailPolicy policy, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (decision, wouldHaveBeen) = await policyGate.DecideAsync(policy, call, overridden: false, cancellationToken);
        if (wouldHaveBeen is not null)
        {
            await audit.WouldHaveBeenAsync(call, wouldHaveBeen, cancellationToken);
        }

        switch (decision.Verdict)
        {
            case PolicyVerdict.Allow when !call.Tool.ChangesProduction:
                return await RunAsync(call, progress, cancellationToken);
            case PolicyVerdict.Deny when !decision.Overridable:
                var denied = new ToolResult.Denied(string.Join(", ", decision.Rules), decision.Reason);
                await audit.DeniedAsync(call.Call, call.Context, call.Environment, denied, cancellationToken);
                return denied;
            default:
                return await AskOrExecuteAsync(call, policy, decision, progress, cancellationToken);
        }
    }

    /// <summary>Stage 4. The identical call, once approved, executes; anything else waits for its own approval.</summary>
    private async Task<ToolResult> AskOrExecuteAsync(
        AdmittedCall call, GuardrailPolicy policy, PolicyDecision decision, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var planning = await planner.PlanAsync(call, policy.Version, progress, cancellationToken);
        if (planning is not Planning.Planned(var plan, var digest))
        {
            var stop = planning is Planning.Stopped(var stopped) ? stopped : new ToolResult.Denied("fail-closed", "The call could not be planned.");
            await audit.DeniedAsync(call.Call, call.Context, call.Environment, StoppedBy("plan", stop), cancellationToken);
            return stop;
        }

        var now = clock.GetUtcNow();
        if (call.Context.Actor.IsHuman && await requests.FindApprovedAsync(digest, now, cancellationToken) is { } approved)
        {
            return await executor.ExecuteAsync(approved, progress, cancellationToken);
        }

        await requests.ExpireAsync(now, cancellationToken);
        var wanted = new ChangeRequest
        {
            Id = ChangeRequestId.New(),
            State = ChangeRequestState.Pending,
            Tool = call.Tool.Name,
            Arguments = call.Arguments.Value,
            Scope = call.Scope,
            RequestedVia = call.Context.Actor.Surface,
            Digest = digest,
            Plan = plan,
            PolicyVersion = policy.Version,
            Rules = decision.Rules,
            CreatedAt = now,
            ExpiresAt = now + policy.ApprovalLifetime,
            ConversationId = call.Context.ConversationId,
            CallId = call.Call.Id,
        };
        var request = await requests.AddOrGetOpenAsync(wanted, cancellationToken);
        if (request.Id == wanted.Id)
        {
            await audit.RequestAsync(
                AuditKind.Requested, request, call.Context.Actor,
                new { arguments = audit.Arguments(call.Arguments), digest = digest.Value, plan, decision.Rules, decision.Reason }, cancellationToken);
        }

        var lift = decision.Overridable ? $" Policy denies it now ({decision.Reason}); an approver may lift that with an explicit override." : "";
        return new ToolResult.AwaitingApproval(request.Id, ChangeReport.Question(request) + lift);
    }

    /// <summary>How the record words a call that ended before anybody was asked.</summary>
    private static ToolResult.Denied StoppedBy(string rule, ToolResult result) => result switch
    {
        ToolResult.Denied denied => denied,
        ToolResult.Failed failed => new ToolResult.Denied(rule, failed.Explanation),
        _ => new ToolResult.Denied(rule, ""),
    };

    /// <summary>Stages 5 to 7 for what needs nobody's approval.</summary>
    private async Task<ToolResult> RunAsync(AdmittedCall call, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await audit.IntentAsync(call, cancellationToken);
        var result = await runner.RunAsync(call.Tool, call.Arguments, new ToolRun(progress), limits.ReadTimeout, cancellationToken);
        try
        {
            await audit.OutcomeAsync(call, new { outcome = result.GetType().Name, detail = (result as ToolResult.Failed)?.Explanation }, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.OutcomeUnwritten(logger, exception, call.Tool.Name);
        }

        return result;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The guardrail failed closed on {Tool}.")]
        public static partial void FailedClosed(ILogger logger, Exception exception, string tool);

        [LoggerMessage(LogLevel.Error, "The outcome of {Tool} could not be recorded.")]
        public static partial void OutcomeUnwritten(ILogger logger, Exception exception, string tool);
    }
}
