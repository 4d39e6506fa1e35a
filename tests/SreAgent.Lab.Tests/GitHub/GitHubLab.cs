using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Journal;
using SreAgent.Testing.GitHub;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Lab.Tests.GitHub;

/// <summary>The simulator with the sample in it, and a client whose every exchange is held against GitHub's description.</summary>
internal sealed class GitHubLab : IAsyncDisposable
{
    public const string Checkout = "repos/acme/checkout";

    private readonly HttpClient _client;

    private GitHubLab(GitHubSimulator simulator, LabJournal journal, ManualClock clock)
    {
        (Simulator, Journal, Clock) = (simulator, journal, clock);
        Recording = new RecordingHandler(VendorSpecs.GitHub, GitHubDeviations.All) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } };
        _client = new HttpClient(Recording) { BaseAddress = simulator.Address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("SreAgent-tests/1.0");
        As(SampleGitHub.Token);
    }

    public GitHubSimulator Simulator { get; }

    public LabJournal Journal { get; }

    public ManualClock Clock { get; }

    public RecordingHandler Recording { get; }

    public IEnumerable<string> Changes => Journal.Entries.Select(entry => entry.Summary);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<GitHubLab> StartAsync(Func<GitHubSeed, GitHubSeed>? change = null)
    {
        var clock = new ManualClock(SampleGitHub.Start.AddHours(1));
        var journal = new LabJournal(clock);
        var seed = SampleGitHub.Seed();
        return new GitHubLab(await GitHubSimulator.StartAsync(change?.Invoke(seed) ?? seed, journal, clock, Token), journal, clock);
    }

    /// <summary>Calls as somebody else from now on; null is nobody.</summary>
    public GitHubLab As(string? token)
    {
        _client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return this;
    }

    public Task<Reply> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, body: null, accept);

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, string? accept = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd(accept ?? "application/vnd.github+json");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        if (ifNoneMatch is not null)
        {
            request.Headers.IfNoneMatch.ParseAdd(ifNoneMatch);
        }

        using var response = await _client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json";
        return new Reply(
            (int)response.StatusCode, isJson ? JsonElement.Parse(text) : default, text,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Recording.Dispose();
        await Simulator.DisposeAsync();
    }
}

internal sealed record Reply(int Status, JsonElement Json, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>A value inside the JSON: names and positions, separated by dots.</summary>
    public string? this[string path] => path.Split('.').Aggregate(Json, (at, part) => int.TryParse(part, out var i) && at.ValueKind == JsonValueKind.Array ? at[i] : at.GetProperty(part)).ToString();

    /// <summary>One property of every item of a list.</summary>
    public IEnumerable<string?> Each(string name) => Json.EnumerateArray().Select(item => item.GetProperty(name).ToString());
}
