namespace SreAgent.Core.Changes;

/// <summary>
/// The durable list of what one running change has done. A step is recorded before it is done and again when it is finished, so that after
/// a crash every step is known to be not begun, finished, or of unknown end. Both records wait for the disk, and both are refused with
/// <see cref="ChangeTakenOverException"/> once another process has taken the change over: whoever is told so touches nothing more.
/// </summary>
public interface IChangeSteps
{
    /// <summary>Records that a step begins, unless an earlier process already recorded it.</summary>
    /// <param name="name">Unique within the change: <c>update machine 3d8d</c>.</param>
    /// <param name="intent">Whatever is needed to find out later whether it happened. Never a secret.</param>
    /// <param name="cancellationToken">Gives up before the step is recorded.</param>
    Task<StepStart> BeginAsync(string name, string intent, CancellationToken cancellationToken);

    /// <param name="name">The step begun under this name.</param>
    /// <param name="result">What it came to, for whoever goes on. Never a secret.</param>
    /// <param name="cancellationToken">Gives up waiting for the record.</param>
    Task FinishAsync(string name, string result, CancellationToken cancellationToken);

    /// <summary>In the order they were begun.</summary>
    Task<IReadOnlyList<ChangeStep>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Name">Unique within the change.</param>
/// <param name="Intent">As recorded before it was done.</param>
/// <param name="Result">Absent while it runs, and for ever when its process died.</param>
public sealed record ChangeStep(string Name, string Intent, DateTimeOffset BegunAt, string? Result, DateTimeOffset? FinishedAt);

/// <summary>What is known of a step when somebody sets about doing it.</summary>
public abstract record StepStart
{
    private StepStart()
    {
    }

    /// <summary>Nobody began it before; it is recorded as begun.</summary>
    public sealed record Fresh : StepStart;

    /// <summary>A process that died began it. Whether it happened must be found out from the target, never guessed.</summary>
    public sealed record Unsettled(ChangeStep Step) : StepStart;

    /// <summary>It was finished before; do not do it again.</summary>
    public sealed record Done(string Result) : StepStart;
}

/// <summary>The one way to do a step.</summary>
public static class ChangeStepsExtensions
{
    /// <summary>
    /// Does a step that nobody has begun, returns the result of one that is finished, and settles one whose process died.
    /// </summary>
    /// <param name="steps">The running change's steps.</param>
    /// <param name="name">Unique within the change.</param>
    /// <param name="intent">Whatever <paramref name="settle"/> needs.</param>
    /// <param name="act">Does it.</param>
    /// <param name="settle">
    /// Told the intent recorded by the process that died: finds out from the target whether the step happened, finishes it if that is safe,
    /// and returns its result; or throws a <c>ToolException</c> saying what is unknown.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The step's result.</returns>
    public static async Task<string> OnceAsync(
        this IChangeSteps steps,
        string name,
        string intent,
        Func<CancellationToken, Task<string>> act,
        Func<string, CancellationToken, Task<string>> settle,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(settle);
        switch (await steps.BeginAsync(name, intent, cancellationToken))
        {
            case StepStart.Done(var before):
                return before;
            case StepStart.Unsettled(var step):
                return await FinishAsync(await settle(step.Intent, cancellationToken));
            default:
                return await FinishAsync(await act(cancellationToken));
        }

        async Task<string> FinishAsync(string result)
        {
            // What has been done is recorded even when nobody waits for it any more.
            await steps.FinishAsync(name, result, CancellationToken.None);
            return result;
        }
    }
}

/// <summary>Another process has taken this change over, believing this one dead. Nothing more may be done here.</summary>
public sealed class ChangeTakenOverException : Exception
{
    public ChangeTakenOverException()
    {
    }

    public ChangeTakenOverException(string message)
        : base(message)
    {
    }

    public ChangeTakenOverException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
