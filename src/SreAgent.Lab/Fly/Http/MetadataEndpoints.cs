using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Notes on a machine, changed without making a new version of it.</summary>
internal sealed class MetadataEndpoints(FlyWorld world, FlyGate gate)
{
    private const string All = "/v1/apps/{app}/machines/{machine}/metadata";
    private const string One = All + "/{key}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, gate.Machines("get metadata", (context, _) =>
        {
            lock (world.Access)
            {
                return FlyBodies.WriteAsync(context, Metadata(Machine(context)).DeepClone());
            }
        }));
        routes.MapGet(One, gate.Machines("get metadata", (context, _) =>
        {
            lock (world.Access)
            {
                var value = Metadata(Machine(context))[FlyBodies.Route(context, "key")] ?? throw FlyRefusalException.NotFound("metadata key not found");
                return FlyBodies.WriteAsync(context, new JsonObject { ["value"] = value.DeepClone() });
            }
        }));
        routes.MapPost(One, gate.Machines("set metadata", async (context, caller) =>
        {
            var value = FlyBodies.Text(await FlyBodies.ReadAsync(context), "value") ?? throw FlyRefusalException.Invalid("value is required");
            Change(context, caller, metadata => metadata[FlyBodies.Route(context, "key")] = value);
        }));
        routes.MapDelete(One, gate.Machines("delete metadata", (context, caller) =>
        {
            Change(context, caller, metadata => metadata.Remove(FlyBodies.Route(context, "key")));
            return Task.CompletedTask;
        }));
        routes.MapMethods(All, ["PATCH", "PUT"], gate.Machines("set metadata", SetManyAsync));
    }

    private async Task SetManyAsync(HttpContext context, FlyCaller caller)
    {
        var body = await FlyBodies.ReadAsync(context);
        var wanted = body["metadata"] as JsonObject ?? throw FlyRefusalException.Invalid("metadata is required");
        var version = FlyBodies.Text(body, "machine_version");
        Change(context, caller, metadata =>
        {
            if (version is not null && !string.Equals(version, Machine(context).Current.InstanceId, StringComparison.Ordinal))
            {
                throw FlyRefusalException.Precondition("machine_version is not the machine's current version");
            }

            foreach (var (key, value) in wanted)
            {
                if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().Length > 0)
                {
                    metadata[key] = text.DeepClone();
                }
                else
                {
                    metadata.Remove(key);
                }
            }
        });
    }

    private void Change(HttpContext context, FlyCaller caller, Action<JsonObject> change)
    {
        lock (world.Access)
        {
            var machine = Machine(context);
            MachineLeases.EnsureReachable(world, machine);
            MachineLeases.EnsureHeld(world, machine, context.Request.Headers[MachineEndpoints.LeaseNonce]);
            var metadata = Metadata(machine);
            var before = metadata.ToJsonString();
            change(metadata);
            if (!string.Equals(before, metadata.ToJsonString(), StringComparison.Ordinal))
            {
                world.Signal();
                caller.Changed(context.Request.Path, $"changed the metadata of {machine.App} {machine.Id}");
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private FlyMachine Machine(HttpContext context) => world.Machine(FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine"));

    private static JsonObject Metadata(FlyMachine machine)
    {
        if (machine.Current.Configuration["metadata"] is not JsonObject metadata)
        {
            machine.Current.Configuration["metadata"] = metadata = [];
        }

        return metadata;
    }
}
