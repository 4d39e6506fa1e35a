using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Integrations.GitHub;
using SreAgent.Integrations.GitHub.Reviews;
using SreAgent.Integrations.Tests.GitHub;
using SreAgent.Lab.GitHub;
using SreAgent.Lab.Journal;
using SreAgent.Testing.GitHub;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>acme/checkout#46 on the simulator, opened by ada, and as many of us as a test wants, all on one clock.</summary>
internal sealed class AReviewedPullRequest : IAsyncDisposable
{
    public const int Number = 46;

    private const string AdaToken = "ghp_sample0ada";

    private readonly List<AGitHub> _us = [];
    private readonly RecordingHandler _recording;

    private AReviewedPullRequest(GitHubSimulator simulator, LabJournal journal, EagerClock clock)
    {
        (Simulator, Journal, Clock) = (simulator, journal, clock);
        _recording = new RecordingHandler(VendorSpecs.GitHub, GitHubDeviations.All) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } };
        Ada = As(AdaToken).Api;
    }

    public GitHubSimulator Simulator { get; }

    public LabJournal Journal { get; }

    public EagerClock Clock { get; }

    /// <summary>A person with write access.</summary>
    public IGitHubApi Ada { get; }

    public PullRequestFacts Facts { get; } = new(SampleGitHub.Repository, Number, SampleGitHub.Fix, SampleGitHub.V42)
    {
        Target = "main",
        Page = new Uri($"https://github.example/{SampleGitHub.Repository}/pull/{Number}"),
    };

    private static RepositoryName Checkout => SimulatedGitHub.Checkout;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AReviewedPullRequest> StartAsync(Func<GitHubSeed, GitHubSeed>? change = null)
    {
        var clock = EagerClock.AtNoon();
        var journal = new LabJournal(clock);
        var seed = SampleGitHub.Seed();
        seed = seed with { Tokens = [.. seed.Tokens, new GitHubTokenSeed(AdaToken, "ada")] };
        var simulator = await GitHubSimulator.StartAsync(change?.Invoke(seed) ?? seed, journal, clock, Token);
        var world = new AReviewedPullRequest(simulator, journal, clock);
        await world.Ada.CreatePullRequestAsync(Checkout, new NewPullRequest("Give up sooner", "fix/timeouts", "main", "Why", Draft: false), Token);
        return world;
    }

    /// <summary>One of us, with its own connection.</summary>
    /// <param name="token">Whose.</param>
    /// <param name="network">Between it and the simulator.</param>
    /// <param name="settings">Below <c>Integrations:GitHub</c>.</param>
    public AGitHub As(string token, DelegatingHandler? network = null, params (string Name, string Value)[] settings)
    {
        if (network is not null)
        {
            network.InnerHandler = _recording;
        }

        var github = new AGitHub(Clock).With("BaseUrl", Simulator.Address.ToString()).With("Token", token).With("Repositories:acme/*", "").Over(network ?? (HttpMessageHandler)_recording);
        foreach (var (name, value) in settings)
        {
            github.With(name, value);
        }

        _us.Add(github);
        return github;
    }

    public Task<PublishedReview> PublishAsync(string says, string? head = null) => As(SampleGitHub.Token).Publisher.PublishAsync(Review(says, head), Token);

    public ReviewPublication Review(string says, string? head = null, params CommentSection[] sections) => new()
    {
        PullRequest = head is null ? Facts : Facts with { Head = head },
        Key = "sre-operator",
        Digest = CommentMarker.Of("k", SampleGitHub.Fix, new string('0', 64), says).Content,
        Comment = new ReviewComment("### Production readiness: not ready", says, sections, Collapsed: false),
        Standing = says,
        Passes = false,
    };

    /// <summary>Somebody pushes to the branch.</summary>
    public string Push(char digit)
    {
        var commit = new string(digit, 40);
        Simulator.Push(SampleGitHub.Repository, "fix/timeouts", new GitHubCommitSeed(commit, "More", "ada", Clock.GetUtcNow()) { Files = new Dictionary<string, string?> { ["docs/more.md"] = "More\n" } });
        return commit;
    }

    public async Task<IReadOnlyList<ApiComment>> CommentsAsync() => (await Ada.IssueCommentsAsync(Checkout, Number, 100, Token)).Items;

    public async Task<ApiStatus?> StatusAsync(string commit) => (await Ada.StatusesAsync(Checkout, commit, 100, Token)).Items.SingleOrDefault(status => status.Context == "sre-agent/readiness/sre-operator");

    /// <summary>What our client has no word for.</summary>
    public async Task SendAsAdaAsync(HttpRequestMessage request)
    {
        using var client = new HttpMessageInvoker(_recording, disposeHandler: false);
        request.Headers.UserAgent.ParseAdd("SreAgent-tests/1.0");
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", AdaToken);
        using var response = await client.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
    }

    public void AssertFaithful() => _recording.AssertFaithful();

    public async ValueTask DisposeAsync()
    {
        _us.ForEach(github => github.Dispose());
        await Simulator.DisposeAsync();
    }
}
