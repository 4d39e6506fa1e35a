using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Grafana.Routes;
using SreAgent.Lab.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Grafana;

/// <summary>
/// Grafana's HTTP interface over dashboards, annotations and silences in memory, with the real Prometheus behind its data-source proxy.
/// Every change is journaled as <c>grafana</c>.
/// </summary>
public sealed class GrafanaSimulator : IAsyncDisposable
{
    private readonly LabServer _server;
    private readonly GrafanaWorld _world;
    private readonly HttpMessageInvoker _client;

    private GrafanaSimulator(LabServer server, GrafanaWorld world, FaultPlan faults, HttpMessageInvoker client) =>
        (_server, _world, Faults, _client) = (server, world, faults, client);

    public Uri Address => _server.Address;

    public FaultPlan Faults { get; }

    public GrafanaRenderer Renderer
    {
        get => _world.Renderer;
        set => _world.Renderer = value;
    }

    /// <param name="seed">What it begins with.</param>
    /// <param name="journal">Is told every change.</param>
    /// <param name="clock">Dates what is made and ends silences.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<GrafanaSimulator> StartAsync(GrafanaSeed seed, LabJournal journal, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(clock);
        var world = new GrafanaWorld(seed, journal, clock);
        var faults = new FaultPlan();
        var client = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false });
        var prometheus = new PrometheusBehind(seed.Prometheus, client);
        try
        {
            var server = await LabServer.StartAsync(Map, before: null, cancellationToken);
            return new GrafanaSimulator(server, world, faults, client);
        }
        catch
        {
            client.Dispose();
            throw;
        }

        void Map(IEndpointRouteBuilder routes)
        {
            var map = new GrafanaMap(routes, world, faults);
            AnnotationRoutes.Map(map);
            DashboardRoutes.Map(map);
            DataSourceRoutes.Map(map, prometheus);
            QueryRoutes.Map(map, prometheus);
            AlertRoutes.Map(map, prometheus);
            SilenceRoutes.Map(map);
            RenderRoutes.Map(map, prometheus);
            map.Otherwise();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }
}
