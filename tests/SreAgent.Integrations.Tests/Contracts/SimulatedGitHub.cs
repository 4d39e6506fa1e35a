using SreAgent.Core.Readiness;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.Tests.GitHub;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Journal;
using SreAgent.Testing.GitHub;
using SreAgent.Testing.Specs;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>The GitHub integration as the host registers it, over the simulator, on one clock with it, with every exchange held against GitHub's description.</summary>
internal sealed class SimulatedGitHub : IAsyncDisposable
{
    public static readonly RepositoryName Checkout = new("acme", "checkout");

    private readonly AGitHub _github;

    private SimulatedGitHub(AGitHub github, GitHubSimulator simulator, LabJournal journal, string token, IReadOnlyCollection<string>? deviations)
    {
        (Simulator, Journal) = (simulator, journal);
        Recording = new RecordingHandler(VendorSpecs.GitHub, [.. GitHubDeviations.All.Where(known => deviations?.Contains(known.Pattern) != false)])
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false },
        };
        _github = github.With("BaseUrl", simulator.Address.ToString()).With("Token", token).With("Repositories:acme/*", "").Over(Recording).WithArchivesOver(Archives);
        (Api, ApiCalls) = Watched.Over(_github.Api);
    }

    public GitHubSimulator Simulator { get; }

    public LabJournal Journal { get; }

    public RecordingHandler Recording { get; }

    /// <summary>The other host, from which archives come; it is in no description.</summary>
    public AskedHandler Archives { get; } = new();

    public IGitHubApi Api { get; }

    public IRepositoryTrees Trees => _github.Trees;

    public IPullRequests PullRequests => _github.PullRequests;

    public Watched<IGitHubApi> ApiCalls { get; }

    public GitHubTools Tools => _github.Tools;

    public IReadOnlyList<TimeSpan> Waits => _github.Clock.Waits;

    /// <param name="token">Whose.</param>
    /// <param name="change">What is to be otherwise than usual in the seed.</param>
    /// <param name="deviations">Those that are needed, by pattern; all when absent.</param>
    public static async Task<SimulatedGitHub> StartAsync(string token = SampleGitHub.Token, Func<GitHubSeed, GitHubSeed>? change = null, IReadOnlyCollection<string>? deviations = null)
    {
        var github = new AGitHub();
        var journal = new LabJournal(github.Clock);
        var seed = SampleGitHub.Seed();
        var simulator = await GitHubSimulator.StartAsync(change?.Invoke(seed) ?? seed, journal, github.Clock, TestContext.Current.CancellationToken);
        return new SimulatedGitHub(github, simulator, journal, token, deviations);
    }

    /// <summary>Lets time pass, for us and for GitHub.</summary>
    public void Wait(TimeSpan time) => _github.Clock.Advance(time);

    public async ValueTask DisposeAsync()
    {
        _github.Dispose();
        await Simulator.DisposeAsync();
    }
}
