using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly.GraphQl;
using SreAgent.Lab.Fly.Http;
using SreAgent.Lab.Fly.State;
using SreAgent.Lab.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Fly;

/// <summary>
/// Fly to practise on, behind one address: the Machines API, the web API with its release records, logs and GraphQL, and the registry.
/// Deploying an image really changes what the fleet runs.
/// </summary>
public sealed class FlySimulator : IAsyncDisposable
{
    private readonly FlyWorld _world;
    private readonly LabJournal _journal;
    private readonly FlyReleases _releases;
    private readonly MachineLeases _leases;
    private readonly MachineUpdates _updates;
    private readonly MachineLaunches _launches;
    private readonly MachineDocuments _documents;
    private LabServer? _server;

    private FlySimulator(FlyWorld world, LabJournal journal)
    {
        (_world, _journal) = (world, journal);
        _releases = new FlyReleases(world);
        _leases = new MachineLeases(world);
        _launches = new MachineLaunches(world);
        _updates = new MachineUpdates(world, _leases, _launches);
        _documents = new MachineDocuments(world);
    }

    /// <summary>
    /// <c>http://127.0.0.1:34567/</c>; the Machines API is under <c>v1/</c>, the web API under <c>graphql</c> and <c>api/v1/</c>, the registry under
    /// <c>v2/</c>.
    /// </summary>
    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The simulated Fly is not running.");

    /// <summary>What goes wrong, and when.</summary>
    public FlyFaults Faults => _world.Faults;

    /// <summary>Starts every machine of the seed, and answers from then on.</summary>
    /// <param name="fleet">What runs behind the machines; it is not disposed.</param>
    /// <param name="journal">Is told of every change.</param>
    /// <param name="clock">Dates everything; waiting is in real time.</param>
    public static async Task<FlySimulator> StartAsync(FlySeed seed, IFleetHost fleet, LabJournal journal, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var simulator = new FlySimulator(new FlyWorld(seed, fleet, clock), journal);
        try
        {
            await FlySeeding.PlantAsync(simulator._world, simulator._launches, cancellationToken);
            var gate = new FlyGate(simulator._world, journal);
            simulator._server = await LabServer.StartAsync(routes => simulator.Map(routes, gate), gate.PassAsync, cancellationToken);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deploys an image as somebody's pipeline does: a release record, then machine after machine under a lease.</summary>
    /// <param name="tag">Among the application's images.</param>
    /// <param name="by">E-mail address of whoever the pipeline works for.</param>
    /// <returns>The release's number.</returns>
    /// <exception cref="InvalidOperationException">A machine refused; the release is marked failed.</exception>
    public async Task<int> DeployAsync(string app, string tag, string by, CancellationToken cancellationToken)
    {
        var caller = FlyCaller.PlayedByLab(by, _journal, _world.Clock);
        var image = _world.Registry.Find(app, tag) ?? throw new InvalidOperationException($"The registry has no image {app}:{tag}.");
        try
        {
            var release = await new CiDeployment(_world, _releases, _leases, _updates).DeployAsync(app, FlyRegistry.Reference(image), caller, cancellationToken);
            return release.Version;
        }
        catch (FlyRefusalException refusal)
        {
            throw new InvalidOperationException($"The deploy of {app}:{tag} failed: {refusal.Message}", refusal);
        }
    }

    /// <summary>Takes a machine's lease as somebody else.</summary>
    /// <returns>Its nonce.</returns>
    public string HoldLease(string app, string machineId, TimeSpan duration, string by) =>
        _leases.Take(app, machineId, (int)duration.TotalSeconds, "held", nonce: null, FlyCaller.PlayedByLab(by, _journal, _world.Clock)).Lease.Nonce;

    /// <param name="nonce">What <see cref="HoldLease"/> returned.</param>
    public void ReleaseLease(string app, string machineId, string nonce, string by) =>
        _leases.Release(app, machineId, nonce, FlyCaller.PlayedByLab(by, _journal, _world.Clock));

    /// <summary>Takes an image out of the registry, as happens to old ones; machines that run it go on.</summary>
    public void PruneImage(string app, string tag)
    {
        if (_world.Registry.Find(app, tag) is { } image)
        {
            _world.Registry.Prune(image);
        }
    }

    /// <summary>Everything as it is now.</summary>
    public async Task<IReadOnlyList<FlyAppView>> LookAsync(CancellationToken cancellationToken)
    {
        FlyApplication[] apps;
        lock (_world.Access)
        {
            apps = [.. _world.Apps.Values];
        }

        return await Task.WhenAll(apps.Select(app => LookAsync(app, cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _world.DisposeAsync();
    }

    private async Task<FlyAppView> LookAsync(FlyApplication app, CancellationToken cancellationToken)
    {
        FlyMachine[] machines;
        lock (_world.Access)
        {
            machines = [.. app.Machines.Where(machine => !machine.IsDestroyed)];
        }

        var health = await Task.WhenAll(machines.Select(machine => _documents.HealthAsync(machine, cancellationToken)));
        lock (_world.Access)
        {
            return new FlyAppView(
                app.Name,
                [.. machines.Select((machine, i) => new FlyMachineView(
                    machine.Id, machine.Current.InstanceId, machine.Region, machine.State, machine.Current.Image.Tag, machine.Current.Image.Digest, machine.IsCordoned, health[i]))],
                [.. app.Releases.Reverse().Select(release => new FlyReleaseView(release.Version, release.Status, release.Image, release.CreatedAt, release.User))]);
        }
    }

    private void Map(IEndpointRouteBuilder routes, FlyGate gate)
    {
        new AppEndpoints(_world, gate).Map(routes);
        new MachineEndpoints(_world, gate, _updates, _documents).Map(routes);
        new PowerEndpoints(gate, new MachinePower(_world, _launches)).Map(routes);
        new LeaseEndpoints(gate, _leases).Map(routes);
        new MetadataEndpoints(_world, gate).Map(routes);
        new SecretEndpoints(_world, gate).Map(routes);
        new WebEndpoints(_world, gate, _releases).Map(routes);
        new RegistryEndpoints(_world).Map(routes);
        var graph = new FlyGraph(_world);
        routes.MapPost("/graphql", gate.Web(async (context, _) =>
        {
            var body = await FlyBodies.ReadAsync(context);
            var query = FlyBodies.Text(body, "query") ?? throw new FlyRefusalException(400, "query is required");
            await FlyBodies.WriteAsync(context, graph.Answer(query, body["variables"] as JsonObject ?? []));
        }));
    }
}
