using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Control;

/// <summary>What a running practice world tells other processes: <c>GET /status</c> and <c>GET /journal</c>, on loopback. It takes no orders.</summary>
internal sealed class LabControl : IAsyncDisposable
{
    private readonly LabServer _server;

    private LabControl(LabServer server) => _server = server;

    public Uri Address => _server.Address;

    public static async Task<LabControl> StartAsync(Func<CancellationToken, Task<LabStatus>> status, LabJournal journal, CancellationToken cancellationToken) =>
        new(await LabServer.StartAsync(
            routes =>
            {
                routes.MapGet("/status", async (HttpContext context) => await WriteAsync(context, await status(context.RequestAborted)));
                routes.MapGet("/journal", (HttpContext context) => WriteAsync(context, journal.Entries));
            },
            before: null,
            cancellationToken));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task WriteAsync<T>(HttpContext context, T document) => context.Response.WriteAsJsonAsync(document, LabControlClient.Json, context.RequestAborted);
}

/// <summary>Asks a practice world that another process runs.</summary>
/// <param name="address">Of its control endpoint.</param>
public sealed class LabControlClient(Uri address) : IDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <exception cref="HttpRequestException">It does not answer, or not as a practice world does.</exception>
    public Task<LabStatus> StatusAsync(CancellationToken cancellationToken) => GetAsync<LabStatus>("status", cancellationToken);

    /// <summary>Every request that changed a simulated system, oldest first.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or not as a practice world does.</exception>
    public Task<IReadOnlyList<LabJournalEntry>> JournalAsync(CancellationToken cancellationToken) => GetAsync<IReadOnlyList<LabJournalEntry>>("journal", cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
            using var response = await _http.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsStringAsync(deadline.Token);
            return response.StatusCode == HttpStatusCode.OK && JsonSerializer.Deserialize<T>(body, Json) is { } document
                ? document
                : throw new HttpRequestException($"The practice world at {address} answered {(int)response.StatusCode}.");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"What answers at {address} is not a practice world.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"The practice world at {address} did not answer within {Patience.TotalSeconds:F0} s.", e);
        }
    }
}
