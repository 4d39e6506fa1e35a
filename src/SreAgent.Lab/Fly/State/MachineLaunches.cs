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
    public void Replace(FlyMachine machine, FlyMachineVersion before, bool start)
    {
        var wanted = machine.Current;
        world.Begin(machine, async cancellationToken =>
        {
            await Task.Delay(world.Seed.Pull, world.Clock, cancellationToken);
            var next = world.Faults.IsUnpullable(wanted.Image.Digest) ? "started" : start ? "starting" : "stopping";
            lock (world.Access)
            {
                if (machine.State is not "replacing")
                {
                    return; // It is being destroyed.
                }

                if (next is "started")
                {
                    machine.GoBackTo(before);
                }

                Enter(machine, next, next is "starting" ? "start" : "update");
            }

            if (next is "starting")
            {
                await RunAsync(machine, "start", cancellationToken);
            }
            else if (next is "stopping")
            {
                await world.Fleet.StopAsync(machine.Id, cancellationToken);
                Enter(machine, "stopped", "exit");
            }
        });
    }

    /// <summary>Starts what the machine is to run. Call it under the lock.</summary>
    /// <param name="event">start or restart.</param>
    public void Launch(FlyMachine machine, string @event) => world.Begin(machine, cancellationToken => RunAsync(machine, @event, cancellationToken));

    /// <summary>Ends what the machine runs. Call it under the lock.</summary>
    /// <param name="state">stopped, suspended or destroyed.</param>
    /// <param name="event">exit, suspend or destroy.</param>
    public void End(FlyMachine machine, string state, string @event) => world.Begin(machine, async cancellationToken =>
    {
        await world.Fleet.StopAsync(machine.Id, cancellationToken);
        Enter(machine, state, @event);
    });

    /// <summary>Starts what a seeded machine runs; its state says since when.</summary>
    public Task BringUpAsync(FlyMachine machine, CancellationToken cancellationToken) => world.Fleet.RunAsync(Described(machine), cancellationToken);

    private async Task RunAsync(FlyMachine machine, string @event, CancellationToken cancellationToken)
    {
        LabMachine what;
        FlyMachineVersion launched;
        lock (world.Access)
        {
            (what, launched) = (Described(machine), machine.Current);
        }

        try
        {
            await world.Fleet.RunAsync(what, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A service that cannot be started is something machines go through, not an end of the simulator.
            EnterAs(launched, machine, "failed", "exit");
            return;
        }

        if (!world.Faults.IsNeverStarting(machine.Id))
        {
            EnterAs(launched, machine, "started", @event);
        }
    }

    /// <summary>Unless the machine has been told something else in the meantime.</summary>
    private void EnterAs(FlyMachineVersion launched, FlyMachine machine, string state, string @event)
    {
        lock (world.Access)
        {
            if (ReferenceEquals(machine.Current, launched) && (machine.State is "starting" or "restarting"))
            {
                Enter(machine, state, @event);
            }
        }
    }

    private void Enter(FlyMachine machine, string state, string @event)
    {
        lock (world.Access)
        {
            machine.Enter(state, @event, "flyd", world.Clock.GetUtcNow());
            world.Signal();
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
