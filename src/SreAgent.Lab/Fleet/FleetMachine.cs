using System.Net;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Http;

namespace SreAgent.Lab.Fleet;

/// <summary>
/// A machine's place on the network. Its port stays the same whatever runs on it, so that whoever scrapes it finds it again; while nothing
/// runs, connections are cut without an answer.
/// </summary>
internal sealed class FleetMachine : IAsyncDisposable
{
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(2);

    private readonly LabServer _server;
    private readonly HttpMessageInvoker _prober = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private volatile ServiceProcess? _process;

    private FleetMachine(LabMachine machine, LabServer server) => (Machine, _server) = (machine, server);

    /// <summary>As it was last told to run.</summary>
    public LabMachine Machine { get; private set; }

    public Uri Address => _server.Address;

    /// <summary>It was told to run, and not to stop since.</summary>
    public bool IsWanted { get; private set; }

    public bool IsStarted => _process is not null;

    public (int Total, int Bad) Recent => _process?.Recent.Count ?? (0, 0);

    public static async Task<FleetMachine> PlaceAsync(LabMachine machine, CancellationToken cancellationToken)
    {
        FleetMachine? placed = null;
        var server = await LabServer.StartAsync(static _ => { }, (context, _) => placed?.HandleAsync(context) ?? Task.CompletedTask, cancellationToken);
        return placed = new FleetMachine(machine, server);
    }

    /// <param name="machine">What it is now.</param>
    /// <param name="process">What runs on it; absent when its image does not start.</param>
    public void Run(LabMachine machine, ServiceProcess? process)
    {
        Machine = machine;
        IsWanted = true;
        _process = process;
    }

    public void Stop()
    {
        IsWanted = false;
        _process = null;
    }

    public async Task<LabHealth> CheckAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(CheckPatience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "healthz"));
            using var response = await _prober.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsStringAsync(deadline.Token);
            return new LabHealth(response.StatusCode == HttpStatusCode.OK, $"HTTP {(int)response.StatusCode}: {body}");
        }
        catch (HttpRequestException)
        {
            return new LabHealth(IsPassing: false, "connect: connection refused");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new LabHealth(IsPassing: false, $"no answer within {CheckPatience.TotalSeconds:F0} s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _server.DisposeAsync();
        _prober.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        if (_process is { } process)
        {
            return process.HandleAsync(context);
        }

        context.Abort();
        return Task.CompletedTask;
    }
}
