using SreAgent.Lab.GitHub;
using SreAgent.Testing.GitHub;

namespace SreAgent.Lab.Tests.GitHub;

/// <summary>What arrives in the repositories behind the simulator is there for the next request.</summary>
public class PushedBranchesTests
{
    private static readonly string Pushed = new('a', 40);

    [Fact]
    public async Task A_pushed_branch_can_be_looked_at_and_become_a_pull_request()
    {
        var remote = new Remote();
        await using var lab = await GitHubLab.StartAsync(seed => seed with { Mirror = remote });
        Assert.Equal(404, (await lab.GetAsync($"{GitHubLab.Checkout}/git/ref/heads/sre/1")).Status);
        remote.Push("sre/1");

        var reference = await lab.GetAsync($"{GitHubLab.Checkout}/git/ref/heads/sre/1");
        var commit = await lab.GetAsync($"{GitHubLab.Checkout}/commits/{Pushed}");
        var compared = await lab.GetAsync($"{GitHubLab.Checkout}/compare/main...sre/1");
        var content = await lab.GetAsync($"{GitHubLab.Checkout}/contents/docs/pushed.md?ref=sre/1", "application/vnd.github.raw+json");
        var opened = await lab.PostAsync($"{GitHubLab.Checkout}/pulls", new { title = "Pushed", head = "sre/1", @base = "main" });
        var files = await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46/files");

        Assert.Equal(Pushed, reference["object.sha"]);
        Assert.Equal("Pushed", commit["commit.message"]);
        Assert.Equal("1", compared["ahead_by"]);
        Assert.Equal("Hello\n", content.Text);
        Assert.Equal((201, Pushed), (opened.Status, opened["head.sha"]));
        Assert.Equal(["docs/pushed.md"], files.Each("filename"));
        lab.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_branch_that_is_deleted_there_goes_unless_a_pull_request_shows_it()
    {
        var remote = new Remote();
        await using var lab = await GitHubLab.StartAsync(seed => seed with { Mirror = remote });
        remote.Push("sre/1");
        remote.Push("sre/2");
        await lab.PostAsync($"{GitHubLab.Checkout}/pulls", new { title = "Pushed", head = "sre/1", @base = "main" });
        remote.Delete("sre/1");
        remote.Delete("sre/2");

        Assert.Equal(200, (await lab.GetAsync($"{GitHubLab.Checkout}/pulls/46")).Status);
        Assert.Equal(404, (await lab.GetAsync($"{GitHubLab.Checkout}/branches/sre/2")).Status);
    }

    [Fact]
    public async Task Branches_only_the_simulator_knows_stay_as_they_are()
    {
        var remote = new Remote();
        await using var lab = await GitHubLab.StartAsync(seed => seed with { Mirror = remote });
        await lab.PostAsync($"{GitHubLab.Checkout}/git/refs", new { @ref = "refs/heads/mine", sha = SampleGitHub.V42 });
        remote.Push("sre/1");

        Assert.Equal(SampleGitHub.V42, (await lab.GetAsync($"{GitHubLab.Checkout}/git/ref/heads/mine"))["object.sha"]);
        Assert.Equal(SampleGitHub.Fix, (await lab.GetAsync($"{GitHubLab.Checkout}/git/ref/heads/fix/timeouts"))["object.sha"]);
    }

    /// <summary>One commit on V43, on as many branches as are pushed.</summary>
    private sealed class Remote : IRepositoryMirror
    {
        private Dictionary<string, string> _branches = new(StringComparer.Ordinal) { ["main"] = SampleGitHub.V43 };

        public void Push(string branch) => _branches = new Dictionary<string, string>(_branches, StringComparer.Ordinal) { [branch] = Pushed };

        public void Delete(string branch) => _branches = _branches.Where(pair => pair.Key != branch).ToDictionary(StringComparer.Ordinal);

        public Task<IReadOnlyDictionary<string, string>?> BranchesAsync(string repository, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>?>(repository == SampleGitHub.Repository ? _branches : null);

        public Task<IReadOnlyList<GitHubCommitSeed>> CommitsAsync(string repository, IReadOnlyCollection<string> heads, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
        {
            Assert.Equal([Pushed], heads.Distinct(StringComparer.Ordinal));
            Assert.Contains(SampleGitHub.V43, known);
            return Task.FromResult<IReadOnlyList<GitHubCommitSeed>>(
            [
                new GitHubCommitSeed(Pushed, "Pushed", "sre-agent", SampleGitHub.Start.AddMinutes(30))
                {
                    Parents = [SampleGitHub.V43],
                    Files = new Dictionary<string, string?>(StringComparer.Ordinal) { ["docs/pushed.md"] = "Hello\n" },
                },
            ]);
        }
    }
}
