using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreAgent.Integrations.Tests.Fly;

/// <summary>
/// Just enough of Fly in memory to try executors on: machines with versions and leases, releases, secrets, logs, images. Faults are put in
/// by <see cref="Meddle"/>. Held against the vendor's description elsewhere.
/// </summary>
internal sealed class FakeFly : HttpMessageHandler
{
    public const string App = "shop";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _documents = new(StringComparer.Ordinal);
    private int _versions;

    public SortedDictionary<string, FakeMachine> Machines { get; } = new(StringComparer.Ordinal);

    public List<(HttpMethod Method, string Path, string Body, string Headers)> Asked { get; } = [];

    public JsonArray Releases { get; } = [];

    public JsonNode? Definition { get; set; }

    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public List<(DateTimeOffset At, string Level, string Message)> Logs { get; } = [];

    /// <summary>Answers instead, or null to let it happen. Called before anything else, under the lock.</summary>
    public Func<HttpMethod, string, HttpResponseMessage?> Meddle { get; set; } = static (_, _) => null;

    /// <summary>Called after an update was applied; null lets the usual answer through.</summary>
    public Func<FakeMachine, HttpResponseMessage?> AfterUpdate { get; set; } = static _ => null;

    public IReadOnlyList<string> Writes => [.. Asked.Where(asked => asked.Method != HttpMethod.Get && !asked.Path.EndsWith("/lease", StringComparison.Ordinal) && asked.Path != "/graphql").Select(asked => $"{asked.Method} {asked.Path}")];

    /// <summary>Puts an image into the registry and gives its digest.</summary>
    public string Image(string tag, string commit = "c0ffee")
    {
        var config = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { config = new { Labels = new Dictionary<string, string> { ["org.opencontainers.image.revision"] = commit } } }));
        var configDigest = Digest(config);
        _documents[$"/v2/{App}/blobs/{configDigest}"] = config;
        var manifest = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { schemaVersion = 2, config = new { digest = configDigest }, tag }));
        _documents[$"/v2/{App}/manifests/{tag}"] = manifest;
        _documents[$"/v2/{App}/manifests/{Digest(manifest)}"] = manifest;
        return Digest(manifest);
    }

    public FakeFly With(int machines, string tag)
    {
        var digest = Image(tag);
        for (var i = 1; i <= machines; i++)
        {
            var machine = new FakeMachine { Id = $"m{i}", Region = i % 2 == 0 ? "ams" : "fra" };
            machine.Config = new JsonObject
            {
                ["image"] = $"registry.fly.io/{App}:{tag}@{digest}",
                ["env"] = new JsonObject { ["GREETING"] = "hello" },
                ["guest"] = new JsonObject { ["cpu_kind"] = "shared", ["cpus"] = 1, ["memory_mb"] = 256 },
                ["metadata"] = new JsonObject { ["fly_platform_version"] = "v2", ["fly_process_group"] = "app" },
                ["something_new"] = new JsonObject { ["kept"] = true },
            };
            Apply(machine);
            Machines[machine.Id] = machine;
        }

        return this;
    }

    public void Release(int version, string status, string tag) => Releases.Insert(0, new JsonObject
    {
        ["id"] = $"rel{version}",
        ["version"] = version,
        ["status"] = status,
        ["image_ref"] = $"registry.fly.io/{App}:{tag}",
        ["created_at"] = "2026-11-20T10:00:00Z",
        ["user"] = "ada@example.com",
    });

    public static HttpResponseMessage Refuse(int status, string error) => new((HttpStatusCode)status)
    {
        Content = new StringContent($$"""{"error":"{{error}}","status":"unknown"}""", Encoding.UTF8, "application/json"),
        Headers = { { "fly-request-id", "01REQ" } },
    };

    public string DigestOf(string machine) => Machines[machine].Config["image"]!.GetValue<string>().Split('@')[1];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        lock (_lock)
        {
            Asked.Add((request.Method, path, body, request.Headers.ToString()));
            return Meddle(request.Method, path) ?? Answer(request, path, body);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string path, string body)
    {
        if (_documents.TryGetValue(path, out var document))
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(document) };
        }

        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        return parts switch
        {
            ["v1", "apps"] => Json($$"""{"total_apps":1,"apps":[{"name":"{{App}}","status":"deployed","machine_count":{{Machines.Count}}}]}"""),
            ["v1", "tokens", "current"] => Json("""{"tokens":[{"org_slug":"acme","apps":["shop"]}]}"""),
            ["v1", "platform", "regions"] => Json("""{"nearest":"ams","regions":[{"code":"ams","name":"Amsterdam"},{"code":"old","deprecated":true}]}"""),
            ["v1", "apps", App, "machines"] when request.Method == HttpMethod.Post => Create(body),
            ["v1", "apps", App, "machines"] => Json(new JsonArray([.. Machines.Values.Select(machine => machine.Show())]).ToJsonString()),
            ["v1", "apps", App, "machines", var id, .. var rest] => Machines.TryGetValue(id, out var machine) ? OfMachine(machine, request, rest, body) : Refuse(404, "machine not found"),
            ["v1", "apps", App, "secrets"] => OfSecrets(request, body),
            ["v1", "apps", App, "volumes"] => Json("""[{"id":"vol_1","name":"data","state":"created","region":"ams","size_gb":3,"encrypted":true,"attached_machine_id":"m1"}]"""),
            ["v1", "apps", App, "certificates"] => Json("""{"certificates":[{"hostname":"shop.example.com","status":"active","configured":true}]}"""),
            ["api", "v1", "apps", App, "releases"] => Json(new JsonObject { ["releases"] = Releases.DeepClone() }.ToJsonString()),
            ["api", "v1", "apps", App, "logs"] => OfLogs(request),
            ["graphql"] => Json(new JsonObject { ["data"] = new JsonObject { ["app"] = new JsonObject { ["currentReleaseUnprocessed"] = new JsonObject { ["configDefinition"] = Definition?.DeepClone() } } } }.ToJsonString()),
            _ => Refuse(404, $"no {path}"),
        };
    }

    private HttpResponseMessage OfMachine(FakeMachine machine, HttpRequestMessage request, string[] rest, string body)
    {
        var nonce = request.Headers.TryGetValues("fly-machine-lease-nonce", out var values) ? values.Single() : null;
        if (request.Method != HttpMethod.Get && machine.Lease is not null && machine.Lease != nonce)
        {
            return Refuse(409, "lease currently held by somebody");
        }

        switch (rest)
        {
            case []:
                return request.Method == HttpMethod.Get ? Json(machine.Show().ToJsonString()) : request.Method == HttpMethod.Delete ? Remove(machine) : Update(machine, body);
            case ["lease"]:
                if (request.Method == HttpMethod.Get)
                {
                    return Json($$"""{"status":"success","data":{"owner":"{{machine.LeaseOwner}}","description":"{{machine.LeaseWhy}}","expires_at":1795000000} }""");
                }

                machine.Lease = request.Method == HttpMethod.Delete ? null : machine.Lease ?? $"nonce-{machine.Id}";
                machine.LeaseOwner = "us";
                machine.LeaseWhy = request.Method == HttpMethod.Delete ? "" : JsonNode.Parse(body)!["description"]!.GetValue<string>();
                return Json($$"""{"status":"success","data":{"nonce":"{{machine.Lease}}","expires_at":1795000000} }""");
            case ["versions"]:
                return Json(new JsonArray([.. machine.History.Select(old => new JsonObject { ["version"] = old.Version, ["user_config"] = old.Config.DeepClone() })]).ToJsonString());
            case ["wait"]:
                return machine.State == "started" ? Json($$"""{"ok":true,"state":"started","version":"{{machine.Version}}"}""") : Refuse(408, "deadline exceeded");
            case ["restart"]:
                machine.Started++;
                return Json("""{"ok":true}""");
            default:
                return Refuse(404, "no such thing");
        }
    }

    private HttpResponseMessage Update(FakeMachine machine, string body)
    {
        var update = JsonNode.Parse(body)!;
        if (update["current_version"]?.GetValue<string>() is { } expected && expected != machine.Version)
        {
            return Refuse(412, "machine version mismatch");
        }

        machine.Config = (JsonObject)update["config"]!.DeepClone();
        Apply(machine);
        return AfterUpdate(machine) ?? Json(machine.Show().ToJsonString());
    }

    private HttpResponseMessage Create(string body)
    {
        var wanted = JsonNode.Parse(body)!;
        var machine = new FakeMachine { Id = $"n{Machines.Count + 1}", Name = wanted["name"]!.GetValue<string>(), Region = wanted["region"]!.GetValue<string>(), Config = (JsonObject)wanted["config"]!.DeepClone() };
        Apply(machine);
        Machines[machine.Id] = machine;
        return Json(machine.Show().ToJsonString());
    }

    private HttpResponseMessage Remove(FakeMachine machine)
    {
        Machines.Remove(machine.Id);
        return Json("{}");
    }

    private HttpResponseMessage OfSecrets(HttpRequestMessage request, string body)
    {
        foreach (var (name, value) in request.Method == HttpMethod.Post ? (JsonObject)JsonNode.Parse(body)!["values"]! : [])
        {
            Secrets[name] = value!.GetValue<string>();
        }

        var shown = Secrets.Select(secret => new JsonObject { ["name"] = secret.Key, ["digest"] = Digest(Encoding.UTF8.GetBytes(secret.Value))[7..15], ["value"] = "must-not-be-read" });
        return Json(new JsonObject { ["version"] = 7, ["secrets"] = new JsonArray([.. shown]) }.ToJsonString());
    }

    private HttpResponseMessage OfLogs(HttpRequestMessage request)
    {
        var token = long.Parse(System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query)["next_token"] ?? "0", CultureInfo.InvariantCulture);
        var page = Logs.Where(line => line.At.ToUnixTimeMilliseconds() * 1_000_000 >= token).Take(3).ToArray();
        var next = page.Length == 0 ? token : (page[^1].At.ToUnixTimeMilliseconds() * 1_000_000) + 1;
        var data = page.Select(line => new JsonObject
        {
            ["id"] = $"{line.At.Ticks}",
            ["attributes"] = new JsonObject { ["timestamp"] = line.At.ToString("O"), ["level"] = line.Level, ["message"] = line.Message, ["instance"] = "m1", ["region"] = "fra" },
        });
        return Json(new JsonObject { ["data"] = new JsonArray([.. data]), ["meta"] = new JsonObject { ["next_token"] = next.ToString(CultureInfo.InvariantCulture) } }.ToJsonString());
    }

    private void Apply(FakeMachine machine)
    {
        machine.Version = $"V{++_versions}";
        machine.Started++;
        machine.History.Insert(0, (machine.Version, (JsonObject)machine.Config.DeepClone()));
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}

internal sealed class FakeMachine
{
    public required string Id { get; init; }

    public string Name { get; init; } = "";

    public required string Region { get; init; }

    public string State { get; set; } = "started";

    public string Host { get; set; } = "ok";

    public string Check { get; set; } = "passing";

    public string Version { get; set; } = "";

    public JsonObject Config { get; set; } = [];

    public List<(string Version, JsonObject Config)> History { get; } = [];

    public string? Lease { get; set; }

    public string LeaseOwner { get; set; } = "";

    public string LeaseWhy { get; set; } = "";

    public int Started { get; set; }

    public JsonObject Show()
    {
        var image = (Config["image"]?.GetValue<string>() ?? "").Split('@');
        var named = image[0].Split(':');
        return new JsonObject
        {
            ["id"] = Id,
            ["name"] = Name,
            ["state"] = State,
            ["region"] = Region,
            ["instance_id"] = Version,
            ["host_status"] = Host,
            [Host == "ok" ? "config" : "incomplete_config"] = Config.DeepClone(),
            ["image_ref"] = new JsonObject
            {
                ["registry"] = "registry.fly.io",
                ["repository"] = named[0].Split('/', 2)[^1],
                ["tag"] = named.ElementAtOrDefault(1) ?? "",
                ["digest"] = image.ElementAtOrDefault(1) ?? "",
            },
            ["checks"] = new JsonArray(new JsonObject { ["name"] = "http", ["status"] = Check, ["output"] = "" }),
            ["events"] = new JsonArray(new JsonObject { ["type"] = "start", ["status"] = "started", ["timestamp"] = 1_000_000L + Started }),
        };
    }
}
