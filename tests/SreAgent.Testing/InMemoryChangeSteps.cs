using SreAgent.Core.Changes;

namespace SreAgent.Testing;

/// <summary>
/// A change's steps as the store keeps them, with points at which the process dies. What was recorded survives; going on with the same
/// object is the process that takes over.
/// </summary>
public sealed class InMemoryChangeSteps : IChangeSteps
{
    private readonly Lock _lock = new();
    private readonly List<ChangeStep> _steps = [];
    private readonly List<CrashPoint> _crashes = [];
    private readonly HashSet<string> _begunHere = new(StringComparer.Ordinal);

    /// <summary>The change the steps are of, running.</summary>
    /// <param name="plan">What was approved; a blank one by default.</param>
    public ChangeExecution Execution(ChangePlan? plan = null) => new(
        new ChangeRequestId("chg-test-1"), "os:ada", ["os:grace"], "production", plan ?? new ChangePlan("", "", "", "", "", "", ""), DateTimeOffset.UnixEpoch, this);

    public IReadOnlyList<ChangeStep> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>Dies instead of making this record, counted from 0; a step makes one when it begins and one when it ends.</summary>
    public int? DieAtRecord { get; set; }

    public int Records { get; private set; }

    /// <summary>The process dies once, at this moment of the step that begins with these words.</summary>
    public InMemoryChangeSteps DieAt(CrashMoment moment, string step)
    {
        _crashes.Add(new CrashPoint(moment, step));
        return this;
    }

    /// <summary>Another process goes on.</summary>
    public InMemoryChangeSteps TakenOver()
    {
        lock (_lock)
        {
            _begunHere.Clear();
            DieAtRecord = null;
        }

        return this;
    }

    public Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DieIf(CrashMoment.BeforeBegin, name);
            if (_steps.Find(step => step.Name == name) is { } before)
            {
                if (before.Result is not null)
                {
                    return Task.FromResult<StepStart>(new StepStart.Done(before.Result));
                }

                return _begunHere.Add(name)
                    ? Task.FromResult<StepStart>(new StepStart.Unsettled(before))
                    : throw new InvalidOperationException($"The step '{name}' was begun twice by one process.");
            }

            Record();
            _begunHere.Add(name);
            _steps.Add(new ChangeStep(name, intent, DateTimeOffset.UnixEpoch, Result: null, FinishedAt: null));
            DieIf(CrashMoment.AfterBegin, name);
            return Task.FromResult<StepStart>(new StepStart.Fresh());
        }
    }

    public Task FinishAsync(string name, string result, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            DieIf(CrashMoment.BeforeFinish, name);
            Record();
            var at = _steps.FindIndex(step => step.Name == name);
            _steps[at] = _steps[at] with { Result = result, FinishedAt = DateTimeOffset.UnixEpoch };
            DieIf(CrashMoment.AfterFinish, name);
            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(All);

    // Whoever is told that a change was taken over touches nothing more, exactly as if the process were gone.
    private void Record()
    {
        if (Records == DieAtRecord)
        {
            throw new ChangeTakenOverException("This process is dead.");
        }

        Records++;
    }

    private void DieIf(CrashMoment moment, string name)
    {
        if (_crashes.Find(point => point.Moment == moment && name.StartsWith(point.Step, StringComparison.Ordinal)) is { } point)
        {
            _crashes.Remove(point);
            throw new ProcessDiedException($"died {moment} '{name}'");
        }
    }

    private sealed record CrashPoint(CrashMoment Moment, string Step);
}

public enum CrashMoment
{
    /// <summary>Nothing of the step is recorded.</summary>
    BeforeBegin = 0,

    /// <summary>It is recorded as begun, and was not done.</summary>
    AfterBegin,

    /// <summary>It was done, and is recorded as begun only.</summary>
    BeforeFinish,

    /// <summary>It is recorded as finished.</summary>
    AfterFinish,
}

/// <summary>Stands for kill -9: nothing that catches faults catches it.</summary>
public sealed class ProcessDiedException : Exception
{
    public ProcessDiedException()
    {
    }

    public ProcessDiedException(string message)
        : base(message)
    {
    }

    public ProcessDiedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
