using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Testing.Rehearsal;

/// <summary>Holds change requests in memory; approves for anybody but <see cref="Refused"/>, carries out at once, once.</summary>
public sealed class RehearsedDesk(TimeProvider clock) : IApprovalDesk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ChangeRequestId, ChangeRequest> _requests = [];

    /// <summary>Whose yes is not accepted, and by which rule.</summary>
    public (string Approver, string Rule, string Message)? Refused { get; set; }

    public ChangeRequestState EndsAs { get; set; } = ChangeRequestState.Succeeded;

    /// <summary>How long carrying out takes, told step by step.</summary>
    public TimeSpan Step { get; set; } = TimeSpan.Zero;

    public int Executions { get; private set; }

    public void Add(ChangeRequest request)
    {
        lock (_gate)
        {
            _requests[request.Id] = request;
        }
    }

    public Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        if (Refused is { } refused && (refused.Approver == "*" || refused.Approver == approver.Id))
        {
            return Task.FromResult(new ApprovalOutcome(Accepted: false, refused.Rule, refused.Message, Find(id)));
        }

        var approval = new Approval(approver.Id, approver.Surface, clock.GetUtcNow(), SelfApproved: false, overrideDenial);
        return Task.FromResult(Decide(id, request => request with { State = ChangeRequestState.Approved, Approvals = [approval], DecidedAt = clock.GetUtcNow() }));
    }

    public Task<ApprovalOutcome> DenyAsync(ChangeRequestId id, Actor denier, string reason, CancellationToken cancellationToken) =>
        Task.FromResult(Decide(id, request => request with { State = ChangeRequestState.Denied, Outcome = reason, DecidedAt = clock.GetUtcNow() }));

    public async Task<ToolOutcome> ExecuteAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("image found");
        await Task.Delay(Step, clock, cancellationToken);
        progress.Report("3 of 3 instances replaced");
        await Task.Delay(Step, clock, cancellationToken);
        ChangeRequest carriedOut;
        lock (_gate)
        {
            Executions++;
            carriedOut = _requests[id] = _requests[id] with { State = EndsAs, ExecutedAt = clock.GetUtcNow(), Outcome = "error rate 0.02 % before, 0.01 % after" };
        }

        return await RenderedOutcome.OfAsync(carriedOut, new ToolResult.Found("done", new Evidence("rehearsal", id.Value)));
    }

    public Task<ChangeRequest?> ShowAsync(ChangeRequestId id, CancellationToken cancellationToken) => Task.FromResult(Find(id));

    public Task<IReadOnlyList<ChangeStep>> StepsAsync(ChangeRequestId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangeStep>>([]);

    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ChangeRequest>>([.. _requests.Values.Where(request => query.States.Count == 0 || query.States.Contains(request.State))]);
        }
    }

    private ChangeRequest? Find(ChangeRequestId id)
    {
        lock (_gate)
        {
            return _requests.GetValueOrDefault(id);
        }
    }

    private ApprovalOutcome Decide(ChangeRequestId id, Func<ChangeRequest, ChangeRequest> decide)
    {
        lock (_gate)
        {
            if (!_requests.TryGetValue(id, out var request) || !request.IsOpen)
            {
                return new ApprovalOutcome(Accepted: false, "not-open", "It is not open any more.", request);
            }

            var decided = _requests[id] = decide(request);
            return new ApprovalOutcome(Accepted: true, "", decided.State == ChangeRequestState.Denied ? $"Denied {id}." : $"Approved {id}.", decided);
        }
    }
}
