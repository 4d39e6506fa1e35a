using System.Collections.Concurrent;
using SreAgent.Lab.Control;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Journal;
using SreAgent.Lab.Scenarios;
using SreAgent.Lab.Servers;

namespace SreAgent.Lab;

/// <summary>
/// A small true world to look into when nothing is configured: a fleet of real HTTP services that people use, a real Prometheus that scrapes
/// them every second, an Alertmanager, repositories to push to, and a scenario that takes its course. Without Prometheus it runs without metrics and says why.
/// Everything ends and is deleted on dispose.
/// </summary>
public sealed class PracticeWorld : IAsyncDisposable
{
    private readonly PracticeOptions _options;
    private readonly ConcurrentStack<IAsyncDisposable> _parts = new();
    private readonly TargetFiles _targets = new();
    private ScenarioRun? _run;
    private LabControl? _control;
    private FrontDoor? _door;
    private FlySimulator? _fly;
    private GitHubSimulator? _gitHub;
    private PracticeRepositories? _repositories;

    private PracticeWorld(PracticeOptions options)
    {
        _options = options;
        Journal = new LabJournal(options.Clock);
        Images = new LabImages(options.Clock.GetUtcNow());
        Fleet = new FleetHost(Images, options.Seed, options.Clock);
        _parts.Push(Fleet);
    }

    /// <summary>Absent when it cannot be had on this machine.</summary>
    public Uri? Prometheus { get; private set; }

    /// <summary>Present exactly when <see cref="Prometheus"/> is not.</summary>
    public string? WithoutPrometheusBecause { get; private set; }

    /// <summary>Absent when it cannot be had on this machine.</summary>
    public Uri? Alertmanager { get; private set; }

    /// <summary>Present exactly when <see cref="Alertmanager"/> is not.</summary>
    public string? WithoutAlertmanagerBecause { get; private set; }

    /// <summary>Present exactly when there are no repositories to push to.</summary>
    public string? WithoutGitBecause { get; private set; }

    public FleetHost Fleet { get; }

    public FlySimulator Fly => _fly ?? throw NotStarted();

    public GitHubSimulator GitHub => _gitHub ?? throw NotStarted();

    /// <summary>Absent without Prometheus: there would be nothing behind its dashboards.</summary>
    public GrafanaSimulator? Grafana { get; private set; }

    public LabImages Images { get; }

    public LabJournal Journal { get; }

    public Scenario Scenario => _options.Scenario;

    public DateTimeOffset Since => Run.Since;

    /// <summary>What the scenario has done so far, and what it does next.</summary>
    public ScenarioRun Run => _run ?? throw NotStarted();

    /// <summary>Where other processes ask how it stands.</summary>
    public Uri Control => _control?.Address ?? throw NotStarted();

    /// <summary>Where people come in; each application is behind its name: <c>checkout/healthz</c>.</summary>
    public Uri FrontDoor => _door?.Address ?? throw NotStarted();

    /// <summary>Where everything answers.</summary>
    public IReadOnlyList<LabEndpoint> Endpoints =>
    [
        .. Prometheus is { } prometheus ? [new LabEndpoint("prometheus", prometheus)] : Array.Empty<LabEndpoint>(),
        .. Alertmanager is { } alertmanager ? [new LabEndpoint("alertmanager", alertmanager)] : Array.Empty<LabEndpoint>(),
        new LabEndpoint("fly", Fly.Address, PracticeSeeds.FlyToken),
        new LabEndpoint("github", GitHub.Address, PracticeSeeds.GitHubToken),
        .. Grafana is { } grafana ? [new LabEndpoint("grafana", grafana.Address, PracticeSeeds.GrafanaToken)] : Array.Empty<LabEndpoint>(),
        .. _repositories is { } repositories ? [new LabEndpoint("git", repositories.Address)] : Array.Empty<LabEndpoint>(),
        new LabEndpoint("front-door", FrontDoor),
        new LabEndpoint("control", Control),
    ];

    /// <param name="options">The scenario and how it runs.</param>
    /// <param name="progress">Is told about anything that takes long or touches the machine, and about what has to be done without.</param>
    /// <param name="cancellationToken">Gives up, leaving nothing behind.</param>
    public static async Task<PracticeWorld> StartAsync(PracticeOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(progress);
        var world = new PracticeWorld(options);
        try
        {
            await Task.WhenAll(
                world.StartPrometheusAsync(progress, cancellationToken),
                world.StartAlertmanagerAsync(progress, cancellationToken),
                world.StartGitHubAsync(progress, cancellationToken),
                world.StartFleetAsync(cancellationToken));
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when Prometheus has the fleet's first samples, some five seconds after the start; at once when there is no Prometheus.</summary>
    public Task FirstSamplesAsync(CancellationToken cancellationToken) =>
        Prometheus is { } prometheus ? FirstSamples.WaitAsync(prometheus, cancellationToken) : Task.CompletedTask;

    public async Task<LabStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var services = await Fleet.ServicesAsync(cancellationToken);
        return new LabStatus(
            Scenario.Name,
            Since,
            Endpoints.ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Address, StringComparer.Ordinal),
            [.. services.Select(service => new LabService(service.Name, service.Image, service.IsHealthy, Math.Round(service.BadShare, 3)))],
            Scenario.Story,
            [.. Run.Happened.Select(moment => new LabMoment(moment.At, moment.What))],
            Run.Next is { } next ? new LabMoment(next.At, next.What) : null);
    }

    public async ValueTask DisposeAsync()
    {
        // Last started, first ended: nobody is left who talks to what is gone.
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        _targets.Dispose();
    }

    private static InvalidOperationException NotStarted() => new("The practice world has not started yet.");

    private async Task StartPrometheusAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            var server = await WithMetrics(() => PrometheusServer.StartAsync(PracticeSetup.For(_targets), progress, cancellationToken));
            _parts.Push(server);
            Prometheus = server.Address;
            Grafana = Keep(await GrafanaSimulator.StartAsync(PracticeSeeds.Grafana(server.Address), Journal, _options.Clock, cancellationToken));
        }
        catch (ServerUnavailableException e)
        {
            WithoutPrometheusBecause = e.Message;
            progress.Report($"Practising without metrics: {e.Message}");
        }
    }

    private async Task StartAlertmanagerAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            var server = await WithMetrics(() => AlertmanagerServer.StartAsync(progress, cancellationToken));
            _parts.Push(server);
            Alertmanager = server.Address;
            _targets.WriteOne(_targets.Alertmanager, server.Address);
        }
        catch (ServerUnavailableException e)
        {
            WithoutAlertmanagerBecause = e.Message;
            progress.Report($"Practising without Alertmanager: {e.Message}");
        }
    }

    private Task<T> WithMetrics<T>(Func<Task<T>> start) =>
        _options.Metrics ? start() : throw new ServerUnavailableException("it was not asked for.");

    /// <summary>The repositories first: the simulator shows what is pushed to them.</summary>
    private async Task StartGitHubAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            _repositories = Keep(await PracticeRepositories.CreateAsync(Images, cancellationToken));
        }
        catch (ServerUnavailableException e)
        {
            WithoutGitBecause = e.Message;
            progress.Report($"Practising without worktrees: {e.Message}");
        }

        _gitHub = Keep(await GitHubSimulator.StartAsync(PracticeSeeds.GitHub(Images, _repositories?.Mirror), Journal, _options.Clock, cancellationToken));
    }

    private async Task StartFleetAsync(CancellationToken cancellationToken)
    {
        _fly = Keep(await FlySimulator.StartAsync(PracticeSeeds.Fly(Images, Scenario), Fleet, Journal, _options.Clock, cancellationToken));
        Fleet.Changed += (_, _) => _targets.WriteFleet(Fleet);
        _targets.WriteFleet(Fleet);
        _door = Keep(await Lab.Fleet.FrontDoor.OpenAsync(Fleet, cancellationToken));
        _targets.WriteOne(_targets.Edge, _door.Address);
        var load = Keep(LoadGenerator.Start(_door, _options.Seed, _options.Clock));
        _run = Keep(ScenarioRun.Begin(Scenario, new PracticeStage(_fly, load), _options.Pace, _options.Clock));
        _control = Keep(await LabControl.StartAsync(StatusAsync, Journal, cancellationToken));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
