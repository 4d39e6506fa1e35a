using System.Collections.Concurrent;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Testing;

/// <summary>A desk without policy: whoever decides is believed, an approved request runs its tool once.</summary>
public sealed class InMemoryApprovalDesk : IApprovalDesk
{
    private readonly ConcurrentDictionary<ChangeRequestId, (ChangeRequest Request, Func<Task<ToolResult>> Run)> _requests = new();

    public int Executions { get; private set; }

    public ChangeRequest Raise(ChangeRequest request, Func<Task<ToolResult>> run)
    {
        _requests[request.Id] = (request, run);
        return request;
    }

    /// <summary>Moves a request where a scenario needs it.</summary>
    public void Put(ChangeRequestId id, ChangeRequestState state, string? outcome = null) =>
        _requests[id] = (_requests[id].Request with { State = state, Outcome = outcome }, _requests[id].Run);

    public Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        Put(id, ChangeRequestState.Approved);
        return Task.FromResult(new ApprovalOutcome(Accepted: true, "", "Approved.", _requests[id].Request));
    }

    public Task<ApprovalOutcome> DenyAsync(ChangeRequestId id, Actor denier, string reason, CancellationToken cancellationToken)
    {
        Put(id, ChangeRequestState.Denied, reason);
        return Task.FromResult(new ApprovalOutcome(Accepted: true, "", "Denied.", _requests[id].Request));
    }

    public async Task<ToolOutcome> ExecuteAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (_requests[id].Request.State != ChangeRequestState.Approved)
        {
            return await RenderedOutcome.OfAsync(_requests[id].Request, new ToolResult.Denied("not-approved", $"{id} is {_requests[id].Request.State}."));
        }

        Executions++;
        Put(id, ChangeRequestState.Executing);
        var result = await _requests[id].Run();
        Put(id, result is ToolResult.Found ? ChangeRequestState.Succeeded : ChangeRequestState.Failed, "It ran.");
        return await RenderedOutcome.OfAsync(_requests[id].Request, result);
    }

    public Task<ChangeRequest?> ShowAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
        Task.FromResult(_requests.TryGetValue(id, out var kept) ? kept.Request : null);

    public Task<IReadOnlyList<ChangeStep>> StepsAsync(ChangeRequestId id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangeStep>>([]);

    public Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChangeRequest>>([.. _requests.Values.Select(kept => kept.Request)
            .Where(request => query.ConversationId is null || request.ConversationId == query.ConversationId)
            .Where(request => query.States.Count == 0 || query.States.Contains(request.State))]);
}
