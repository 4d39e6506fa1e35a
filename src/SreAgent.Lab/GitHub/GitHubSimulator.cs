using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.GitHub.Routes;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.GitHub;

/// <summary>
/// GitHub's REST interface over repositories in memory: what it holds changes as on the real one, and every change is journaled as
/// <c>github</c>. The description it keeps to is GitHub's own (see tests/specs/github).
/// </summary>
public sealed class GitHubSimulator : IAsyncDisposable
{
    private readonly LabServer _server;
    private readonly GitHubWorld _world;
    private readonly GitHubGate _gate;
    private readonly PushedBranches? _pushed;
    private readonly ArchiveHost _archives;

    private GitHubSimulator(LabServer server, GitHubWorld world, GitHubGate gate, PushedBranches? pushed, ArchiveHost archives, FaultPlan faults) =>
        (_server, _world, _gate, _pushed, _archives, Faults) = (server, world, gate, pushed, archives, faults);

    /// <summary>What a client takes as GitHub's base URL.</summary>
    public Uri Address => _server.Address;

    public FaultPlan Faults { get; }

    /// <summary>Applies from the next request on; what was used counts.</summary>
    public GitHubLimits Limits
    {
        get => _gate.Limits;
        set => _gate.Limits = value;
    }

    /// <param name="seed">What it begins with.</param>
    /// <param name="journal">Is told every change.</param>
    /// <param name="clock">Dates what is made, ends rate-limit windows and tokens.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<GitHubSimulator> StartAsync(GitHubSeed seed, LabJournal journal, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(clock);
        var world = new GitHubWorld(seed);
        var gate = new GitHubGate(seed, clock);
        var pushed = seed.Mirror is { } mirror ? new PushedBranches(mirror, world) : null;
        var faults = new FaultPlan();
        var pipeline = new GitHubPipeline(world, gate, faults, pushed, journal, clock);
        var archives = new ArchiveHost(world, clock);
        await archives.StartAsync(cancellationToken);
        var server = await LabServer.StartAsync(Map, pipeline.ResolveNumberedRepositoryAsync, cancellationToken);
        return new GitHubSimulator(server, world, gate, pushed, archives, faults);

        void Map(IEndpointRouteBuilder routes)
        {
            var map = new GitHubMap(routes, pipeline);
            AccountRoutes.Map(map, gate);
            RepositoryRoutes.Map(map, archives);
            CommitRoutes.Map(map);
            ContentRoutes.Map(map);
            TreeRoutes.Map(map, gate);
            IssueRoutes.Map(map);
            CommentRoutes.Map(map);
            LabelRoutes.Map(map);
            PullRoutes.Map(map);
            ReviewRoutes.Map(map);
            CheckRoutes.Map(map);
            StatusRoutes.Map(map);
            DeploymentRoutes.Map(map);
            map.Otherwise();
        }
    }

    /// <summary>A commit somebody pushes: part of a scenario, so it is not journaled.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="branch">Is made when it does not exist.</param>
    /// <param name="commit">Without parents it comes after the branch's last, or the default branch's.</param>
    public void Push(string repository, string branch, GitHubCommitSeed commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_world.Gate)
        {
            var found = _world.Find(repository) ?? throw new ArgumentException($"There is no repository {repository}.", nameof(repository));
            var parent = found.Resolve($"refs/heads/{branch}") ?? found.Resolve("HEAD");
            found.Refs[$"refs/heads/{branch}"] = found.Add(commit, commit.Parents ?? (parent is null ? [] : [parent.Sha])).Sha;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _archives.DisposeAsync();
        _pushed?.Dispose();
    }
}
