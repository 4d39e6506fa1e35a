using System.Text.Json.Nodes;
using SreAgent.Core.Rollouts;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Machines as the vendor describes them, with their checks as they are at this moment.</summary>
internal sealed class MachineDocuments(FlyWorld world)
{
    public async Task<JsonObject> ShowAsync(FlyMachine machine, CancellationToken cancellationToken) => (await ShowAsync([machine], cancellationToken))[0];

    public async Task<IReadOnlyList<JsonObject>> ShowAsync(IReadOnlyList<FlyMachine> machines, CancellationToken cancellationToken)
    {
        var health = await Task.WhenAll(machines.Select(machine => HealthAsync(machine, cancellationToken)));
        lock (world.Access)
        {
            return [.. machines.Select((machine, i) => Document(machine, health[i]))];
        }
    }

    /// <summary>Without configuration, checks and events.</summary>
    public static JsonObject Summary(FlyMachine machine) => new()
    {
        ["id"] = machine.Id,
        ["name"] = machine.Name,
        ["state"] = machine.State,
        ["region"] = machine.Region,
        ["instance_id"] = machine.Current.InstanceId,
        ["private_ip"] = PrivateAddress(machine),
        ["image_ref"] = Image(machine.Current),
        ["created_at"] = FlyBodies.Time(machine.CreatedAt),
        ["updated_at"] = FlyBodies.Time(machine.UpdatedAt),
    };

    public static string PrivateAddress(FlyMachine machine) => $"fdaa:0:1:a7b:{machine.Id[..4]}:{machine.Id[4..8]}:{machine.Id[8..12]}:2";

    /// <summary>What a check sees. Absent when the machine is not started.</summary>
    public async Task<LabHealth?> HealthAsync(FlyMachine machine, CancellationToken cancellationToken)
    {
        if (machine.State is not "started")
        {
            return null;
        }

        return world.Faults.IsUnhealthy(machine.Id)
            ? new LabHealth(IsPassing: false, "connect: connection refused")
            : await world.Fleet.CheckAsync(machine.Id, cancellationToken);
    }

    private JsonObject Document(FlyMachine machine, LabHealth? health)
    {
        var document = Summary(machine);
        var isReachable = !world.Faults.IsUnreachable(machine.Id);
        document["host_status"] = isReachable ? "ok" : "unreachable";
        document[isReachable ? "config" : "incomplete_config"] = isReachable ? machine.Current.Configuration.DeepClone() : Incomplete(machine);
        document["events"] = Events(machine, machine.Events.Count);
        if (machine.Lease is { } lease && lease.ExpiresAt > world.Clock.GetUtcNow())
        {
            document["nonce"] = lease.Nonce;
        }

        if (Checks(machine, health) is { Count: > 0 } checks)
        {
            document["checks"] = checks;
        }

        return document;
    }

    /// <summary>Newest first, as the vendor lists them.</summary>
    public static JsonArray Events(FlyMachine machine, int limit) => [.. machine.Events.Reverse().Take(limit).Select(happened => new JsonObject
    {
        ["id"] = happened.Id,
        ["type"] = happened.Type,
        ["status"] = happened.Status,
        ["source"] = happened.Source,
        ["timestamp"] = happened.At.ToUnixTimeMilliseconds(),
    })];

    private JsonArray Checks(FlyMachine machine, LabHealth? health)
    {
        var (status, output) = health switch
        {
            { IsPassing: true } => ("passing", health.Output),
            { IsPassing: false } => ("critical", health.Output),
            null => ("warning", machine.IsSettled ? "the machine hasn't started" : "waiting for status update"),
        };
        return [.. CheckNames(machine.Current.Configuration).Select(name => new JsonObject
        {
            ["name"] = name, ["status"] = status, ["output"] = output, ["updated_at"] = FlyBodies.Time(world.Clock.GetUtcNow()),
        })];
    }

    private static IEnumerable<string> CheckNames(JsonObject configuration)
    {
        foreach (var (name, _) in configuration["checks"] as JsonObject ?? [])
        {
            yield return name;
        }

        var number = 0;
        foreach (var check in (configuration["services"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(service => service["checks"] as JsonArray ?? []).OfType<JsonObject>())
        {
            yield return $"servicecheck-{number:00}-{check["type"]}-{check["port"]}";
            number++;
        }
    }

    private static JsonObject Incomplete(FlyMachine machine) => new() { ["image"] = machine.Current.Reference, ["metadata"] = machine.Current.Configuration["metadata"]?.DeepClone() };

    private static JsonObject Image(FlyMachineVersion version)
    {
        var image = new JsonObject
        {
            ["registry"] = FlyRegistry.Host,
            ["repository"] = version.Image.App,
            ["digest"] = version.Image.Digest,
            ["labels"] = new JsonObject(version.Image.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        };
        if (ImageReference.TryParse(version.Reference, out var reference) && reference!.Tag is { } tag)
        {
            image["tag"] = tag;
        }

        return image;
    }
}
