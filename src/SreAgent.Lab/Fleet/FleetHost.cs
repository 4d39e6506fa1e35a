using System.Collections.Concurrent;

namespace SreAgent.Lab.Fleet;

/// <summary>The machines of the practice world: each a real HTTP service on a loopback port of its own that behaves as its image does.</summary>
public sealed class FleetHost : IFleetHost, IMachineDirectory, IAsyncDisposable
{
    private const int FewestToJudge = 5;
    private const double MostBad = 0.05;

    private readonly LabImages _images;
    private readonly TimeProvider _clock;
    private readonly int _seed;
    private readonly PeerClient _peers;
    private readonly ConcurrentDictionary<string, FleetMachine> _machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppLog> _logs = new(StringComparer.Ordinal);
    private uint _turn;
    private int _started;

    /// <param name="images">What may run.</param>
    /// <param name="seed">Of everything that is left to chance.</param>
    /// <param name="clock">The time.</param>
    public FleetHost(LabImages images, int seed, TimeProvider clock)
    {
        (_images, _seed, _clock) = (images, seed, clock);
        _peers = new PeerClient(this);
    }

    /// <summary>Raised after a machine was placed, run or stopped. Handlers must not throw.</summary>
    public event EventHandler? Changed;

    /// <summary>Those that are meant to run, by application and id.</summary>
    public IReadOnlyList<FleetMachineState> Machines =>
    [
        .. from machine in _machines.Values
           where machine.IsWanted
           orderby machine.Machine.App, machine.Machine.Id
           select new FleetMachineState(machine.Machine, machine.Address, machine.IsStarted),
    ];

    public async Task RunAsync(LabMachine machine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (!_machines.TryGetValue(machine.Id, out var place))
        {
            place = await PlaceAsync(machine, cancellationToken);
        }

        var image = _images.Find(machine.App, machine.Image)
            ?? throw new InvalidOperationException($"The lab's registry has no image {machine.App}:{machine.Image}.");
        var behaviour = Behaviours.Of(machine.App, machine.Image);
        var log = LogOf(machine.App);
        if (behaviour.FailsToStart is { } lastWords)
        {
            log.Add(machine, "info", $"starting {image}");
            log.Add(machine, "error", lastWords);
            log.Add(machine, "error", "main process exited with code 1");
            place.Run(machine, process: null);
        }
        else
        {
            place.Run(machine, new ServiceProcess(machine, image, behaviour, _peers, log, _seed + Interlocked.Increment(ref _started), _clock));
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    public Task StopAsync(string machineId, CancellationToken cancellationToken)
    {
        if (_machines.TryGetValue(machineId, out var place) && place.IsWanted)
        {
            place.Stop();
            LogOf(place.Machine.App).Add(place.Machine, "info", "received SIGINT, shutting down");
            Changed?.Invoke(this, EventArgs.Empty);
        }

        return Task.CompletedTask;
    }

    public Task<LabHealth> CheckAsync(string machineId, CancellationToken cancellationToken) =>
        _machines.TryGetValue(machineId, out var place)
            ? place.CheckAsync(cancellationToken)
            : Task.FromResult(new LabHealth(IsPassing: false, "there is no such machine"));

    public IReadOnlyList<LabLogLine> Logs(string app) => _logs.TryGetValue(app, out var log) ? log.Lines : [];

    /// <summary>
    /// How every application is for those who use it: healthy when all its machines answer their health check and at most one in twenty
    /// requests of the last seconds failed or took over a second.
    /// </summary>
    public async Task<IReadOnlyList<FleetServiceState>> ServicesAsync(CancellationToken cancellationToken)
    {
        var apps = _machines.Values.Where(machine => machine.IsWanted).GroupBy(machine => machine.Machine.App, StringComparer.Ordinal).OrderBy(app => app.Key, StringComparer.Ordinal);
        return await Task.WhenAll(apps.Select(app => StateAsync(app.Key, [.. app], cancellationToken)));
    }

    Uri? IMachineDirectory.Next(string app)
    {
        var started = _machines.Values.Where(machine => machine.IsStarted && machine.Machine.App == app).OrderBy(machine => machine.Machine.Id, StringComparer.Ordinal).ToArray();
        return started.Length == 0 ? null : started[Interlocked.Increment(ref _turn) % started.Length].Address;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_machines.Values.Select(machine => machine.DisposeAsync().AsTask()));
        _peers.Dispose();
    }

    private static async Task<FleetServiceState> StateAsync(string app, FleetMachine[] machines, CancellationToken cancellationToken)
    {
        var checks = await Task.WhenAll(machines.Select(machine => machine.CheckAsync(cancellationToken)));
        var recent = machines.Select(machine => machine.Recent).Aggregate((sum, one) => (sum.Total + one.Total, sum.Bad + one.Bad));
        var share = recent.Total >= FewestToJudge ? (double)recent.Bad / recent.Total : 0;
        var images = machines.Select(machine => machine.Machine.Image).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new FleetServiceState(app, string.Join(" + ", images.Select(tag => $"{app}:{tag}")), checks.All(check => check.IsPassing) && share <= MostBad, share);
    }

    private AppLog LogOf(string app) => _logs.GetOrAdd(app, static (_, clock) => new AppLog(clock), _clock);

    /// <summary>Two that want to run the same new machine get the same one.</summary>
    private async Task<FleetMachine> PlaceAsync(LabMachine machine, CancellationToken cancellationToken)
    {
        var fresh = await FleetMachine.PlaceAsync(machine, cancellationToken);
        var place = _machines.GetOrAdd(machine.Id, fresh);
        if (!ReferenceEquals(place, fresh))
        {
            await fresh.DisposeAsync();
        }

        return place;
    }
}

/// <param name="Address">Stays the same for the machine's life.</param>
/// <param name="IsStarted">False when its image does not start.</param>
public sealed record FleetMachineState(LabMachine Machine, Uri Address, bool IsStarted);

/// <param name="Image"><c>checkout:v42</c>; joined by a plus sign while machines run different ones.</param>
/// <param name="BadShare">Share of the last seconds' requests that failed or took over a second, 0 to 1.</param>
public sealed record FleetServiceState(string Name, string Image, bool IsHealthy, double BadShare);
