using Microsoft.Extensions.Logging;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Makes the remedy of a failed change ready (G10): a request of its own, planned and gated like any other. It is approved in advance only
/// where the failed change's own request said so, under the same digest its approver said yes to.
/// </summary>
internal sealed partial class RemedyRaiser(
    IPolicySource policies,
    RequestReadmission readmission,
    ChangePlanner planner,
    IChangeRequestStore requests,
    AuditWriter audit,
    TimeProvider clock,
    ILogger<RemedyRaiser> logger)
{
    /// <summary>Never throws: a remedy that cannot be made ready is part of the bad news.</summary>
    public async Task<RaisedRemedy?> RaiseAsync(ChangeRequest failed, IProgress<string> progress)
    {
        if (failed.Plan.Remedy is not { } remedy)
        {
            return null;
        }

        try
        {
            return await RaiseAsync(failed, remedy, progress);
        }
        catch (Exception exception)
        {
            Log.NotRaised(logger, exception, failed.Id.Value);
            return new RaisedRemedy($"The request for {remedy.Tool} could not be made ready; ask for it.", ToExecute: null);
        }
    }

    private async Task<RaisedRemedy> RaiseAsync(ChangeRequest failed, Remedy remedy, IProgress<string> progress)
    {
        var policy = await policies.CurrentAsync(CancellationToken.None);
        var wanted = failed with
        {
            Id = ChangeRequestId.New(),
            State = ChangeRequestState.Pending,
            Tool = remedy.Tool,
            Arguments = remedy.Arguments,
            Approvals = [],
            CallId = null,
            Outcome = null,
            DecidedAt = null,
            ExecutedAt = null,
            Lease = null,
            RemedyOf = failed.Id,
        };
        if (readmission.Readmit(wanted, policy) is not { } call)
        {
            return new RaisedRemedy($"{remedy.Tool} is not available to {failed.Scope.Persona}, so no request for it is ready.", ToExecute: null);
        }

        var decision = await readmission.DecideAsync(call, policy, overridden: false, CancellationToken.None);
        if (decision is { Verdict: PolicyVerdict.Deny, Overridable: false })
        {
            return new RaisedRemedy($"Policy denies {remedy.Tool} now: {decision.Reason}", ToExecute: null);
        }

        // A process that died may have raised it already, and it may even be running; the one yes covers one remedy.
        if (await requests.ListAsync(new ChangeRequestQuery([], Limit: 1, RemedyOf: failed.Id), CancellationToken.None) is [var before])
        {
            return await ReadyAsync(failed, remedy, before, decision, policy);
        }

        var planning = await planner.PlanAsync(call, policy.Version, progress, CancellationToken.None);
        if (planning is not Planning.Planned(var plan, var digest))
        {
            var why = planning is Planning.Stopped(ToolResult.Failed stopped) ? stopped.Explanation : $"{remedy.Tool} could not be planned.";
            return new RaisedRemedy($"No remedy is ready. {why}", ToExecute: null);
        }

        var now = clock.GetUtcNow();
        wanted = wanted with
        {
            Digest = digest,
            Plan = plan,
            PolicyVersion = policy.Version,
            Rules = decision.Rules,
            CreatedAt = now,
            ExpiresAt = now + policy.ApprovalLifetime,
        };
        var request = await requests.AddOrGetOpenAsync(wanted, CancellationToken.None);
        if (request.Id == wanted.Id)
        {
            await audit.RequestAsync(
                AuditKind.Requested, request, RequestReadmission.RequesterOf(request),
                new { arguments = audit.Arguments(call.Arguments), digest = digest.Value, plan, remedyOf = failed.Id.Value }, CancellationToken.None);
        }

        return await ReadyAsync(failed, remedy, request, decision, policy);
    }

    /// <summary>Says how a remedy's request stands, after approving it where it was approved in advance.</summary>
    private async Task<RaisedRemedy> ReadyAsync(ChangeRequest failed, Remedy remedy, ChangeRequest request, PolicyDecision decision, GuardrailPolicy policy)
    {
        var approvedBefore = request.State == ChangeRequestState.Approved && request.Approvals.Any(approval => approval.InAdvanceWith == failed.Id);
        if (approvedBefore || (remedy.Automatic && decision.Verdict != PolicyVerdict.Deny && await ApproveInAdvanceAsync(failed, request, policy)))
        {
            return new RaisedRemedy($"{request.Id} ({remedy.Tool}) was approved together with this change and runs now.", request.Id);
        }

        return new RaisedRemedy(
            request.State == ChangeRequestState.Pending
                ? $"{request.Id} ({request.Plan.Summary.TrimEnd('.')}) is ready to approve."
                : $"{request.Id} ({remedy.Tool}) was made ready before; it is {request.State.ToString().ToLowerInvariant()}.",
            ToExecute: null);
    }

    private async Task<bool> ApproveInAdvanceAsync(ChangeRequest failed, ChangeRequest request, GuardrailPolicy policy)
    {
        if (request.State != ChangeRequestState.Pending || failed.Approvals is not [.., var given] || !policy.Environments.TryGetValue(request.Scope.Environment, out var environment))
        {
            return false;
        }

        // Whoever may no longer approve has not approved this either.
        var approver = new Actor(given.Approver, given.Via, IsHuman: true);
        var check = environment.Check(approver, request.Scope.Requester);
        if (!check.Allowed)
        {
            return false;
        }

        var approval = new Approval(given.Approver, given.Via, clock.GetUtcNow(), check.SelfApproval, Override: false) { InAdvanceWith = failed.Id };
        await audit.RequestAsync(
            AuditKind.Approved, request, approver,
            new { digest = request.Digest.Value, via = given.Via.ToString(), selfApproved = check.SelfApproval, inAdvanceWith = failed.Id.Value }, CancellationToken.None);
        return await requests.TryApproveAsync(request.Id, approval, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The remedy of {ChangeRequest} could not be made ready.")]
        public static partial void NotRaised(ILogger logger, Exception exception, string changeRequest);
    }
}

/// <param name="Sentence">For the failed change's outcome.</param>
/// <param name="ToExecute">The remedy's request, when it was approved in advance. Absent when a human is still to decide.</param>
internal sealed record RaisedRemedy(string Sentence, ChangeRequestId? ToExecute);
