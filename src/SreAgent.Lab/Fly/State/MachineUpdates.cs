using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Fly.State;

/// <summary>Makes machines, and gives them another configuration: the way every deploy goes, whoever makes it.</summary>
internal sealed class MachineUpdates(FlyWorld world, MachineLeases leases, MachineLaunches launches)
{
    /// <summary>Replaces the whole configuration. The machine is on its way to it when this returns.</summary>
    /// <param name="order">The request's body.</param>
    /// <param name="nonce">Of the lease the caller holds. Absent when it shows none.</param>
    public FlyMachine Update(string app, string machineId, JsonObject order, string? nonce, FlyCaller caller)
    {
        lock (world.Access)
        {
            var machine = world.Machine(app, machineId);
            MachineLeases.EnsureReachable(world, machine);
            MachineLeases.EnsureHeld(world, machine, nonce);
            EnsureFits(machine, order);
            var version = Version(order);
            var fault = world.Faults.TakeUpdateFault(machine.Id);
            if (fault is { AfterApplying: false })
            {
                throw Refusal(fault, machine);
            }

            var before = machine.Current;
            machine.Take(version);
            machine.Name = Text(order, "name") ?? machine.Name;
            machine.IsCordoned = machine.IsCordoned || Flag(order, "skip_service_registration");
            machine.Enter("replacing", "update", "user", world.Clock.GetUtcNow());
            world.Signal();
            caller.Changed(MachineLeases.Path(machine), Summary(machine, before, version));
            launches.Replace(machine, before, start: !Flag(order, "skip_launch"));
            LeaseAlong(machine, order, nonce, caller);
            return fault is null ? machine : throw Refusal(fault, machine);
        }
    }

    public FlyMachine Create(string app, JsonObject order, FlyCaller caller)
    {
        lock (world.Access)
        {
            var application = world.App(app);
            var version = Version(order);
            var at = world.Clock.GetUtcNow();
            var region = Text(order, "region") ?? application.Machines.FirstOrDefault()?.Region ?? FlyRegions.Nearest;
            if (!FlyRegions.IsKnown(region))
            {
                throw FlyRefusalException.Invalid($"region {region} not found");
            }

            var id = FlyIds.Machine(version.InstanceId);
            var name = Text(order, "name") ?? $"lab-{id[..6]}";
            if (application.Machines.Find(other => !other.IsDestroyed && string.Equals(other.Name, name, StringComparison.Ordinal)) is { } namesake)
            {
                throw new FlyRefusalException(409, $"already_exists: unique machine name violation, machine ID {namesake.Id} already exists with name \"{name}\"", "name_taken");
            }

            var machine = new FlyMachine(id, app, name, region, version, at) { IsCordoned = Flag(order, "skip_service_registration") };
            application.Machines.Add(machine);
            machine.Enter("created", "launch", "user", at);
            world.Signal();
            caller.Changed(MachineLeases.Path(machine), $"created machine {machine.Id} of {app} in {region} on {version.Image.Tag}");
            if (!Flag(order, "skip_launch"))
            {
                machine.Enter("starting", "start", "flyd", at);
                launches.Launch(machine, "start");
            }

            LeaseAlong(machine, order, nonce: null, caller);
            return machine;
        }
    }

    /// <summary>The image a configuration names, or the registry's refusal as the vendor passes it on.</summary>
    public LabImage Resolve(string reference) =>
        world.Registry.Resolve(reference) ?? throw new FlyRefusalException(
            400,
            $"failed to get manifest {reference}: request failed: not found [http 404]: "
            + """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":"unknown image"}]}""");

    private static void EnsureFits(FlyMachine machine, JsonObject order)
    {
        if (machine.IsDestroyed)
        {
            throw FlyRefusalException.Precondition($"machine {machine.Id} is destroyed");
        }

        if (machine.State is "replacing" or "destroying")
        {
            throw FlyRefusalException.Conflict($"machine is {machine.State}: concurrent update in progress");
        }

        if (Text(order, "current_version") is { } expected && !string.Equals(expected, machine.Current.InstanceId, StringComparison.Ordinal))
        {
            throw FlyRefusalException.Conflict($"machine version mismatch: current version is {machine.Current.InstanceId}, not {expected}");
        }

        if (Text(order, "region") is { } region && !string.Equals(region, machine.Region, StringComparison.Ordinal))
        {
            throw FlyRefusalException.Invalid($"machine {machine.Id} is in {machine.Region} and cannot be moved to {region}");
        }
    }

    private FlyMachineVersion Version(JsonObject order)
    {
        var configuration = order["config"] as JsonObject ?? throw FlyRefusalException.Invalid("config is required");
        var reference = Text(configuration, "image") ?? throw FlyRefusalException.Invalid("config.image is required");
        return new FlyMachineVersion(FlyIds.Ulid(world.Clock.GetUtcNow()), (JsonObject)configuration.DeepClone(), reference, Resolve(reference));
    }

    private void LeaseAlong(FlyMachine machine, JsonObject order, string? nonce, FlyCaller caller)
    {
        if (order["lease_ttl"] is JsonValue seconds && seconds.TryGetValue(out int ttl) && ttl > 0)
        {
            leases.Take(machine.App, machine.Id, ttl, "", nonce, caller);
        }
    }

    private static FlyRefusalException Refusal(UpdateFault fault, FlyMachine machine) => fault.Status switch
    {
        409 => FlyRefusalException.Conflict($"machine {machine.Id} is being changed by somebody else"),
        412 => FlyRefusalException.Precondition($"a volume of machine {machine.Id} is in use by another machine"),
        422 => new FlyRefusalException(422, "insufficient resources to update the machine with its present configuration", "insufficient_capacity"),
        429 => new FlyRefusalException(429, "rate limit exceeded"),
        var status => new FlyRefusalException(status, "internal: server error", "unknown"),
    };

    private static string Summary(FlyMachine machine, FlyMachineVersion before, FlyMachineVersion after) =>
        string.Equals(before.Image.Digest, after.Image.Digest, StringComparison.Ordinal)
            ? $"updated {machine.App} {machine.Id}, image {after.Image.Tag} as before"
            : $"updated {machine.App} {machine.Id} from {before.Image.Tag} to {after.Image.Tag}";

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static bool Flag(JsonObject json, string name) => json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
}
