using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <inheritdoc cref="IApprovalDesk"/>
internal sealed class ApprovalDesk(
    IChangeRequestStore requests,
    IPolicySource policies,
    RequestReadmission readmission,
    ChangeExecutor executor,
    AuditWriter audit,
    OutcomeRenderer renderer,
    Redactor redactor,
    AbandonedChanges abandoned,
    IChangeStepStore steps,
    TimeProvider clock) : IApprovalDesk
{
    private readonly JsonRedactor _jsonRedactor = new(redactor);

    public async Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        if (await FindOpenAsync(id, cancellationToken) is not { State: ChangeRequestState.Pending } request)
        {
            return await NotOpenAsync(id, "approved", cancellationToken);
        }

        var policy = await policies.CurrentAsync(cancellationToken);
        if (!policy.Environments.TryGetValue(request.Scope.Environment, out var environment))
        {
            return Refused("unknown-environment", $"Environment '{request.Scope.Environment}' is no longer configured.", request);
        }

        var check = environment.Check(approver, request.Scope.Requester);
        if (!check.Allowed)
        {
            await audit.RequestAsync(AuditKind.Denied, request, approver, new { rule = check.Rule, reason = check.Reason }, cancellationToken);
            return Refused(check.Rule, check.Reason, request);
        }

        // An override counts only where there is something to lift: one given in advance would lift whatever comes later.
        var denial = await DenialNowAsync(request, policy, cancellationToken);
        var lifted = denial is { Overridable: true } && overrideDenial;
        if (denial is not null && !lifted)
        {
            await audit.RequestAsync(AuditKind.Denied, request, approver, new { denial.Rules, denial.Reason }, cancellationToken);
            return Refused(string.Join(", ", denial.Rules), denial.Overridable
                ? $"{denial.Reason} Approving it all the same takes an explicit override, which is recorded."
                : denial.Reason, request);
        }

        // The record comes first: an approval that cannot be recorded is not given.
        var approval = new Approval(approver.Id, approver.Surface, clock.GetUtcNow(), check.SelfApproval, lifted);
        await audit.RequestAsync(
            AuditKind.Approved, request, approver,
            new { digest = request.Digest.Value, via = approver.Surface.ToString(), selfApproved = check.SelfApproval, @override = lifted, liftedRules = lifted ? denial?.Rules : null }, cancellationToken);
        if (await requests.TryApproveAsync(id, approval, cancellationToken))
        {
            return new ApprovalOutcome(Accepted: true, "", $"{id} is approved by {approver.Id}.", await ShowAsync(id, cancellationToken));
        }

        return await TooLateAsync(request, approver, "approved", cancellationToken);
    }

    /// <summary>What speaks against the request now; absent when nothing does.</summary>
    private async Task<PolicyDecision?> DenialNowAsync(ChangeRequest request, GuardrailPolicy policy, CancellationToken cancellationToken)
    {
        if (readmission.Readmit(request, policy) is not { } call)
        {
            return new PolicyDecision(PolicyVerdict.Deny, ["drift"], $"{request.Tool} is no longer available to {request.Scope.Persona} with these arguments.", Overridable: false);
        }

        // Who asked decides who may approve, so an altered record must not get as far as an approval.
        if (!RequestReadmission.IsUnaltered(request, call))
        {
            return new PolicyDecision(PolicyVerdict.Deny, ["drift"], $"What is stored of {request.Id} is no longer what was asked for. Ask again.", Overridable: false);
        }

        var decision = await readmission.DecideAsync(call, policy, overridden: false, cancellationToken);
        return decision.Verdict == PolicyVerdict.Deny ? decision : null;
    }

    public async Task<ApprovalOutcome> DenyAsync(ChangeRequestId id, Actor denier, string reason, CancellationToken cancellationToken)
    {
        if (await FindOpenAsync(id, cancellationToken) is not { } request)
        {
            return await NotOpenAsync(id, "denied", cancellationToken);
        }

        if (denier.IsMissing || !denier.IsHuman)
        {
            return Refused("approver-must-be-human", "A denial takes an authenticated human.", request);
        }

        await audit.RequestAsync(AuditKind.Rejected, request, denier, new { reason }, cancellationToken);
        var worded = string.IsNullOrWhiteSpace(reason) ? $"{denier.Id} gave no reason." : $"{denier.Id}: {redactor.Redact(reason)}";
        return await requests.TryDenyAsync(id, denier.Id, worded, clock.GetUtcNow(), cancellationToken)
            ? new ApprovalOutcome(Accepted: true, "", $"{id} is denied.", await ShowAsync(id, cancellationToken))
            : await TooLateAsync(request, denier, "denied", cancellationToken);
    }

    /// <summary>The decision stands recorded; that it did not count must be too.</summary>
    private async Task<ApprovalOutcome> TooLateAsync(ChangeRequest request, Actor decider, string verb, CancellationToken cancellationToken)
    {
        await audit.RequestAsync(AuditKind.Denied, request, decider, new { rule = "not-open", reason = "Somebody else decided first." }, cancellationToken);
        return await NotOpenAsync(request.Id, verb, cancellationToken);
    }

    public async Task<ToolOutcome> ExecuteAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        ChangeRequest? request = null;
        ToolResult result;
        try
        {
            request = await requests.FindAsync(id, cancellationToken);
            result = request is null
                ? new ToolResult.Denied("unknown-change", $"There is no change request {id}.")
                : await executor.ExecuteAsync(request, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            result = new ToolResult.Denied("fail-closed", $"{id} was not executed: {exception.Message}");
        }

        var call = request is null
            ? new ToolCall(id.Value, "", ToolArguments.Empty.Value)
            : new ToolCall(request.CallId ?? id.Value, request.Tool, request.Arguments);
        return await renderer.RenderAsync(call, request?.ConversationId, result, startedAt, cancellationToken);
    }

    public async Task<ChangeRequest?> ShowAsync(ChangeRequestId id, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        return await requests.FindAsync(id, cancellationToken) is { } request ? Redact(request) : null;
    }

    public async Task<IReadOnlyList<ChangeStep>> StepsAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
    [
        .. (await steps.ListAsync(id, cancellationToken)).Select(step => step with
        {
            Name = redactor.Redact(step.Name), Intent = redactor.Redact(step.Intent), Result = step.Result is null ? null : redactor.Redact(step.Result),
        }),
    ];

    public async Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        return [.. (await requests.ListAsync(query, cancellationToken)).Select(Redact)];
    }

    /// <summary>Whoever looks closes what ran out of time and what a dead process left open, and records it.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await requests.ExpireAsync(clock.GetUtcNow(), cancellationToken);
        await abandoned.SortAsync(cancellationToken);
    }

    private async Task<ChangeRequest?> FindOpenAsync(ChangeRequestId id, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        return await requests.FindAsync(id, cancellationToken) is { IsOpen: true } request ? request : null;
    }

    private async Task<ApprovalOutcome> NotOpenAsync(ChangeRequestId id, string verb, CancellationToken cancellationToken) =>
        await ShowAsync(id, cancellationToken) is { } request
            ? Refused("not-open", $"{id} cannot be {verb}: it is {request.State.ToString().ToLowerInvariant()}. {request.Outcome}".TrimEnd(), request)
            : Refused("unknown-change", $"There is no change request {id}.", request: null);

    private ApprovalOutcome Refused(string rule, string message, ChangeRequest? request) =>
        new(Accepted: false, rule, redactor.Redact(message), request is null ? null : Redact(request));

    private ChangeRequest Redact(ChangeRequest request) => request with
    {
        Arguments = _jsonRedactor.Redact(request.Arguments),
        Outcome = request.Outcome is null ? null : redactor.Redact(request.Outcome),
        Plan = request.Plan with
        {
            Summary = redactor.Redact(request.Plan.Summary),
            Target = redactor.Redact(request.Plan.Target),
            Current = redactor.Redact(request.Plan.Current),
            Wanted = redactor.Redact(request.Plan.Wanted),
            BlastRadius = redactor.Redact(request.Plan.BlastRadius),
            Undo = redactor.Redact(request.Plan.Undo),
            Preflight = [.. request.Plan.Preflight.Select(check => check with { Detail = redactor.Redact(check.Detail) })],
            Facts = [.. request.Plan.Facts.Select(fact => fact with { Detail = redactor.Redact(fact.Detail) })],
            Remedy = request.Plan.Remedy is { } remedy ? remedy with { Arguments = _jsonRedactor.Redact(remedy.Arguments) } : null,
        },
    };
}
