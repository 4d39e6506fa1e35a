using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Journal;
using SreAgent.Testing.Grafana;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Lab.Tests.Grafana;

/// <summary>The simulator with the sample in it. With a description, every exchange is held against it.</summary>
internal sealed class GrafanaLab : IAsyncDisposable
{
    private readonly HttpClient _client;

    private GrafanaLab(GrafanaSimulator simulator, LabJournal journal, ManualClock clock, RecordingHandler? recording)
    {
        (Simulator, Journal, Clock, Recording) = (simulator, journal, clock, recording);
        _client = new HttpClient(recording ?? (HttpMessageHandler)new SocketsHttpHandler()) { BaseAddress = simulator.Address };
        As(SampleGrafana.Token);
    }

    public GrafanaSimulator Simulator { get; }

    public LabJournal Journal { get; }

    public ManualClock Clock { get; }

    public RecordingHandler? Recording { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="prometheus">Behind the data source.</param>
    /// <param name="now">What the simulator's clock says.</param>
    /// <param name="description">Grafana's, where it is to be had.</param>
    public static async Task<GrafanaLab> StartAsync(Uri prometheus, DateTimeOffset now, ApiDescription? description = null)
    {
        var clock = new ManualClock(now);
        var journal = new LabJournal(clock);
        var recording = description is null ? null : new RecordingHandler(description, GrafanaDeviations.All) { InnerHandler = new SocketsHttpHandler() };
        return new GrafanaLab(await GrafanaSimulator.StartAsync(SampleGrafana.Seed(prometheus), journal, clock, Token), journal, clock, recording);
    }

    public GrafanaLab As(string? token)
    {
        _client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return this;
    }

    public Task<GrafanaReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<GrafanaReply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body));

    public async Task<GrafanaReply> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _client.SendAsync(request, Token);
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);
        var type = response.Content.Headers.ContentType?.MediaType;
        return new GrafanaReply((int)response.StatusCode, type, type == "application/json" ? JsonElement.Parse(bytes) : default, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Recording?.Dispose();
        await Simulator.DisposeAsync();
    }
}

internal sealed record GrafanaReply(int Status, string? Type, JsonElement Json, byte[] Bytes)
{
    /// <summary>A value inside the JSON: names and positions, separated by dots.</summary>
    public string? this[string path] => path.Split('.').Aggregate(Json, (at, part) => int.TryParse(part, out var i) && at.ValueKind == JsonValueKind.Array ? at[i] : at.GetProperty(part)).ToString();

    public IEnumerable<string?> Each(string name) => Json.EnumerateArray().Select(item => item.GetProperty(name).ToString());
}
