using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreAgent.Flyctl;

/// <summary>The commands that only look, and the way to the one that deploys.</summary>
internal static class Commands
{
    private const string Version = "0.3.200";

    private static readonly HashSet<string> LookValued = new(StringComparer.Ordinal) { "--app", "--config", "--access-token" };

    private static readonly HashSet<string> LookFlags = new(StringComparer.Ordinal) { "--json", "--image", "--debug", "--verbose", "--quiet" };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(string[] arguments, string mischief, CancellationToken cancellationToken)
    {
        switch (arguments)
        {
            case ["version", .. var rest]:
                WriteVersion(FlyctlArguments.Read(rest, LookValued, LookFlags).Has("--json"));
                return 0;
            case ["deploy", .. var rest]:
                await DeployCommand.RunAsync(rest, mischief, cancellationToken);
                return 0;
            case ["releases", .. var rest]:
                await ReleasesAsync(FlyctlArguments.Read(rest, LookValued, LookFlags), cancellationToken);
                return 0;
            case ["status", .. var rest]:
                await StatusAsync(FlyctlArguments.Read(rest, LookValued, LookFlags), cancellationToken);
                return 0;
            case ["machine" or "machines" or "m", "list", .. var rest]:
                await MachinesAsync(FlyctlArguments.Read(rest, LookValued, LookFlags), cancellationToken);
                return 0;
            default:
                throw new FlyctlException($"unknown command \"{arguments.FirstOrDefault()}\" for \"flyctl\"");
        }
    }

    private static void WriteVersion(bool asJson) => Console.WriteLine(asJson
        ? new JsonObject { ["Name"] = "flyctl", ["Version"] = Version, ["OS"] = "linux", ["Architecture"] = "amd64" }.ToJsonString(Indented)
        : $"flyctl v{Version} linux/amd64 Commit: 0000000 BuildDate: 2026-08-21T00:00:00Z");

    private static async Task ReleasesAsync(FlyctlArguments arguments, CancellationToken cancellationToken)
    {
        using var api = new FlyApi(arguments["--access-token"]);
        var app = FlyToml.Read(arguments).App;
        JsonNode?[] releases = [.. (JsonArray)Member(await api.WebAsync(HttpMethod.Get, $"apps/{app}/releases?limit=25", body: null, cancellationToken), "releases")];
        if (arguments.Has("--json"))
        {
            Console.WriteLine(new JsonArray([.. releases.Select(release => new JsonObject
            {
                ["ID"] = Member(release, "id").DeepClone(),
                ["Version"] = Member(release, "version").DeepClone(),
                ["Status"] = Member(release, "status").DeepClone(),
                ["ImageRef"] = Member(release, "image_ref").DeepClone(),
                ["CreatedAt"] = Member(release, "created_at").DeepClone(),
                ["User"] = new JsonObject { ["Email"] = Member(release, "user").DeepClone() },
            })]).ToJsonString(Indented));
            return;
        }

        Console.WriteLine("VERSION\tSTATUS\tUSER\tDATE" + (arguments.Has("--image") ? "\tDOCKER IMAGE" : ""));
        foreach (var release in releases)
        {
            var image = arguments.Has("--image") ? $"\t{Member(release, "image_ref")}" : "";
            Console.WriteLine($"v{Member(release, "version")}\t{Member(release, "status")}\t{Member(release, "user")}\t{Member(release, "created_at")}{image}");
        }
    }

    private static async Task StatusAsync(FlyctlArguments arguments, CancellationToken cancellationToken)
    {
        using var api = new FlyApi(arguments["--access-token"]);
        var name = FlyToml.Read(arguments).App;
        var app = await api.MachinesAsync(HttpMethod.Get, $"apps/{name}", body: null, nonce: null, cancellationToken);
        var machines = await api.MachinesAsync(HttpMethod.Get, $"apps/{name}/machines", body: null, nonce: null, cancellationToken);
        Console.WriteLine(new JsonObject
        {
            ["ID"] = Member(app, "id").DeepClone(),
            ["Name"] = name,
            ["Status"] = Member(app, "status").DeepClone(),
            ["Deployed"] = true,
            ["Machines"] = machines?.DeepClone(),
        }.ToJsonString(Indented));
    }

    private static async Task MachinesAsync(FlyctlArguments arguments, CancellationToken cancellationToken)
    {
        using var api = new FlyApi(arguments["--access-token"]);
        var machines = await api.MachinesAsync(HttpMethod.Get, $"apps/{FlyToml.Read(arguments).App}/machines", body: null, nonce: null, cancellationToken);
        Console.WriteLine(machines?.ToJsonString(Indented));
    }

    internal static JsonNode Member(JsonNode? of, string name) => of?[name] ?? throw new FlyctlException($"the service's answer has no {name}");
}
