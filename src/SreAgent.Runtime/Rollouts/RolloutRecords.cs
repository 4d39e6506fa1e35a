using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Opens and closes a rollout's records, each at most once. What could not be written is a note, never a failure of the change.</summary>
internal sealed class RolloutRecords(IEnumerable<IRolloutRecorder> recorders)
{
    public static RolloutRecord Of(RolloutWish wish, Service service, SettledRollout settled, ChangeExecution change) => new(
        change.Id, service.Name, change.Environment, wish.IsRollback,
        settled.Before.Image?.ToString() ?? FleetFacts.Running(settled.Before)?.Image?.ToString() ?? "mixed", settled.Image.ToString(),
        settled.Commit, service.Repository, service.Dashboard, change.Requester, change.Approvers, change.StartedAt);

    /// <summary>Opens all that take it, and returns what could not be opened.</summary>
    public async Task<IReadOnlyList<string>> OpenAsync(RolloutRecord record, IChangeSteps steps, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        foreach (var recorder in recorders.Where(recorder => recorder.Takes(record)))
        {
            var text = await steps.OnceAsync(
                RolloutSteps.Open(recorder.Name), "",
                token => TryAsync(() => OpenAsync(recorder, record, token)),
                (_, token) => TryAsync(async () => await recorder.FindAsync(record, token) ?? await recorder.OpenAsync(record, token)),
                cancellationToken);
            if (RolloutJson.Read(text, RolloutJson.Default.OpenedRecord).Problem is { } problem)
            {
                notes.Add($"{recorder.Name} has no record of this: {problem}");
            }
        }

        return notes;
    }

    /// <summary>Closes those that were opened, and returns what could not be closed.</summary>
    public async Task<IReadOnlyList<string>> CloseAsync(RolloutRecord record, RolloutEnding ending, IChangeSteps steps, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        var opened = (await steps.ListAsync(cancellationToken)).ToDictionary(step => step.Name, step => step.Result, StringComparer.Ordinal);
        foreach (var recorder in recorders)
        {
            if (opened.GetValueOrDefault(RolloutSteps.Open(recorder.Name)) is not { } text
                || RolloutJson.Read(text, RolloutJson.Default.OpenedRecord).Handle is not { } handle)
            {
                continue;
            }

            // Closing again with the same ending leaves one record, so a process that takes over may.
            var problem = await steps.OnceAsync(
                RolloutSteps.Close(recorder.Name), ending.Verdict.ToString(), token => CloseAsync(recorder, handle, token), (_, token) => CloseAsync(recorder, handle, token), cancellationToken);
            if (problem.Length > 0)
            {
                notes.Add($"The record in {recorder.Name} could not be closed: {problem}");
            }
        }

        return notes;

        async Task<string> CloseAsync(IRolloutRecorder recorder, string handle, CancellationToken token)
        {
            try
            {
                await recorder.CloseAsync(record, handle, ending, token);
                return "";
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or ChangeTakenOverException))
            {
                return Why(exception);
            }
        }
    }

    /// <summary>An answer that was lost does not mean that nothing was opened.</summary>
    private static async Task<string> OpenAsync(IRolloutRecorder recorder, RolloutRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await recorder.OpenAsync(record, cancellationToken);
        }
        catch (ToolException exception)
        {
            string? found = null;
            try
            {
                found = await recorder.FindAsync(record, cancellationToken);
            }
            catch (ToolException)
            {
                // The first refusal is the one to tell.
            }

            return found ?? throw new ToolException(exception.Message, exception);
        }
    }

    private static async Task<string> TryAsync(Func<Task<string>> open)
    {
        OpenedRecord opened;
        try
        {
            opened = new OpenedRecord(await open(), null);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ChangeTakenOverException))
        {
            opened = new OpenedRecord(null, Why(exception));
        }

        return RolloutJson.Write(opened, RolloutJson.Default.OpenedRecord);
    }

    /// <summary>Only what is meant to be read is shown; whatever else went wrong, the change goes on.</summary>
    private static string Why(Exception exception) => exception is ToolException ? exception.Message : exception.GetType().Name;
}
