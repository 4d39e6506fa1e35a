using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Leases, in the envelope the vendor's clients read rather than the flat form its description shows.</summary>
internal sealed class LeaseEndpoints(FlyGate gate, MachineLeases leases)
{
    private const string At = "/v1/apps/{app}/machines/{machine}/lease";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(At, gate.Machines("take lease", TakeAsync));
        routes.MapGet(At, gate.Machines("show lease", (context, _) =>
            WriteAsync(context, leases.Show(FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine")))));
        routes.MapDelete(At, gate.Machines("release lease", (context, caller) =>
        {
            leases.Release(FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine"), context.Request.Headers[MachineEndpoints.LeaseNonce], caller);
            return FlyBodies.WriteAsync(context, Envelope(new JsonObject { ["ok"] = true }));
        }));
    }

    private async Task TakeAsync(HttpContext context, FlyCaller caller)
    {
        // The documentation puts the time to live in the body, the vendor's command line into the query.
        var body = await FlyBodies.ReadAsync(context);
        var seconds = FlyBodies.Number(body, "ttl") ?? FlyBodies.Number(context, "ttl");
        var lease = leases.Take(
            FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine"), seconds, FlyBodies.Text(body, "description") ?? "",
            context.Request.Headers[MachineEndpoints.LeaseNonce], caller);
        await WriteAsync(context, lease, StatusCodes.Status201Created);
    }

    private static Task WriteAsync(HttpContext context, (FlyLease Lease, string Version) held, int status = StatusCodes.Status200OK) =>
        FlyBodies.WriteAsync(
            context,
            Envelope(new JsonObject
            {
                ["nonce"] = held.Lease.Nonce,
                ["expires_at"] = held.Lease.ExpiresAt.ToUnixTimeSeconds(),
                ["owner"] = held.Lease.Owner,
                ["description"] = held.Lease.Description,
                ["version"] = held.Version,
            }),
            status);

    private static JsonObject Envelope(JsonObject data) => new() { ["status"] = "success", ["data"] = data };
}
