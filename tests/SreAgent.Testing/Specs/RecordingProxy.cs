using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Testing.Specs;

/// <summary>
/// Stands before a server and passes everything on through a <see cref="RecordingHandler"/>: for clients of other programs and languages.
/// It keeps the Host header, so that the server's own links lead back here.
/// </summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Connection", "Transfer-Encoding", "Content-Length", "Keep-Alive"];

    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _client;

    private RecordingProxy(WebApplication application, HttpMessageInvoker client, Uri address) => (_application, _client, Address) = (application, client, address);

    public Uri Address { get; }

    /// <param name="to">The server.</param>
    /// <param name="recording">Without an inner handler; it gets one.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<RecordingProxy> StartAsync(Uri to, RecordingHandler recording, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recording);
        recording.InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var client = new HttpMessageInvoker(recording);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        var application = builder.Build();
        application.Run(context => PassAsync(context, to, client));
        await application.StartAsync(cancellationToken);
        var listening = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("Kestrel does not say where it listens.");
        return new RecordingProxy(application, client, new Uri(listening.Addresses.First()));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private static async Task PassAsync(HttpContext context, Uri to, HttpMessageInvoker client)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(to, context.Request.Path.ToUriComponent() + context.Request.QueryString));
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        request.Content = body.Length > 0 ? new ByteArrayContent(body.ToArray()) : null;
        foreach (var header in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
            }
        }

        using var response = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
