using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// One running change's steps, as the process that holds its lease writes them. While the store does not answer the change stands still, since
/// giving up would leave it half done; once the lease is lost this process touches nothing more, and another goes on.
/// </summary>
/// <param name="lost">The lease is.</param>
internal sealed class ChangeSteps(IChangeStepStore store, ChangeRequestId id, string holder, TimeProvider clock, CancellationToken lost) : IChangeSteps
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken) =>
        AnsweredAsync(() => store.BeginAsync(id, holder, name, intent, clock.GetUtcNow(), cancellationToken), cancellationToken);

    public Task FinishAsync(string name, string result, CancellationToken cancellationToken) =>
        AnsweredAsync(
            async () =>
            {
                await store.FinishAsync(id, holder, name, result, clock.GetUtcNow(), cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken) =>
        AnsweredAsync(() => store.ListAsync(id, cancellationToken), cancellationToken);

    private async Task<T> AnsweredAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lost, cancellationToken);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException exception)
            {
                // A store that takes the lease's renewals and nothing else is no better than one that takes nothing.
                if (lost.IsCancellationRequested || clock.GetUtcNow() - since >= LeaseKeeper.Length)
                {
                    throw new ChangeTakenOverException($"What {id} has done can no longer be recorded here.", exception);
                }
            }

            try
            {
                await Task.Delay(Pause, clock, ending.Token);
            }
            catch (OperationCanceledException exception) when (lost.IsCancellationRequested)
            {
                throw new ChangeTakenOverException($"The lease on {id} was lost while the store did not answer.", exception);
            }
        }
    }
}
