using SreAgent.Core.Changes;
using SreAgent.Lab;
using SreAgent.Lab.Fly;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Journal;
using SreAgent.Testing.Fly;
using SreAgent.Testing.Rollouts;
using SreAgent.Testing.Time;

namespace SreAgent.Host.Tests.Rollouts;

/// <summary>
/// Everything outside: a simulated Fly with one application, GitHub, Grafana, figures of users who are hurt by v43, a clock, and the folder
/// that all replicas of an installation share.
/// </summary>
internal sealed class PracticeShop : IAsyncDisposable
{
    public const string App = "checkout";
    public const string Token = "practice-token";
    private static readonly string[] Checks = ["build", "lint", "test"];

    private readonly GitHubSimulator _github;
    private readonly GrafanaSimulator _grafana;

    private PracticeShop(FlySimulator fly, GitHubSimulator github, GrafanaSimulator grafana, StandInPrometheus prometheus, StandInFleet fleet, LabJournal journal, HurriedClock clock)
    {
        (Fly, _github, _grafana, Prometheus, Fleet, Journal, Clock) = (fly, github, grafana, prometheus, fleet, journal, clock);
        prometheus.ErrorRatio = () => 0.25 * fleet.Running.Values.Count(machine => machine.Image == "v43") / Math.Max(1, fleet.Running.Count);
    }

    public FlySimulator Fly { get; }

    public StandInPrometheus Prometheus { get; }

    public StandInFleet Fleet { get; }

    public LabJournal Journal { get; }

    public HurriedClock Clock { get; }

    public GrafanaSimulator Grafana => _grafana;

    public GitHubSimulator GitHub => _github;

    /// <summary>The store and whatever else an installation keeps; in memory where the machine offers that.</summary>
    public string Folder { get; } =
        Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sre-agent-rollouts-{Guid.NewGuid():N}")).FullName;

    public IReadOnlyList<LabEndpoint> Endpoints =>
    [
        new("fly", Fly.Address, Token), new("github", _github.Address, Token), new("grafana", _grafana.Address, Token), new("prometheus", Prometheus.Address),
    ];

    /// <param name="running">The tag that was released last and runs.</param>
    /// <param name="machines">How many.</param>
    /// <param name="pace">Of its clock.</param>
    /// <param name="limits">Whether Fly limits requests as the real one does.</param>
    public static async Task<PracticeShop> OpenAsync(string running = "v43", int machines = 3, double pace = 25, bool limits = false)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var clock = HurriedClock.AtNoon(pace);
        var journal = new LabJournal(clock);
        var fleet = new StandInFleet();
        var prometheus = await StandInPrometheus.StartAsync(cancellationToken);
        return new PracticeShop(
            await FlySimulator.StartAsync(FlySeed(clock.GetUtcNow(), running, machines, limits), fleet, journal, clock, cancellationToken),
            await GitHubSimulator.StartAsync(GitHubSeed(clock.GetUtcNow()), journal, clock, cancellationToken),
            await GrafanaSimulator.StartAsync(GrafanaSeed(prometheus.Address), journal, clock, cancellationToken),
            prometheus, fleet, journal, clock);
    }

    /// <summary>In the order Fly lists them, which is that of an update.</summary>
    public async Task<IReadOnlyList<FlyMachineView>> MachinesAsync() => [.. (await AppAsync()).Machines.OrderBy(machine => machine.Id, StringComparer.Ordinal)];

    public async Task<string[]> ImagesAsync() => [.. (await MachinesAsync()).Select(machine => machine.Image)];

    public async Task<FlyAppView> AppAsync() => (await Fly.LookAsync(TestContext.Current.CancellationToken)).Single();

    /// <summary>Every time a machine was given an image, by a change when one is named: <c>machine v43→v42</c>.</summary>
    public IReadOnlyList<string> Updates(ChangeRequestId? change = null) =>
    [
        .. from entry in Journal.Entries
           where entry is { System: "fly", Method: "POST" } && entry.Summary.StartsWith("updated ", StringComparison.Ordinal)
           where change is null || string.Equals(entry.ChangeId, change.Value.Value, StringComparison.Ordinal)
           let words = entry.Summary.Split(' ')
           select $"{words[2]} {words[^3]}→{words[^1]}",
    ];

    /// <summary>What another system noted, oldest first, as <c>POST practice/checkout: deployment 1015 success</c>.</summary>
    public IReadOnlyList<string> Noted(string system) =>
        [.. Journal.Entries.Where(entry => entry.System == system).Select(entry => $"{entry.Method} {entry.Summary}")];

    /// <summary>That both records of one rollout were opened once and ended once.</summary>
    public void AssertRecordedOnce(string ending)
    {
        var github = Noted("github");
        Assert.Single(github, line => line.Contains(": deployment ", StringComparison.Ordinal) && line.Contains(" of ", StringComparison.Ordinal));
        Assert.Single(github, line => line.EndsWith(ending, StringComparison.Ordinal));
        Assert.EndsWith(ending, github[^1], StringComparison.Ordinal);
        var grafana = Noted("grafana");
        Assert.Single(grafana, line => line.StartsWith("POST", StringComparison.Ordinal));
        Assert.StartsWith("PATCH", grafana[^1], StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Fly.DisposeAsync();
        await _github.DisposeAsync();
        await _grafana.DisposeAsync();
        await Prometheus.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static FlySeed FlySeed(DateTimeOffset now, string running, int machines, bool limits)
    {
        string[] tags = ["v41", "v42", "v43"];
        var until = Array.IndexOf(tags, running);
        return new FlySeed
        {
            Token = Token,
            LimitsRequests = limits,
            Pull = TimeSpan.Zero,
            Apps =
            [
                new FlySeedApp
                {
                    Name = App,
                    Images = [.. tags.Select(tag => FlyPractice.Image(App, tag))],
                    Releases = [.. tags.Take(until + 1).Select((tag, i) => new FlySeedRelease(tag, now.AddDays(i - 9), "ann@lab.example"))],
                    Regions = [.. new[] { "ams", "fra", "iad" }.Take(machines)],
                },
            ],
        };
    }

    private static GrafanaSeed GrafanaSeed(Uri prometheus) => new(prometheus)
    {
        Tokens = [new GrafanaTokenSeed(Token, "sa-sre-agent")],
        Dashboards = [new GrafanaDashboardSeed(App, "Checkout", new GrafanaPanelSeed(1, "Requests", "sum(rate(http_requests_total[$__rate_interval]))"))],
    };

    private static GitHubSeed GitHubSeed(DateTimeOffset now)
    {
        string[] commits = [.. new[] { '1', '2', '3' }.Select(digit => new string(digit, 40))];
        return new GitHubSeed
        {
            Tokens = [new GitHubTokenSeed(Token, "sre-agent") { IsApp = true }],
            Limits = new GitHubLimits { Writes = 10_000 },
            Repositories =
            [
                new GitHubRepositorySeed($"practice/{App}")
                {
                    Commits = [.. commits.Select((commit, i) => new GitHubCommitSeed(commit, $"Change {i}", "ann", now.AddDays(i - 10)))],
                    Checks = [.. from commit in commits from check in Checks select new GitHubCheckSeed(commit, check, "success")],
                },
            ],
        };
    }
}
