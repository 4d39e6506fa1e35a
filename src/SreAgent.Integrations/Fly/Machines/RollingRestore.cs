using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Machines;

/// <summary>Gives machines that were touched the configuration back which Fly keeps of their version before.</summary>
internal sealed class RollingRestore(IFlyMachinesApi api, FlyOptions options, TimeProvider clock)
{
    private readonly MachineUpdater _updater = new(api, options, clock);

    /// <summary>Whether an earlier process had already given up and begun to put back.</summary>
    public static async Task<bool> WasDecidedAsync(MachineEdit edit, ChangeExecution change, CancellationToken cancellationToken) =>
        (await change.Steps.ListAsync(cancellationToken)).Any(step => step.Name == Decision(edit));

    /// <returns>What failed, what is as it was, and what is not: the message of the failure.</returns>
    public Task<string> RunAsync(
        string app, MachineEdit edit, string reason, LeaseHold hold, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken) =>
        change.Steps.OnceAsync(
            Decision(edit),
            reason,
            token => AllAsync(app, edit, reason, hold, change, progress, token),
            (recorded, token) => AllAsync(app, edit, recorded, hold, change, progress, token),
            cancellationToken);

    private static string Decision(MachineEdit edit) => $"give up the {edit.Name}";

    private async Task<string> AllAsync(
        string app, MachineEdit edit, string reason, LeaseHold hold, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var begun = (await change.Steps.ListAsync(cancellationToken))
            .Where(step => step.Name.StartsWith($"{edit.Name} machine ", StringComparison.Ordinal)).Reverse().Select(MachineIntent.Of);
        var asBefore = new List<string>();
        var not = new List<string>();
        foreach (var intent in begun)
        {
            progress.Report($"{intent.Machine}: putting back what it was before.");
            try
            {
                Func<CancellationToken, Task<string>> act = token => OneAsync(app, intent, edit, hold, token);
                asBefore.Add($"{intent.Machine} ({await change.Steps.OnceAsync($"restore machine {intent.Machine}", intent.ToString(), act, (_, token) => act(token), cancellationToken)})");
            }
            catch (ToolException e)
            {
                // The others can still be put back.
                not.Add($"{intent.Machine} ({e.Message})");
            }
        }

        return not.Count > 0 ? $"{reason} As before: {Names(asBefore)}. NOT as before, look at once: {Names(not)}."
            : asBefore.Count > 0 ? $"{reason} Every machine that was touched is as before: {Names(asBefore)}."
            : $"{reason} No machine was touched.";
    }

    /// <summary>Looks first, so that it may be entered any number of times.</summary>
    private async Task<string> OneAsync(string app, MachineIntent intent, MachineEdit edit, LeaseHold hold, CancellationToken cancellationToken)
    {
        var now = await api.MachineAsync(app, intent.Machine, cancellationToken);
        if (string.Equals(now.InstanceId, intent.Version, StringComparison.Ordinal))
        {
            return "never changed";
        }

        if (!edit.IsDone(now))
        {
            return string.Equals(edit.MarkOf(now), intent.Mark, StringComparison.Ordinal) ? "put back" : throw new ToolException($"somebody else changed it to {edit.MarkOf(now)}; left alone");
        }

        var saved = (await api.VersionsAsync(app, intent.Machine, cancellationToken)).FirstOrDefault(version => string.Equals(version.Version, intent.Version, StringComparison.Ordinal))?.UserConfig
            ?? throw new ToolException($"Fly no longer has its configuration of version {intent.Version}");
        var restored = await _updater.UpdateAsync(
            app, now, saved, intent.Runs, minSecretsVersion: null, hold[intent.Machine], machine => string.Equals(edit.MarkOf(machine), intent.Mark, StringComparison.Ordinal), cancellationToken);
        await _updater.WaitUntilWellAsync(app, restored, intent.Runs, healthy: false, cancellationToken);
        return "put back";
    }

    private static string Names(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
