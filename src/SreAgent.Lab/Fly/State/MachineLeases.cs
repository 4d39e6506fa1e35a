namespace SreAgent.Lab.Fly.State;

/// <summary>The exclusive right to change a machine for a while.</summary>
internal sealed class MachineLeases(FlyWorld world)
{
    /// <summary>What a lease lasts when nothing is said, in seconds.</summary>
    private const int DefaultSeconds = 60;

    /// <summary>A new lease, or the same one for longer when its nonce is shown.</summary>
    /// <param name="seconds">How long. Absent for the default.</param>
    public (FlyLease Lease, string Version) Take(string app, string machineId, int? seconds, string description, string? nonce, FlyCaller caller)
    {
        if (seconds is < 1)
        {
            throw FlyRefusalException.Invalid("lease ttl must be at least one second");
        }

        lock (world.Access)
        {
            var machine = world.Machine(app, machineId);
            EnsureReachable(world, machine);
            EnsureHeld(world, machine, nonce);
            var now = world.Clock.GetUtcNow();
            var renewed = Held(machine, now);
            var lease = new FlyLease(
                renewed?.Nonce ?? FlyIds.Nonce(), caller.User, description.Length > 0 ? description : renewed?.Description ?? "", now.AddSeconds(seconds ?? DefaultSeconds));
            machine.Lease = lease;
            world.Signal();
            caller.Changed(Path(machine) + "/lease", $"{(renewed is null ? "leased" : "renewed the lease of")} {machine.App} {machine.Id} for {seconds ?? DefaultSeconds} s");
            return (lease, machine.Current.InstanceId);
        }
    }

    public (FlyLease Lease, string Version) Show(string app, string machineId)
    {
        lock (world.Access)
        {
            var machine = world.Machine(app, machineId);
            var lease = Held(machine, world.Clock.GetUtcNow()) ?? throw FlyRefusalException.NotFound("lease not found");
            return (lease, machine.Current.InstanceId);
        }
    }

    public void Release(string app, string machineId, string? nonce, FlyCaller caller)
    {
        lock (world.Access)
        {
            var machine = world.Machine(app, machineId);
            if (Held(machine, world.Clock.GetUtcNow()) is null)
            {
                throw FlyRefusalException.NotFound("lease not found");
            }

            EnsureHeld(world, machine, nonce);
            machine.Lease = null;
            world.Signal();
            caller.Changed(Path(machine) + "/lease", $"released the lease of {machine.App} {machine.Id}");
        }
    }

    /// <summary>Refuses whoever cannot show the nonce of the lease that is held. Call it under the lock.</summary>
    public static void EnsureHeld(FlyWorld world, FlyMachine machine, string? nonce)
    {
        if (Held(machine, world.Clock.GetUtcNow()) is { } lease && !string.Equals(lease.Nonce, nonce, StringComparison.Ordinal))
        {
            throw FlyRefusalException.Conflict(
                $"machine ID {machine.Id} lease currently held by {lease.Owner}, expires at {lease.ExpiresAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        }
    }

    /// <summary>Call it under the lock.</summary>
    public static void EnsureReachable(FlyWorld world, FlyMachine machine)
    {
        if (world.Faults.IsUnreachable(machine.Id))
        {
            throw new FlyRefusalException(503, $"unavailable: the host of machine {machine.Id} is unreachable");
        }
    }

    public static string Path(FlyMachine machine) => $"/v1/apps/{machine.App}/machines/{machine.Id}";

    private static FlyLease? Held(FlyMachine machine, DateTimeOffset now) => machine.Lease is { } lease && lease.ExpiresAt > now ? lease : null;
}
