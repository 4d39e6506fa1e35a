using System.Text.Json.Nodes;

namespace SreAgent.Lab.Fly.State;

/// <summary>Makes the world as the seed has it, and starts its machines.</summary>
internal static class FlySeeding
{
    private static readonly TimeSpan ReleaseTook = TimeSpan.FromSeconds(40);

    public static async Task PlantAsync(FlyWorld world, MachineLaunches launches, CancellationToken cancellationToken)
    {
        foreach (var seed in world.Seed.Apps)
        {
            world.Apps.Add(seed.Name, Plant(world, seed));
        }

        await Task.WhenAll(world.Apps.Values.SelectMany(app => app.Machines).Select(machine => launches.BringUpAsync(machine, cancellationToken)));
    }

    private static FlyApplication Plant(FlyWorld world, FlySeedApp seed)
    {
        var app = new FlyApplication(seed.Name);
        var first = seed.Releases.Count > 0 ? seed.Releases[0].At : world.Clock.GetUtcNow();
        foreach (var (name, value) in seed.Secrets)
        {
            app.Secrets[name] = new FlySecret(name, value, first, first);
            app.SecretsVersion++;
        }

        app.Certificates.AddRange(seed.Certificates.Select(host => new FlyCertificate(host, first)));
        foreach (var seeded in seed.Releases)
        {
            var image = world.Registry.Find(seed.Name, seeded.Tag) ?? throw new InvalidOperationException($"The seed has no image {seed.Name}:{seeded.Tag}.");
            var release = app.Release(FlyRegistry.Reference(image), "ROLLING", seeded.By, seeded.Status, seeded.At, Definition(seed));
            for (var i = 0; release.IsStable && i < seed.Regions.Count; i++)
            {
                Deploy(app, seed, i, release, image);
            }
        }

        app.Volumes.AddRange(seed.Volumes.Select((volume, i) => new FlyVolume(
            "vol_" + FlyIds.Hash($"{seed.Name}/{i}")[..16], volume.Name, volume.Region, volume.SizeGb,
            app.Machines.Find(machine => string.Equals(machine.Region, volume.Region, StringComparison.Ordinal))?.Id, first)));
        return app;
    }

    private static void Deploy(FlyApplication app, FlySeedApp seed, int i, FlyRelease release, Fleet.LabImage image)
    {
        var at = release.CreatedAt + ReleaseTook;
        var version = new FlyMachineVersion(FlyIds.Ulid(at), Configuration(seed, release), release.Image, image);
        if (i < app.Machines.Count)
        {
            app.Machines[i].Take(version);
            app.Machines[i].Enter("started", "update", "flyd", at);
            return;
        }

        var machine = new FlyMachine(FlyIds.Machine($"{seed.Name}/{i}"), seed.Name, $"{seed.Name}-{seed.Regions[i]}-{i + 1}", seed.Regions[i], version, at);
        machine.Enter("created", "launch", "user", at);
        machine.Enter("started", "start", "flyd", at);
        app.Machines.Add(machine);
    }

    private static JsonObject Configuration(FlySeedApp seed, FlyRelease release) => new()
    {
        ["image"] = release.Image,
        ["env"] = new JsonObject(seed.Environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["guest"] = new JsonObject { ["cpu_kind"] = "shared", ["cpus"] = 1, ["memory_mb"] = 256 },
        ["init"] = new JsonObject(),
        ["restart"] = new JsonObject { ["policy"] = "on-failure", ["max_retries"] = 10 },
        ["metadata"] = new JsonObject
        {
            ["fly_platform_version"] = "v2",
            ["fly_process_group"] = "app",
            ["fly_flyctl_version"] = "0.3.200",
            ["fly_release_id"] = release.Id,
            ["fly_release_version"] = release.Version.ToString(),
        },
        ["services"] = new JsonArray(new JsonObject
        {
            ["protocol"] = "tcp",
            ["internal_port"] = seed.Port,
            ["ports"] = new JsonArray(
                new JsonObject { ["port"] = 80, ["handlers"] = new JsonArray("http"), ["force_https"] = true },
                new JsonObject { ["port"] = 443, ["handlers"] = new JsonArray("http", "tls") }),
            ["concurrency"] = new JsonObject { ["type"] = "requests", ["soft_limit"] = 200, ["hard_limit"] = 250 },
        }),
        ["checks"] = new JsonObject
        {
            ["health"] = new JsonObject
            {
                ["type"] = "http",
                ["port"] = seed.Port,
                ["method"] = "GET",
                ["path"] = "/healthz",
                ["interval"] = "10s",
                ["timeout"] = "2s",
                ["grace_period"] = "5s",
            },
        },
    };

    private static JsonObject Definition(FlySeedApp seed) => new()
    {
        ["app"] = seed.Name,
        ["primary_region"] = seed.Regions is [var first, ..] ? first : "ams",
        ["deploy"] = new JsonObject { ["strategy"] = "rolling", ["wait_timeout"] = "2m" },
        ["env"] = new JsonObject([.. seed.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))]),
        ["http_service"] = new JsonObject
        {
            ["internal_port"] = seed.Port,
            ["force_https"] = true,
            ["checks"] = new JsonArray(new JsonObject { ["method"] = "GET", ["path"] = "/healthz", ["interval"] = "5s", ["timeout"] = "2s" }),
        },
    };
}
