using System.Text.Json.Nodes;

namespace SreAgent.Lab.Fly.State;

/// <summary>A deploy by somebody's pipeline: what the vendor's command line does, through the same doors as everybody else.</summary>
internal sealed class CiDeployment(FlyWorld world, FlyReleases releases, MachineLeases leases, MachineUpdates updates)
{
    private const int LeaseSeconds = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <returns>The release it made.</returns>
    /// <exception cref="FlyRefusalException">A machine could not be changed; the release is then marked failed and the fleet left mixed.</exception>
    public async Task<FlyRelease> DeployAsync(string app, string image, FlyCaller caller, CancellationToken cancellationToken)
    {
        var release = releases.Create(app, image, "ROLLING", caller);
        releases.Change(release.Id, "running", caller);
        try
        {
            foreach (var machineId in Managed(app))
            {
                await ReplaceAsync(app, machineId, release, caller, cancellationToken);
            }
        }
        catch (FlyRefusalException)
        {
            releases.Change(release.Id, "failed", caller);
            throw;
        }

        releases.Change(release.Id, "complete", caller);
        return release;
    }

    private async Task ReplaceAsync(string app, string machineId, FlyRelease release, FlyCaller caller, CancellationToken cancellationToken)
    {
        var (lease, version) = leases.Take(app, machineId, LeaseSeconds, "deploy", nonce: null, caller);
        try
        {
            updates.Update(app, machineId, Order(app, machineId, release, version), lease.Nonce, caller);
            await SettledAsync(app, machineId, cancellationToken);
        }
        finally
        {
            leases.Release(app, machineId, lease.Nonce, caller);
        }
    }

    private async Task SettledAsync(string app, string machineId, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, world.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await MachineWaits.UntilAsync(world, () => world.Machine(app, machineId) is { IsSettled: true } machine ? machine : null, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FlyRefusalException(408, $"machine {machineId} did not start within {Patience.TotalMinutes} minutes");
        }
    }

    private JsonObject Order(string app, string machineId, FlyRelease release, string version)
    {
        lock (world.Access)
        {
            var configuration = (JsonObject)world.Machine(app, machineId).Current.Configuration.DeepClone();
            configuration["image"] = release.Image;
            if (configuration["metadata"] is JsonObject metadata)
            {
                metadata["fly_release_id"] = release.Id;
                metadata["fly_release_version"] = release.Version.ToString();
            }

            return new JsonObject { ["config"] = configuration, ["current_version"] = version };
        }
    }

    private string[] Managed(string app)
    {
        lock (world.Access)
        {
            return [.. world.App(app).Machines.Where(machine => !machine.IsDestroyed).Select(machine => machine.Id)];
        }
    }
}
