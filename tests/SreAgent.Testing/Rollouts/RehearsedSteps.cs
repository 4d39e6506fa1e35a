using SreAgent.Core.Changes;

namespace SreAgent.Testing.Rollouts;

/// <summary>
/// Steps kept in memory, which may outlive several processes of a test: each records its names, and the one that is told to die does so at
/// the record it was told.
/// </summary>
public sealed class RehearsedSteps : IChangeSteps
{
    private readonly List<ChangeStep> _steps = [];
    private int _records;

    /// <summary>Dies instead of making this record, counted from 0; a step makes one when it begins and one when it ends.</summary>
    public int? DieAtRecord { get; set; }

    public int Records => _records;

    public IReadOnlyList<string> Names => [.. _steps.Select(step => step.Name)];

    public Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken)
    {
        if (_steps.Find(step => step.Name == name) is { } known)
        {
            return Task.FromResult<StepStart>(known.Result is { } result ? new StepStart.Done(result) : new StepStart.Unsettled(known));
        }

        Record();
        _steps.Add(new ChangeStep(name, intent, DateTimeOffset.UnixEpoch, null, null));
        return Task.FromResult<StepStart>(new StepStart.Fresh());
    }

    public Task FinishAsync(string name, string result, CancellationToken cancellationToken)
    {
        Record();
        var i = _steps.FindIndex(step => step.Name == name);
        _steps[i] = _steps[i] with { Result = result, FinishedAt = DateTimeOffset.UnixEpoch };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangeStep>>([.. _steps]);

    private void Record()
    {
        if (_records == DieAtRecord)
        {
            // Whoever is told this touches nothing more, exactly as if the process were gone.
            throw new ChangeTakenOverException("This process is dead.");
        }

        _records++;
    }
}
