using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Tools;
using SreAgent.Testing;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>
/// The guardrail's two ports, in memory and as the contracts word them, so that these tests are about the protocol. The guardrail proper
/// has its own tests.
/// </summary>
internal sealed class PracticeGuardrail(ToolCatalogue catalogue, TimeProvider clock) : IToolInvoker, IApprovalDesk, IPolicySource
{
    private readonly Dictionary<ChangeRequestId, ChangeRequest> _requests = [];

    public EnvironmentPolicy Environment { get; set; } =
        new() { Name = "practice", Approvers = ["os:*"], AllowSelfApproval = true, ApproveVia = [Surface.Mcp] };

    /// <summary>When set, thrown wherever the store would be asked.</summary>
    public Exception? Broken { get; set; }

    public InMemoryResultStore Results { get; } = new();

    public int MaxResultBytes { get; set; } = 1 << 20;

    public IEnumerable<ChangeRequest> Requests => _requests.Values;

    public Task<GuardrailPolicy> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(new GuardrailPolicy
    {
        Version = "1",
        DefaultEnvironment = "practice",
        Environments = new Dictionary<string, EnvironmentPolicy>(StringComparer.Ordinal) { ["practice"] = Environment },
    });

    public IReadOnlyList<Tool> ToolsFor(CallContext context) =>
    [
        .. catalogue.All.Where(tool =>
            (Pattern.MatchesAny(context.Persona.ToolGrants, tool.Name) || Pattern.MatchesAny(context.Persona.ToolGrants, tool.Toolset))
            && (context.Toolsets.Count == 0 || Pattern.MatchesAny(context.Toolsets, tool.Toolset))
            && (!context.ReadOnly || tool.Effect == ToolEffect.Read)),
    ];

    public async Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ToolResult result;
        try
        {
            result = await AnswerAsync(call, context, progress, cancellationToken);
        }
        catch (ToolException exception)
        {
            result = new ToolResult.Failed(exception.Message, exception.Retryable);
        }

        return await RenderedOutcome.OfAsync(call, result);
    }

    public Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        var request = _requests[id];
        var check = Environment.Check(approver, request.Scope.Requester);
        if (!check.Allowed || request.State != ChangeRequestState.Pending)
        {
            return Task.FromResult(new ApprovalOutcome(Accepted: false, check.Allowed ? "state" : check.Rule, check.Allowed ? $"{id} is {request.State}." : check.Reason, request));
        }

        var approval = new Approval(approver.Id, approver.Surface, clock.GetUtcNow(), check.SelfApproval, overrideDenial);
        return Task.FromResult(new ApprovalOutcome(Accepted: true, "", "", _requests[id] = request with { State = ChangeRequestState.Approved, Approvals = [approval] }));
    }

    public Task<ApprovalOutcome> DenyAsync(ChangeRequestId id, Actor denier, string reason, CancellationToken cancellationToken)
    {
        var request = _requests[id];
        return Task.FromResult(request.IsOpen
            ? new ApprovalOutcome(Accepted: true, "", "", _requests[id] = request with { State = ChangeRequestState.Denied, Outcome = reason })
            : new ApprovalOutcome(Accepted: false, "state", $"{id} is {request.State}.", request));
    }

    public async Task<ToolOutcome> ExecuteAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken) =>
        await RenderedOutcome.OfAsync(_requests[id], await RunAsync(id, progress, cancellationToken), Results, MaxResultBytes);

    private async Task<ToolResult> RunAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var request = _requests[id];
        if (request.State != ChangeRequestState.Approved)
        {
            return new ToolResult.Denied("once", $"{id} is {request.State}.");
        }

        _requests[id] = request with { State = ChangeRequestState.Executing };
        var arguments = ((ArgumentCheck.Valid)ArgumentValidator.Check(catalogue.Find(request.Tool)!.InputSchema, request.Arguments)).Arguments;
        var result = await catalogue.Find(request.Tool)!.Execute(arguments, new ToolRun(progress), cancellationToken);
        _requests[id] = request with { State = ChangeRequestState.Succeeded };
        return result;
    }

    public Task<ChangeRequest?> ShowAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
        Broken is null ? Task.FromResult(_requests.GetValueOrDefault(id)) : throw Broken;

    public Task<IReadOnlyList<ChangeStep>> StepsAsync(ChangeRequestId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangeStep>>([]);

    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChangeRequest>>([.. _requests.Values]);

    private async Task<ToolResult> AnswerAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var held = ToolsFor(context);
        if (catalogue.Find(call.Tool) is not { } tool)
        {
            return new ToolResult.Failed($"There is no tool '{call.Tool}'. Did you mean {string.Join(", ", ToolCatalogue.Suggest(call.Tool, held))}?", Retryable: false);
        }

        if (!held.Contains(tool))
        {
            return new ToolResult.Denied("toolset", $"{context.Persona.Id} does not hold {call.Tool}.");
        }

        switch (ArgumentValidator.Check(tool.InputSchema, call.Arguments))
        {
            case ArgumentCheck.Invalid invalid:
                return new ToolResult.Failed(string.Join(' ', invalid.Problems), Retryable: false);
            case ArgumentCheck.Valid { Arguments: var arguments } when tool.Plan is { } plan:
                return await HeldAsync(tool, arguments, await plan(arguments, new ToolRun(progress), cancellationToken), context, progress, cancellationToken);
            case ArgumentCheck.Valid { Arguments: var arguments }:
                return await tool.Execute(arguments, new ToolRun(progress), cancellationToken);
            default:
                throw new InvalidOperationException();
        }
    }

    private async Task<ToolResult> HeldAsync(
        Tool tool, ToolArguments arguments, ChangePlan plan, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var scope = new CallScope("practice", context.Persona.Id, context.Actor.Id);
        var digest = tool.DigestOf(arguments, scope, "1", plan.Fingerprint);
        var open = _requests.Values.FirstOrDefault(request => request.IsOpen && request.Digest == digest);
        if (open is { State: ChangeRequestState.Approved })
        {
            return await RunAsync(open.Id, progress, cancellationToken);
        }

        open ??= new ChangeRequest
        {
            Id = ChangeRequestId.New(),
            State = ChangeRequestState.Pending,
            Tool = tool.Name,
            Arguments = arguments.Value,
            Scope = scope,
            RequestedVia = context.Actor.Surface,
            Digest = digest,
            Plan = plan,
            PolicyVersion = "1",
            Rules = ["changes-need-approval"],
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = clock.GetUtcNow().AddMinutes(30),
        };
        _requests[open.Id] = open;
        return new ToolResult.AwaitingApproval(open.Id, plan.Summary);
    }
}
