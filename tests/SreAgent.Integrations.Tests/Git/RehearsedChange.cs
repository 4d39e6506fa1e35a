using SreAgent.Core.Changes;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>An approved change whose steps are remembered in memory, and whose process can be made to have died in the middle of one.</summary>
internal sealed class RehearsedChange : IChangeSteps
{
    private readonly Dictionary<string, ChangeStep> _steps = new(StringComparer.Ordinal);

    public static ChangeExecution Of(ChangePlan plan, RehearsedChange? steps = null) =>
        new(ChangeRequestId.New(), "os:grace", ["os:ada"], "production", plan, DateTimeOffset.UnixEpoch, steps ?? new RehearsedChange());

    /// <summary>A process recorded that it begins this step, and was never seen again.</summary>
    public static RehearsedChange DiedIn(string step, string intent)
    {
        var steps = new RehearsedChange();
        steps._steps[step] = new ChangeStep(step, intent, DateTimeOffset.UnixEpoch, Result: null, FinishedAt: null);
        return steps;
    }

    public Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken)
    {
        if (_steps.TryGetValue(name, out var step))
        {
            return Task.FromResult<StepStart>(step.Result is { } result ? new StepStart.Done(result) : new StepStart.Unsettled(step));
        }

        _steps[name] = new ChangeStep(name, intent, DateTimeOffset.UnixEpoch, Result: null, FinishedAt: null);
        return Task.FromResult<StepStart>(new StepStart.Fresh());
    }

    public Task FinishAsync(string name, string result, CancellationToken cancellationToken)
    {
        _steps[name] = _steps[name] with { Result = result, FinishedAt = DateTimeOffset.UnixEpoch };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangeStep>>([.. _steps.Values]);
}
