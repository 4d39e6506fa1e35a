using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly.State;

/// <summary>What a machine goes through after a request was taken, in its own time, until it is settled again.</summary>
internal sealed class MachineLaunches(FlyWorld world)
{
    /// <summary>Fetches the image and starts it, or goes back when it cannot be fetched. Call it under the lock.</summary>
    /// <param name="before">What it ran.</param>
    /// <param name="start">False leaves it stopped.</param>
    public void Replace(FlyMachine machine, FlyMachineVersion before, bool start) => world.Begin(async cancellationToken =>
    {
        await Task.Delay(world.Seed.Pull, world.Clock, cancellationToken);
        if (world.Faults.IsUnpullable(machine.Current.Image.Digest))
        {
            lock (world.Access)
            {
                machine.GoBackTo(before);
                machine.Enter("started", "update", "flyd", world.Clock.GetUtcNow());
                world.Signal();
            }

            return;
        }

        if (start)
        {
            Enter(machine, "starting", "start");
            await RunAsync(machine, "start", cancellationToken);
            return;
        }

        await world.Fleet.StopAsync(machine.Id, cancellationToken);
        Enter(machine, "stopped", "exit");
    });

    /// <summary>Starts what the machine is to run. Call it under the lock.</summary>
    /// <param name="event">start or restart.</param>
    public void Launch(FlyMachine machine, string @event) => world.Begin(cancellationToken => RunAsync(machine, @event, cancellationToken));

    /// <summary>Ends what the machine runs. Call it under the lock.</summary>
    /// <param name="state">stopped, suspended or destroyed.</param>
    /// <param name="event">exit, suspend or destroy.</param>
    public void End(FlyMachine machine, string state, string @event) => world.Begin(async cancellationToken =>
    {
        await world.Fleet.StopAsync(machine.Id, cancellationToken);
        Enter(machine, state, @event);
    });

    /// <summary>Starts what the machine is to run, and returns when it has.</summary>
    public async Task RunAsync(FlyMachine machine, string @event, CancellationToken cancellationToken)
    {
        LabMachine what;
        lock (world.Access)
        {
            what = Described(machine);
        }

        try
        {
            await world.Fleet.RunAsync(what, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A service that cannot be started is something machines go through, not an end of the simulator.
            Enter(machine, "failed", "exit");
            return;
        }

        if (!world.Faults.IsNeverStarting(machine.Id))
        {
            Enter(machine, "started", @event);
        }
    }

    private void Enter(FlyMachine machine, string state, string @event)
    {
        lock (world.Access)
        {
            // A seeded machine runs as it has since its release.
            if (!string.Equals(machine.State, state, StringComparison.Ordinal))
            {
                machine.Enter(state, @event, "flyd", world.Clock.GetUtcNow());
                world.Signal();
            }
        }
    }

    private LabMachine Described(FlyMachine machine)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in machine.Current.Configuration["env"] as JsonObject ?? [])
        {
            environment[name] = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";
        }

        foreach (var secret in world.App(machine.App).Secrets.Values)
        {
            environment[secret.Name] = secret.Value;
        }

        return new LabMachine(machine.Id, machine.App, machine.Region, machine.Current.Image.Tag, environment);
    }
}
