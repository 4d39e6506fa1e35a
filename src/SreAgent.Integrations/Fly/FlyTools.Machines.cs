using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Machines;

namespace SreAgent.Integrations.Fly;

/// <summary>Restarts, and secrets.</summary>
internal sealed partial class FlyTools
{
    [SreTool("fly_restart", ToolEffect.Change, Plan = nameof(PlanRestartAsync), Verify = nameof(VerifyRestartAsync), Resumable = true)]
    [Description("Restarts a service's running machines one by one, waiting for checks. Not a fix for a bad deploy. Needs a human's approval.")]
    public async Task<ToolResult> RestartAsync(
        string service, ChangeExecution change, IProgress<string> progress, [Description("Only this one, by id")] string? machine = null, CancellationToken cancellationToken = default)
    {
        var app = apps.Changed(service);
        var machines = await ToRestartAsync(app, machine, cancellationToken);
        return Done(app, await operations.Restart.RunAsync(app, [.. machines.Select(one => one.Id)], change, progress, cancellationToken));
    }

    public async Task<ChangePlan> PlanRestartAsync(string service, string? machine = null, CancellationToken cancellationToken = default)
    {
        var app = apps.Changed(service);
        var machines = await ToRestartAsync(app, machine, cancellationToken);
        return OperationPlans.Restart(await LookAsync(app, cancellationToken), machines);
    }

    public async Task<Verification> VerifyRestartAsync(string service, ChangeExecution change, string? machine = null, CancellationToken cancellationToken = default)
    {
        var machines = await ToRestartAsync(apps.Changed(service), machine, cancellationToken);
        var starts = machines.Select(one => (one.Id, At: RollingRestart.LastStart(one))).ToArray();
        var old = starts.Where(one => one.At is { } at && at < change.StartedAt).Select(one => one.Id).ToArray();
        var unknown = starts.Where(one => one.At is null).Select(one => one.Id).ToArray();
        return Verification.Of(
        [
            old.Length > 0 ? Check("restarted", passed: false, $"Did not start since {change.StartedAt:u}: {string.Join(", ", old)}.")
                : unknown.Length > 0 ? new VerificationCheck("restarted", VerificationVerdict.Unverified, $"Their events do not say when they started: {string.Join(", ", unknown)}.")
                : Check("restarted", passed: true, $"All {starts.Length} started since {change.StartedAt:u}."),
            Healthy(machines),
        ]);
    }

    [SreTool("fly_set_secrets", ToolEffect.Change, Plan = nameof(PlanSetSecretsAsync), Verify = nameof(VerifySetSecretsAsync), Resumable = true)]
    [Description("Sets secrets of a service by name, with values from this host's settings, then restarts its machines with them. Never give a value. Needs a human's approval.")]
    public async Task<ToolResult> SetSecretsAsync(string service, string[] names, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken = default)
    {
        var app = apps.Changed(service);
        var secrets = operations.Secrets.Find(names);
        var machines = (await api.MachinesAsync(app, cancellationToken)).OfApplication();
        return Done(app, await operations.Secrets.RunAsync(app, secrets, await PoolAsync(app, machines.Count, cancellationToken), change, progress, cancellationToken));
    }

    public async Task<ChangePlan> PlanSetSecretsAsync(string service, string[] names, CancellationToken cancellationToken = default)
    {
        var app = apps.Changed(service);
        var secrets = operations.Secrets.Find(names);
        return OperationPlans.SetSecrets(await LookAsync(app, cancellationToken), secrets, await operations.Secrets.DigestsAsync(app, secrets, cancellationToken));
    }

    public async Task<Verification> VerifySetSecretsAsync(string service, string[] names, ChangeExecution change, CancellationToken cancellationToken = default)
    {
        var app = apps.Changed(service);
        var secrets = operations.Secrets.Find(names);
        var digests = await operations.Secrets.DigestsAsync(app, secrets, cancellationToken);
        var missing = secrets.Where(secret => digests[secret.Name].Length == 0).Select(secret => secret.Name).ToArray();
        var machines = (await api.MachinesAsync(app, cancellationToken)).OfApplication();
        var edit = MachineEdit.OfSecrets(change.Id.Value, version: null);
        var without = machines.Where(machine => !edit.IsDone(machine)).Select(machine => machine.Id).ToArray();
        return Verification.Of(
        [
            Check("secrets", missing.Length == 0, missing.Length == 0 ? $"Fly lists {string.Join(", ", digests.Keys)}." : $"Fly does not list {string.Join(", ", missing)}."),
            Check("machines have them", without.Length == 0, without.Length == 0 ? "All were updated after it." : $"Not updated since: {string.Join(", ", without)}."),
            Healthy(machines),
        ]);
    }

    private async Task<IReadOnlyList<FlyMachine>> ToRestartAsync(string app, string? machine, CancellationToken cancellationToken)
    {
        var all = (await api.MachinesAsync(app, cancellationToken)).OfApplication();
        var chosen = all.Where(one => machine is null ? one.IsMeantToRun() : string.Equals(one.Id, machine, StringComparison.Ordinal)).ToArray();
        return chosen.Length > 0 ? chosen
            : throw new ToolException(machine is null ? $"{app} has no running machine to restart." : $"{app} has no machine '{machine}'; fly_status shows them.");
    }
}
