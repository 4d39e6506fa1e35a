using System.Globalization;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>Restarts machines one by one, waiting for each to be well. A machine's own events tell whether it was restarted.</summary>
internal sealed class RollingRestart(IFlyMachinesApi api, MachineUpdater updater, FlyOptions options, TimeProvider clock)
{
    private const int Looks = 5;
    private const string StepPrefix = "restart machine ";

    private static readonly string[] Starts = ["start", "restart", "launch"];

    public async Task<string> RunAsync(string app, IReadOnlyList<string> machines, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        // One whose restart a dead process began may be at rest just now, and is not to be forgotten for it.
        var begun = (await change.Steps.ListAsync(cancellationToken)).Where(step => step.Name.StartsWith(StepPrefix, StringComparison.Ordinal)).Select(step => step.Name[StepPrefix.Length..]);
        string[] all = [.. begun.Union(machines, StringComparer.Ordinal)];
        await using var hold = await LeaseHold.TakeAsync(api, app, all, change.Id, clock, options.Poll, cancellationToken);
        using var going = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        try
        {
            foreach (var machine in all)
            {
                await OneAsync(app, machine, hold, change, progress, going.Token);
            }
        }
        catch (OperationCanceledException e) when (hold.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ToolException("A lease was lost: somebody else took a machine over. Machines not reported as restarted were left alone.", e);
        }

        return $"Restarted {all.Length} machines of {app}, one by one: {string.Join(", ", all)}.";
    }

    /// <summary>When it last started, by its own events; null when they do not say.</summary>
    public static DateTimeOffset? LastStart(FlyMachine machine) =>
        machine.Events?.Where(one => Starts.Contains(one.Type, StringComparer.Ordinal)).Select(one => one.Timestamp).DefaultIfEmpty().Max() is > 0 and { } latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(latest) : null;

    private async Task OneAsync(string app, string machine, LeaseHold hold, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var seen = await api.MachineAsync(app, machine, cancellationToken);
        var mark = Mark(seen);
        await change.Steps.OnceAsync(StepPrefix + machine, mark, token => ActAsync(mark, token), SettleAsync, cancellationToken);

        async Task<string> ActAsync(string before, CancellationToken token)
        {
            progress.Report($"{machine} ({seen.Region}): restart begins.");
            var reply = await api.RestartAsync(app, machine, hold[machine], token);
            if (reply.Refusal is { } refusal)
            {
                throw new ToolException($"{refusal.Sentence} Machine {machine} {(refusal.LeavesDoubt ? "may have been restarted all the same; look with fly_status" : "was not restarted")}. The rest was left alone.");
            }

            for (var look = 0; look < Looks && Mark(await api.MachineAsync(app, machine, token)) == before; look++)
            {
                await Task.Delay(options.Poll, clock, token);
            }

            return await WellAsync(token);
        }

        async Task<string> SettleAsync(string recorded, CancellationToken token) =>
            Mark(await api.MachineAsync(app, machine, token)) == recorded ? await ActAsync(recorded, token) : await WellAsync(token);

        async Task<string> WellAsync(CancellationToken token)
        {
            await updater.WaitUntilWellAsync(app, await api.MachineAsync(app, machine, token), runs: true, healthy: true, token);
            progress.Report($"{machine}: started and healthy.");
            return "restarted";
        }
    }

    private static string Mark(FlyMachine machine) => (LastStart(machine)?.ToUnixTimeMilliseconds() ?? 0).ToString(CultureInfo.InvariantCulture);
}
