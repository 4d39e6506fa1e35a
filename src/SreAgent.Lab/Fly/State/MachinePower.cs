namespace SreAgent.Lab.Fly.State;

/// <summary>Starting, stopping and the like: what changes a machine's state and not its configuration.</summary>
internal sealed class MachinePower(FlyWorld world, MachineLaunches launches)
{
    /// <returns>The state it was in.</returns>
    public string Start(string app, string machineId, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        if (machine.State is "started" or "starting")
        {
            return null;
        }

        EnsureIn(machine, "start", "created", "stopped", "suspended", "failed");
        Enter(machine, "starting", "start");
        launches.Launch(machine, "start");
        return $"started {machine.App} {machine.Id}";
    });

    public string Stop(string app, string machineId, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        if (machine.State is "stopped" or "stopping")
        {
            return null;
        }

        EnsureIn(machine, "stop", "created", "started", "starting", "suspended", "failed");
        Enter(machine, "stopping", "stop");
        launches.End(machine, "stopped", "exit");
        return $"stopped {machine.App} {machine.Id}";
    });

    public string Restart(string app, string machineId, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        EnsureIn(machine, "restart", "started", "failed", "stopped");
        Enter(machine, "restarting", "restart");
        launches.Launch(machine, "restart");
        return $"restarted {machine.App} {machine.Id}";
    });

    public string Suspend(string app, string machineId, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        EnsureIn(machine, "suspend", "started");
        Enter(machine, "suspending", "suspend");
        launches.End(machine, "suspended", "suspend");
        return $"suspended {machine.App} {machine.Id}";
    });

    public string Signal(string app, string machineId, string signal, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        EnsureIn(machine, "signal", "started");
        if (signal is "SIGKILL" or "SIGTERM" or "SIGINT" or "SIGQUIT")
        {
            Enter(machine, "stopping", "exit");
            launches.End(machine, "stopped", "exit");
        }

        return $"sent {signal} to {machine.App} {machine.Id}";
    });

    /// <param name="isCordoned">Whether the proxy is to send it nothing.</param>
    public string Cordon(string app, string machineId, bool isCordoned, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        if (machine.IsCordoned == isCordoned)
        {
            return null;
        }

        machine.IsCordoned = isCordoned;
        return $"{(isCordoned ? "cordoned" : "uncordoned")} {machine.App} {machine.Id}";
    });

    /// <param name="force">Even when it runs.</param>
    public string Destroy(string app, string machineId, bool force, string? nonce, FlyCaller caller) => Change(app, machineId, nonce, caller, machine =>
    {
        if (!force)
        {
            EnsureIn(machine, "destroy", "created", "stopped", "suspended", "failed");
        }

        Enter(machine, "destroying", "destroy");
        launches.End(machine, "destroyed", "destroy");
        return $"destroyed {machine.App} {machine.Id}";
    });

    private string Change(string app, string machineId, string? nonce, FlyCaller caller, Func<FlyMachine, string?> change)
    {
        lock (world.Access)
        {
            var machine = world.Machine(app, machineId);
            MachineLeases.EnsureReachable(world, machine);
            MachineLeases.EnsureHeld(world, machine, nonce);
            if (machine.State is "destroyed" or "destroying")
            {
                throw FlyRefusalException.Precondition($"machine {machine.Id} is {machine.State}");
            }

            var before = machine.State;
            if (change(machine) is { } summary)
            {
                world.Signal();
                caller.Changed(MachineLeases.Path(machine), summary);
            }

            return before;
        }
    }

    private void Enter(FlyMachine machine, string state, string @event) => machine.Enter(state, @event, "user", world.Clock.GetUtcNow());

    private static void EnsureIn(FlyMachine machine, string verb, params ReadOnlySpan<string> states)
    {
        if (!states.Contains(machine.State, StringComparer.Ordinal))
        {
            throw FlyRefusalException.Precondition($"unable to {verb} machine from current state: '{machine.State}'");
        }
    }
}
