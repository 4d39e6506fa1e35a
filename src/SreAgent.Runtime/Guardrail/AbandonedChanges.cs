using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Sorts the changes whose process died: those another process can go on with, and those that end here, visibly. Whoever looks at changes
/// sorts; only <see cref="ChangeRecovery"/> goes on with any.
/// </summary>
internal sealed class AbandonedChanges(
    IChangeRequestStore requests, IPolicySource policies, RequestReadmission readmission, ChangeRunner runner, AuditWriter audit, GuardrailLimits limits, TimeProvider clock)
{
    /// <summary>Ends those nobody can go on with; returns the others, none of them taken over.</summary>
    public async Task<IReadOnlyList<ResumableChange>> SortAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await requests.ListAbandonedAsync(now, cancellationToken) is not { Count: > 0 } abandoned)
        {
            return [];
        }

        var policy = await policies.CurrentAsync(cancellationToken);
        var resumable = new List<ResumableChange>();
        foreach (var request in abandoned)
        {
            var call = readmission.Readmit(request, policy);
            if (WhyNot(request, call, now) is { } why)
            {
                await InterruptAsync(request, why, cancellationToken);
            }
            else if (call is not null)
            {
                resumable.Add(new ResumableChange(request, call));
            }
        }

        return resumable;
    }

    private string? WhyNot(ChangeRequest request, AdmittedCall? call, DateTimeOffset now) =>
        call is null ? $"{request.Tool} is no longer available to {request.Scope.Persona} with these arguments"
        : !call.Tool.Resumable ? $"{request.Tool} cannot be gone on with by another process"
        : now - (request.ExecutedAt ?? request.CreatedAt) > limits.StaleAfter ? "it began too long ago to go on with"
        // The target has moved under way, so its state cannot be compared any more; that the stored request is the approved one can.
        : !RequestReadmission.IsUnaltered(request, call) ? "what is stored is no longer what was approved"
        : null;

    private async Task InterruptAsync(ChangeRequest request, string why, CancellationToken cancellationToken)
    {
        var lease = runner.NewLease();
        if (!await requests.TryTakeOverAsync(request.Id, lease, clock.GetUtcNow(), cancellationToken))
        {
            return;
        }

        await requests.CompleteAsync(
            request.Id, ChangeRequestState.Interrupted, $"Its process ended while the change ran, and {why}. What became of the target is unknown.",
            clock.GetUtcNow(), lease.Holder, cancellationToken);
        await audit.RequestAsync(
            AuditKind.Lapsed, request, RequestReadmission.RequesterOf(request) with { IsHuman = false },
            new { reason = $"The process executing it died, and {why}; what happened to the target is unknown." }, cancellationToken);
    }
}

/// <param name="Call">The call it stands for, readmitted.</param>
internal sealed record ResumableChange(ChangeRequest Request, AdmittedCall Call);
