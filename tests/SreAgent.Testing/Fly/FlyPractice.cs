using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly;
using SreAgent.Lab.Journal;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Testing.Fly;

/// <summary>
/// The simulated Fly with one small company in it, and a client whose every exchange with the Machines API is held against the vendor's
/// description; disposing fails the test when one departs from it.
/// </summary>
public sealed class FlyPractice : IAsyncDisposable
{
    /// <summary>The application most tests are about: two machines, running v42.</summary>
    public const string App = "checkout";

    private readonly HttpClient _client;
    private readonly HttpClient _outside;

    private FlyPractice(FlySimulator simulator, StandInFleet fleet, LabJournal journal, ManualClock clock, FlySeed seed)
    {
        (Simulator, Fleet, Journal, Clock, Seed) = (simulator, fleet, journal, clock, seed);
        Exchanges = new RecordingHandler(FlyDescription.Machines, FlyDescription.Deviations) { InnerHandler = new SocketsHttpHandler() };
        _client = new HttpClient(Exchanges) { BaseAddress = simulator.Address };
        _outside = new HttpClient { BaseAddress = simulator.Address };
        _client.DefaultRequestHeaders.Authorization = _outside.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("FlyV1", seed.Token);
    }

    public FlySimulator Simulator { get; }

    public StandInFleet Fleet { get; }

    public LabJournal Journal { get; }

    public ManualClock Clock { get; }

    public FlySeed Seed { get; }

    public RecordingHandler Exchanges { get; }

    /// <summary>What was noted since the start, as <c>fly POST updated checkout … from v42 to v43</c>.</summary>
    public IReadOnlyList<string> Noted => [.. Journal.Entries.Select(entry => $"{entry.System} {entry.Method} {entry.Summary}")];

    public static LabImage Image(string app, string tag) =>
        LabImage.Build(app, tag, string.Concat(Enumerable.Repeat(tag[^1], 40)), new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));

    /// <summary>The reference of an image, pinned.</summary>
    public static string Reference(string tag, string app = App) => $"registry.fly.io/{app}:{tag}@{Image(app, tag).Digest}";

    /// <param name="change">What is to be otherwise than usual in the seed.</param>
    public static async Task<FlyPractice> StartAsync(Func<FlySeed, FlySeed>? change = null)
    {
        var clock = ManualClock.AtNoon();
        var seed = SeedAt(clock.GetUtcNow());
        seed = change is null ? seed : change(seed);
        var fleet = new StandInFleet();
        var journal = new LabJournal(clock);
        return new FlyPractice(await FlySimulator.StartAsync(seed, fleet, journal, clock, TestContext.Current.CancellationToken), fleet, journal, clock, seed);
    }

    /// <summary>The ids of an application's machines, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MachinesAsync(string app = App) =>
        [.. (await Simulator.LookAsync(TestContext.Current.CancellationToken)).Single(shown => shown.Name == app).Machines.Select(machine => machine.Id)];

    public Task<FlyReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<FlyReply> PostAsync(string path, JsonNode? body = null, string? nonce = null) => SendAsync(HttpMethod.Post, path, body, nonce);

    public async Task<FlyReply> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? nonce = null, Action<HttpRequestMessage>? change = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var request = new HttpRequestMessage(method, path);
        if (nonce is not null)
        {
            request.Headers.Add("fly-machine-lease-nonce", nonce);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        change?.Invoke(request);
        var client = path.StartsWith("v1/", StringComparison.Ordinal) ? _client : _outside;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new FlyReply(response.StatusCode, text, response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Reads a machine's configuration, changes it, and sends all of it back.</summary>
    public async Task<FlyReply> UpdateAsync(string machineId, string image, string? nonce = null, string? currentVersion = null)
    {
        var configuration = (await GetAsync($"v1/apps/{App}/machines/{machineId}")).Body["config"]!.DeepClone();
        configuration["image"] = image;
        var order = new JsonObject { ["config"] = configuration };
        if (currentVersion is not null)
        {
            order["current_version"] = currentVersion;
        }

        return await PostAsync($"v1/apps/{App}/machines/{machineId}", order, nonce);
    }

    public Task<FlyReply> WaitAsync(string machineId, string state) => GetAsync($"v1/apps/{App}/machines/{machineId}/wait?state={state}&timeout=10");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _outside.Dispose();
        await Simulator.DisposeAsync();
        Assert.True(Exchanges.Problems.Count == 0, $"Departures from the vendor's description:\n  {string.Join("\n  ", Exchanges.Problems.Distinct(StringComparer.Ordinal))}");
    }

    /// <summary>The company, with a history that ends at this moment.</summary>
    public static FlySeed SeedAt(DateTimeOffset now) => new()
    {
        LimitsRequests = false,
        Pull = TimeSpan.Zero,
        Apps =
        [
            new FlySeedApp
            {
                Name = App,
                Images = [Image(App, "v41"), Image(App, "v42"), Image(App, "v43")],
                Releases =
                [
                    new FlySeedRelease("v41", now.AddDays(-9), "ann@lab.example"),
                    new FlySeedRelease("v43", now.AddDays(-3), "bob@lab.example", "failed"),
                    new FlySeedRelease("v42", now.AddDays(-2), "bob@lab.example"),
                ],
                Regions = ["fra", "iad"],
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LOG_LEVEL"] = "info" },
                Secrets = new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = "postgres://lab:s3cret@db/checkout" },
                Volumes = [new FlySeedVolume("data", "fra", 3)],
                Certificates = ["checkout.lab.example", "shop.lab.example"],
            },
            new FlySeedApp
            {
                Name = "payments",
                Images = [Image("payments", "v7")],
                Releases = [new FlySeedRelease("v7", now.AddDays(-20), "ann@lab.example")],
                Regions = ["fra"],
            },
        ],
    };
}

/// <param name="Text">The body as it came.</param>
public sealed record FlyReply(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Body => JsonNode.Parse(Text)!; // Tests ask for it only where there is one.

    /// <summary>The sentence of a refusal.</summary>
    public string Error => Body["error"]!.GetValue<string>();
}
