using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Applications and what belongs to one: volumes and certificates. And the platform's regions and the token itself.</summary>
internal sealed class AppEndpoints(FlyWorld world, FlyGate gate)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/apps", gate.Machines("list apps", ListAsync));
        routes.MapGet("/v1/apps/{app}", gate.Machines("get app", ShowAsync));
        routes.MapGet("/v1/apps/{app}/volumes", gate.Machines("list volumes", VolumesAsync));
        routes.MapGet("/v1/apps/{app}/volumes/{volume}", gate.Machines("get volume", VolumeAsync));
        routes.MapGet("/v1/apps/{app}/certificates", gate.Machines("list certificates", CertificatesAsync));
        routes.MapGet("/v1/apps/{app}/certificates/{host}", gate.Machines("get certificate", CertificateAsync));
        routes.MapGet("/v1/platform/regions", gate.Machines("list regions", RegionsAsync));
        routes.MapGet("/v1/tokens/current", gate.Machines("show token", TokenAsync));
    }

    private Task ListAsync(HttpContext context, FlyCaller caller)
    {
        var organization = context.Request.Query["org_slug"].ToString();
        if (organization.Length == 0)
        {
            throw FlyRefusalException.Invalid("org_slug is required");
        }

        if (!string.Equals(organization, world.Seed.Organization, StringComparison.Ordinal))
        {
            throw FlyRefusalException.NotFound("organization not found");
        }

        lock (world.Access)
        {
            JsonArray apps = [.. world.Apps.Values.Select(Document)];
            return FlyBodies.WriteAsync(context, new JsonObject { ["total_apps"] = apps.Count, ["apps"] = apps });
        }
    }

    private Task ShowAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            return FlyBodies.WriteAsync(context, Document(App(context)));
        }
    }

    private JsonObject Document(FlyApplication app) => new()
    {
        ["id"] = app.Id,
        ["name"] = app.Name,
        ["status"] = app.Machines.Exists(machine => machine.State is "started") ? "deployed" : "suspended",
        ["organization"] = new JsonObject { ["name"] = world.Seed.Organization, ["slug"] = world.Seed.Organization },
        ["network"] = "default",
        ["machine_count"] = app.Machines.Count(machine => !machine.IsDestroyed),
        ["volume_count"] = app.Volumes.Count,
    };

    private Task VolumesAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            return FlyBodies.WriteAsync(context, new JsonArray([.. App(context).Volumes.Select(Document)]));
        }
    }

    private Task VolumeAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            var volume = App(context).Volumes.Find(volume => string.Equals(volume.Id, FlyBodies.Route(context, "volume"), StringComparison.Ordinal));
            return FlyBodies.WriteAsync(context, Document(volume ?? throw FlyRefusalException.NotFound("volume not found")));
        }
    }

    private static JsonObject Document(FlyVolume volume)
    {
        var document = new JsonObject
        {
            ["id"] = volume.Id,
            ["name"] = volume.Name,
            ["state"] = "created",
            ["region"] = volume.Region,
            ["zone"] = FlyIds.Hash(volume.Id)[..4],
            ["size_gb"] = volume.SizeGb,
            ["encrypted"] = true,
            ["fstype"] = "ext4",
            ["snapshot_retention"] = 5,
            ["auto_backup_enabled"] = true,
            ["host_status"] = "ok",
            ["created_at"] = FlyBodies.Time(volume.CreatedAt),
        };
        if (volume.MachineId is { } machine)
        {
            document["attached_machine_id"] = machine;
        }

        return document;
    }

    private Task CertificatesAsync(HttpContext context, FlyCaller caller)
    {
        var filter = context.Request.Query["filter"].ToString();
        var cursor = context.Request.Query["cursor"].ToString();
        var limit = FlyBodies.Number(context, "limit") ?? 25;
        lock (world.Access)
        {
            FlyCertificate[] all = [.. App(context).Certificates
                .Where(certificate => certificate.HostName.Contains(filter, StringComparison.OrdinalIgnoreCase))
                .OrderBy(certificate => certificate.HostName, StringComparer.Ordinal)];
            FlyCertificate[] page = [.. all.Where(certificate => string.CompareOrdinal(certificate.HostName, cursor) > 0).Take(limit)];
            var answer = new JsonObject { ["certificates"] = new JsonArray([.. page.Select(Summary)]), ["total_count"] = all.Length };
            if (page.Length > 0 && page[^1] != all[^1])
            {
                answer["next_cursor"] = page[^1].HostName;
            }

            return FlyBodies.WriteAsync(context, answer);
        }
    }

    private static JsonObject Summary(FlyCertificate certificate) => new()
    {
        ["hostname"] = certificate.HostName,
        ["status"] = "active",
        ["configured"] = true,
        ["acme_requested"] = true,
        ["acme_dns_configured"] = true,
        ["acme_alpn_configured"] = true,
        ["acme_http_configured"] = true,
        ["has_fly_certificate"] = true,
        ["has_custom_certificate"] = false,
        ["ownership_txt_configured"] = false,
        ["dns_provider"] = "lab",
        ["created_at"] = FlyBodies.Time(certificate.CreatedAt),
        ["updated_at"] = FlyBodies.Time(certificate.CreatedAt),
    };

    private Task CertificateAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            var host = FlyBodies.Route(context, "host");
            var certificate = App(context).Certificates.Find(certificate => string.Equals(certificate.HostName, host, StringComparison.OrdinalIgnoreCase))
                ?? throw FlyRefusalException.NotFound("certificate not found");
            return FlyBodies.WriteAsync(context, new JsonObject
            {
                ["hostname"] = certificate.HostName,
                ["status"] = "active",
                ["configured"] = true,
                ["acme_requested"] = true,
                ["dns_provider"] = "lab",
            });
        }
    }

    private static Task RegionsAsync(HttpContext context, FlyCaller caller) => FlyBodies.WriteAsync(context, new JsonObject
    {
        ["nearest"] = FlyRegions.Nearest,
        ["regions"] = new JsonArray([.. FlyRegions.All.Select(region => new JsonObject
        {
            ["code"] = region.Code,
            ["name"] = region.Name,
            ["latitude"] = region.Latitude,
            ["longitude"] = region.Longitude,
            ["geo_region"] = region.Area,
            ["gateway_available"] = true,
            ["requires_paid_plan"] = false,
            ["deprecated"] = false,
        })]),
    });

    private Task TokenAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            return FlyBodies.WriteAsync(context, new JsonObject
            {
                ["tokens"] = new JsonArray(new JsonObject
                {
                    ["token_id"] = FlyIds.Hash(world.Seed.Token)[..16],
                    ["organization"] = world.Seed.Organization,
                    ["org_slug"] = world.Seed.Organization,
                    ["user"] = caller.User,
                    ["apps"] = new JsonArray([.. world.Apps.Keys.Select(name => (JsonNode)name)]),
                }),
            });
        }
    }

    private FlyApplication App(HttpContext context) => world.App(FlyBodies.Route(context, "app"));
}
