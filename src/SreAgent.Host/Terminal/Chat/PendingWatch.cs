using SreAgent.Core.Changes;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>
/// Looks, while a chat is idle, whether somebody decided elsewhere what it waits for: in a second terminal, in Slack, on the web.
/// </summary>
internal sealed class PendingWatch(IApprovalDesk desk, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1.5);

    // Whoever approves carries the change out at once. Only when that has not begun after this long did their process die.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly HashSet<ChangeRequestId> _told = [];

    public IReadOnlyList<ChangeRequestId> Waiting { get; private set; } = [];

    public void WaitFor(IReadOnlyList<ChangeRequestId> ids) => Waiting = [.. ids.Where(id => !_told.Contains(id))];

    /// <summary>Those the conversation has been told about are not watched again.</summary>
    public void Told(IEnumerable<ChangeRequest> requests)
    {
        _told.UnionWith(requests.Select(request => request.Id));
        WaitFor(Waiting);
    }

    /// <summary>Returns once at least one of those waited for is decided and, if approved, carried out.</summary>
    public async Task<IReadOnlyList<ChangeRequest>> DecidedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Every, clock, cancellationToken);
            if (await LookAsync(cancellationToken) is { Count: > 0 } decided)
            {
                return decided;
            }
        }
    }

    private async Task<List<ChangeRequest>> LookAsync(CancellationToken cancellationToken)
    {
        var decided = new List<ChangeRequest>();
        foreach (var id in Waiting)
        {
            try
            {
                if (await desk.ShowAsync(id, cancellationToken) is { } request && IsSettled(request))
                {
                    decided.Add(request);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The store is away for a moment. The next look asks again; a person typing need not hear of it.
                return [];
            }
        }

        return decided;
    }

    private bool IsSettled(ChangeRequest request) => request.State switch
    {
        ChangeRequestState.Pending or ChangeRequestState.Executing => false,
        ChangeRequestState.Approved => request.DecidedAt is { } at && clock.GetUtcNow() - at > Grace,
        _ => true,
    };
}
