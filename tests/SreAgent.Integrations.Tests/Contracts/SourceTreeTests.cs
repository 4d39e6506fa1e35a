using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Lab.GitHub;
using SreAgent.Testing.GitHub;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>A commit on the simulated GitHub, read like a folder.</summary>
public class SourceTreeTests
{
    private static readonly RepositorySubject Checkout = new(SampleGitHub.Repository);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, '3')]
    [InlineData("fix/timeouts", 'f')]
    [InlineData("1111111", '1')]
    public async Task A_name_means_one_commit(string? reference, char commit)
    {
        await using var github = await SimulatedGitHub.StartAsync();

        var tree = await github.Trees.OpenAsync(Checkout with { Reference = reference }, Token);
        await using var held = tree as IAsyncDisposable;

        Assert.Equal((new string(commit, 40), reference is null ? "acme/checkout" : $"acme/checkout@{reference}"), (tree.Commit, tree.Subject));
    }

    [Fact]
    public async Task Its_files_are_listed_and_read_with_few_requests()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var tree = await github.Trees.OpenAsync(Checkout, Token);
        await using var held = tree as IAsyncDisposable;

        var listing = await tree.ListAsync(Token);

        Assert.Equal(["fly.toml 17", "migrations/7.sql 36", "src/checkout.cs 30"], listing.Files.Select(file => $"{file.Path} {file.Size}"));
        Assert.Empty(listing.NotLookedAt);
        Assert.Equal("class Checkout\n{\n    // v43\n}\n", await TextAsync(tree, "src/checkout.cs"));
        Assert.Equal("class", await TextAsync(tree, "src/checkout.cs", most: 5));
        Assert.Null(await TextAsync(tree, "no/such"));
        Assert.Equal(["/repos/acme/checkout/commits/HEAD", $"/repos/acme/checkout/git/trees/{SampleGitHub.V43}", $"/repos/acme/checkout/tarball/{SampleGitHub.V43}"], github.Recording.Exchanges.Select(exchange => exchange.Path));
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task The_archives_host_is_not_told_who_we_are()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var tree = await github.Trees.OpenAsync(Checkout, Token);
        await using var held = tree as IAsyncDisposable;

        await tree.ListAsync(Token);

        var (address, headers) = Assert.Single(github.Archives.Asked);
        Assert.NotEqual(github.Simulator.Address.Port, address.Port);
        Assert.DoesNotContain("Authorization", headers);
    }

    [Fact]
    public async Task A_commit_held_open_is_downloaded_once()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var first = await github.Trees.OpenAsync(Checkout, Token);
        await using (first as IAsyncDisposable)
        {
            await first.ListAsync(Token);
            var second = await github.Trees.OpenAsync(Checkout with { Reference = "main" }, Token);
            await using var held = second as IAsyncDisposable;

            Assert.Equal("app = \"checkout\"\n", await TextAsync(second, "fly.toml"));
            Assert.Equal("acme/checkout@main", second.Subject);
        }

        Assert.Single(github.Archives.Asked);
        var third = await github.Trees.OpenAsync(Checkout, Token);
        await using var again = third as IAsyncDisposable;
        await third.ListAsync(Token);
        Assert.Equal(2, github.Archives.Asked.Count);
    }

    [Fact]
    public async Task What_attributes_keep_out_of_archives_is_read_all_the_same()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => With(seed, (".gitattributes", "/docs export-ignore\n"), ("docs/runbook.md", "# Runbook\n"), ("app.txt", "x\n")));
        var tree = await github.Trees.OpenAsync(Checkout, Token);
        await using var held = tree as IAsyncDisposable;

        Assert.Contains("docs/runbook.md", (await tree.ListAsync(Token)).Files.Select(file => file.Path));
        Assert.Equal("# Runbook\n", await TextAsync(tree, "docs/runbook.md"));
        Assert.Contains(github.Recording.Exchanges, exchange => exchange.Path.Contains("/git/blobs/", StringComparison.Ordinal));
        github.Recording.AssertFaithful();
    }

    [Fact]
    public async Task A_list_that_is_cut_says_so_and_the_archive_fills_it()
    {
        await using var github = await SimulatedGitHub.StartAsync(change: seed => With(seed, ("a.txt", "a\n"), ("b.txt", "b\n"), ("c.txt", "c\n")) with { Limits = new GitHubLimits { TreeEntries = 1 } });
        var tree = await github.Trees.OpenAsync(Checkout, Token);
        await using var held = tree as IAsyncDisposable;

        var listing = await tree.ListAsync(Token);

        Assert.Equal(["a.txt", "b.txt", "c.txt"], listing.Files.Select(file => file.Path));
        Assert.Contains("does not list all files", Assert.Single(listing.NotLookedAt), StringComparison.Ordinal);
        Assert.Equal("c\n", await TextAsync(tree, "c.txt"));
    }

    [Fact]
    public async Task A_repository_that_is_hidden_is_told_with_what_it_takes()
    {
        await using var github = await SimulatedGitHub.StartAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => github.Trees.OpenAsync(new RepositorySubject("acme/nothing"), Token));

        Assert.Contains("GitHub answers 404 also for what our credentials may not see", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_request_is_measured_from_where_it_parted()
    {
        await using var github = await SimulatedGitHub.StartAsync();
        var opened = await github.Api.CreatePullRequestAsync(SimulatedGitHub.Checkout, new("Give up sooner", "fix/timeouts", "main", "Why", Draft: false), Token);

        var facts = await github.PullRequests.FactsAsync(SampleGitHub.Repository, (int)opened.Number, Token);

        Assert.Equal((SampleGitHub.Fix, SampleGitHub.V42, "main"), (facts.Head, facts.Base, facts.Target));
        Assert.Equal([("docs/timeouts.md", PathChange.Added), ("fly.toml", PathChange.Removed)], facts.Files.Select(file => (file.Path, file.Change)));
        Assert.Equal((true, false, false), (facts.IsOpen, facts.IsFork, facts.FilesCut));
        Assert.Equal(SampleGitHub.Fix, await github.Trees.HeadAsync(Checkout with { PullRequest = facts.Number }, Token));
    }

    private static async Task<string?> TextAsync(ISourceTree tree, string path, int most = 1000) =>
        await tree.ReadAsync(path, most, Token) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private static GitHubSeed With(GitHubSeed seed, params (string Path, string Content)[] files) => seed with
    {
        Repositories =
        [
            new(SampleGitHub.Repository)
            {
                Commits = [new(SampleGitHub.V41, "Begin", "ada", SampleGitHub.Start) { Files = files.ToDictionary(file => file.Path, file => (string?)file.Content, StringComparer.Ordinal) }],
            },
        ],
    };
}
