using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Lab.Http;

/// <summary>A small HTTP server of the lab on a free loopback port. It reads no settings and writes no log.</summary>
internal sealed class LabServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LabServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary><c>http://127.0.0.1:34567/</c>.</summary>
    public Uri Address { get; }

    /// <param name="map">Its routes.</param>
    /// <param name="before">Middleware that sees every request first. Absent for none.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<LabServer> StartAsync(
        Action<IEndpointRouteBuilder> map, Func<Microsoft.AspNetCore.Http.HttpContext, Func<Task>, Task>? before, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port: 0);
            kestrel.AddServerHeader = false;
        });
        var application = builder.Build();
        if (before is not null)
        {
            application.Use(before);
        }

        application.UseRouting();
        map(application);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()
            ?? throw new InvalidOperationException("Kestrel does not say where it listens.");
        return new LabServer(application, new Uri(addresses.Addresses.First().TrimEnd('/') + "/"));
    }

    public async ValueTask DisposeAsync()
    {
        // The lab's clients are its own; nobody is owed a graceful end.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}
