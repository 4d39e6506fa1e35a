using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Http;
using SreAgent.Testing.Specs;

namespace SreAgent.Testing.Fly;

/// <summary>
/// Stands between the simulated Fly and a client that is another program, so that what that program sends is held against the vendor's
/// description too.
/// </summary>
public sealed class FlyRelay : IAsyncDisposable
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    private readonly HttpClient _described;
    private readonly HttpClient _other = new();
    private readonly Uri _target;
    private LabServer? _server;

    private FlyRelay(Uri target)
    {
        _target = target;
        Exchanges = new RecordingHandler(FlyDescription.Machines, FlyDescription.Deviations) { InnerHandler = new SocketsHttpHandler() };
        _described = new HttpClient(Exchanges);
    }

    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The relay is not running.");

    /// <summary>What went over the Machines API.</summary>
    public RecordingHandler Exchanges { get; }

    public static async Task<FlyRelay> StartAsync(Uri target)
    {
        var relay = new FlyRelay(target);
        relay._server = await LabServer.StartAsync(routes => routes.MapMethods("{**path}", Methods, relay.PassAsync), before: null, TestContext.Current.CancellationToken);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _described.Dispose();
        _other.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/'); // A routed request has one.
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_target, path + context.Request.QueryString));
        if (context.Request.ContentType is { } type)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var name in new[] { "Authorization", "fly-machine-lease-nonce" })
        {
            if (context.Request.Headers[name].ToString() is { Length: > 0 } value)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await (path.StartsWith("v1/", StringComparison.Ordinal) ? _described : _other).SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        context.Response.Headers["fly-request-id"] = response.Headers.TryGetValues("fly-request-id", out var ids) ? ids.First() : "";
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
