using SreAgent.Lab;
using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Journal;
using SreAgent.Lab.Scenarios;
using SreAgent.Testing.Fly;
using SreAgent.Testing.Rollouts;
using SreAgent.Testing.Time;

namespace SreAgent.Testing.Practice;

/// <summary>
/// The practice world's systems with all its services, images and repositories, and nobody who uses them: no load, no scrapes, no scenario. What
/// runs is a stand-in and time is a test's own, so that thousands of changes fit into a minute.
/// </summary>
public sealed class PracticeSystems : IAsyncDisposable
{
    private readonly PracticeRepositories _repositories;
    private readonly StandInPrometheus _prometheus;

    private PracticeSystems(PracticeRepositories repositories, StandInPrometheus prometheus, HurriedClock clock, LabJournal journal, LabImages images) =>
        (_repositories, _prometheus, Clock, Journal, Images) = (repositories, prometheus, clock, journal, images);

    public required FlySimulator Fly { get; init; }

    public required GitHubSimulator GitHub { get; init; }

    public required GrafanaSimulator Grafana { get; init; }

    public required StandInFleet Fleet { get; init; }

    public StandInPrometheus Prometheus => _prometheus;

    public HurriedClock Clock { get; }

    public LabJournal Journal { get; }

    public LabImages Images { get; }

    /// <summary>What each of them asks its clients for. None of it may ever be shown.</summary>
    public static IReadOnlyList<string> Tokens { get; } = [PracticeSeeds.FlyToken, PracticeSeeds.GitHubToken, PracticeSeeds.GrafanaToken];

    /// <summary>As the practice world announces them.</summary>
    public IReadOnlyList<LabEndpoint> Endpoints =>
    [
        new("prometheus", _prometheus.Address),
        new("fly", Fly.Address, PracticeSeeds.FlyToken),
        new("github", GitHub.Address, PracticeSeeds.GitHubToken),
        new("grafana", Grafana.Address, PracticeSeeds.GrafanaToken),
        new("git", _repositories.Address),
    ];

    /// <param name="clock">Of everything in it.</param>
    public static async Task<PracticeSystems> StartAsync(HurriedClock clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (journal, fleet, images) = (new LabJournal(clock), new StandInFleet(), new LabImages(clock.GetUtcNow()));
        var repositories = await PracticeRepositories.CreateAsync(images, cancellationToken);
        var prometheus = await StandInPrometheus.StartAsync(cancellationToken);
        var fly = PracticeSeeds.Fly(images, ScenarioCatalogue.Default) with { LimitsRequests = false, Pull = TimeSpan.Zero };
        var gitHub = PracticeSeeds.GitHub(images, repositories.Mirror) with { Limits = new GitHubLimits { Core = int.MaxValue, Search = int.MaxValue, Writes = int.MaxValue } };
        return new PracticeSystems(repositories, prometheus, clock, journal, images)
        {
            Fly = await FlySimulator.StartAsync(fly, fleet, journal, clock, cancellationToken),
            GitHub = await GitHubSimulator.StartAsync(gitHub, journal, clock, cancellationToken),
            Grafana = await GrafanaSimulator.StartAsync(PracticeSeeds.Grafana(prometheus.Address), journal, clock, cancellationToken),
            Fleet = fleet,
        };
    }

    /// <summary>Where an application's repository lies.</summary>
    public string RepositoryOf(string app) => _repositories.PathOf(app);

    public async ValueTask DisposeAsync()
    {
        await Fly.DisposeAsync();
        await GitHub.DisposeAsync();
        await Grafana.DisposeAsync();
        await _prometheus.DisposeAsync();
        await _repositories.DisposeAsync();
    }
}
