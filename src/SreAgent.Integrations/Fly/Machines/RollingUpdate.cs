using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>
/// Changes machines a pool at a time, each a step of the change. When one fails, those touched get their configuration back, in reverse
/// order, and the exception says which machine is as it was and which is not.
/// </summary>
internal sealed class RollingUpdate(IFlyMachinesApi api, FlyOptions options, TimeProvider clock)
{
    private readonly MachineUpdater _updater = new(api, options, clock);
    private readonly RollingRestore _restore = new(api, options, clock);

    /// <param name="app">Whose machines.</param>
    /// <param name="before">Versions the approval was given for; a machine that is another by now stops it. Null: as they are now.</param>
    /// <param name="edit">What is to become of each.</param>
    /// <param name="pool">How many may be away at once.</param>
    /// <param name="change">Keeps the steps.</param>
    /// <param name="progress">Told of every machine.</param>
    /// <param name="cancellationToken">Stops between machines and puts nothing back: whoever takes over goes on.</param>
    public async Task<string> RunAsync(
        string app, IReadOnlyDictionary<string, string>? before, MachineEdit edit, int pool, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var begun = (await change.Steps.ListAsync(cancellationToken)).Where(step => step.Name.StartsWith($"{edit.Name} machine ", StringComparison.Ordinal)).ToDictionary(step => step.Name, StringComparer.Ordinal);
        var ids = (await api.MachinesAsync(app, cancellationToken)).OfApplication().Select(machine => machine.Id).ToArray();
        await using var hold = await LeaseHold.TakeAsync(api, app, ids, change.Id, clock, options.Poll, cancellationToken);
        using var going = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        if (await RollingRestore.WasDecidedAsync(edit, change, cancellationToken))
        {
            throw new ToolException(await _restore.RunAsync(app, edit, "", hold, change, progress, cancellationToken));
        }

        // Looked at under the leases: from here on nobody else changes them.
        var machines = (await api.MachinesAsync(app, cancellationToken)).OfApplication();
        var stale = machines.FirstOrDefault(machine => !begun.ContainsKey(StepOf(edit, machine)) && before is not null
            && !string.Equals(before.GetValueOrDefault(machine.Id), machine.InstanceId, StringComparison.Ordinal));
        try
        {
            if (stale is not null)
            {
                throw new ToolException($"Machine {stale.Id} is not the version that was approved: somebody changed it meanwhile.");
            }

            var todo = machines.Where(machine => begun.ContainsKey(StepOf(edit, machine)) || !edit.IsDone(machine)).ToArray();
            foreach (var batch in todo.Chunk(pool))
            {
                await Task.WhenAll(batch.Select(machine => OneAsync(app, machine, edit, hold, change, progress, going.Token)));
            }
        }
        catch (Exception e) when (Reason(e, hold, cancellationToken) is { } reason)
        {
            throw new ToolException(await _restore.RunAsync(app, edit, reason, hold, change, progress, cancellationToken), e);
        }

        return $"All {machines.Count} machines of {app} are done ({edit.Name}: {edit.Wanted}).";
    }

    private async Task OneAsync(string app, FlyMachine machine, MachineEdit edit, LeaseHold hold, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var intent = new MachineIntent(machine.Id, machine.InstanceId ?? "", edit.MarkOf(machine), edit.Wanted, machine.IsMeantToRun());
        await change.Steps.OnceAsync(StepOf(edit, machine), intent.ToString(), token => ActAsync(machine, intent, token), SettleAsync, cancellationToken);

        async Task<string> ActAsync(FlyMachine seen, MachineIntent from, CancellationToken token)
        {
            progress.Report($"{seen.Id} ({seen.Region}): {edit.Name} begins.");
            var updated = await _updater.UpdateAsync(app, seen, edit.ConfigurationOf(seen), from.Runs, edit.MinSecretsVersion, hold[seen.Id], edit.IsDone, token);
            return await WellAsync(updated, from, token);
        }

        async Task<string> SettleAsync(string recorded, CancellationToken token)
        {
            var from = MachineIntent.Parse(recorded);
            var now = await api.MachineAsync(app, from.Machine, token);
            return edit.IsDone(now) && !string.Equals(now.InstanceId, from.Version, StringComparison.Ordinal) ? await WellAsync(now, from, token)
                : string.Equals(now.InstanceId, from.Version, StringComparison.Ordinal) ? await ActAsync(now, from, token)
                : throw new ToolException($"Machine {from.Machine} is neither as it was before (version {from.Version}) nor as it should be; it is version {now.InstanceId}. Somebody else changed it.");
        }

        async Task<string> WellAsync(FlyMachine updated, MachineIntent from, CancellationToken token)
        {
            await _updater.WaitUntilWellAsync(app, updated, from.Runs, healthy: true, token);
            progress.Report($"{updated.Id} ({updated.Region}): {(from.Runs ? "started and healthy" : "done, left at rest")}.");
            return updated.InstanceId ?? "";
        }
    }

    private static string StepOf(MachineEdit edit, FlyMachine machine) => $"{edit.Name} machine {machine.Id}";

    /// <summary>Why it is to be put back; null when it is not: we were stopped, or another process goes on.</summary>
    private static string? Reason(Exception fault, LeaseHold hold, CancellationToken cancellationToken) => fault switch
    {
        ToolException => fault.Message,
        OperationCanceledException when hold.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested => "A lease was lost: somebody else took a machine over.",
        _ => null,
    };
}
