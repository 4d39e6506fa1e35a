using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Guardrail;

/// <summary>One running change's steps, as the process that holds its lease writes them.</summary>
internal sealed class ChangeSteps(IChangeStepStore store, ChangeRequestId id, string holder, TimeProvider clock) : IChangeSteps
{
    public Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken) =>
        store.BeginAsync(id, holder, name, intent, clock.GetUtcNow(), cancellationToken);

    public Task FinishAsync(string name, string result, CancellationToken cancellationToken) =>
        store.FinishAsync(id, holder, name, result, clock.GetUtcNow(), cancellationToken);

    public Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(id, cancellationToken);
}
