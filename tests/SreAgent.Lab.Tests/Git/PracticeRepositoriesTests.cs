using SreAgent.Lab.Fleet;
using SreAgent.Lab.Git;
using SreAgent.Testing;

namespace SreAgent.Lab.Tests.Git;

/// <summary>Hashes are held against the real git, which is asked for everything here.</summary>
public sealed class PracticeRepositoriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Since = new(2026, 11, 20, 9, 0, 0, 700, TimeSpan.Zero);

    private readonly LabImages _images = new(Since);
    private PracticeRepositories? _repositories;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PracticeRepositories Repositories => _repositories ?? throw new InvalidOperationException("Not made yet.");

    public async ValueTask InitializeAsync() => _repositories = await PracticeRepositories.CreateAsync(_images, Token);

    public ValueTask DisposeAsync() => Directory.Exists(Repositories.Folder) ? Repositories.DisposeAsync() : ValueTask.CompletedTask;

    [Fact]
    public async Task Git_computes_the_hashes_that_images_and_code_host_name()
    {
        Assert.NotEmpty(_images.All);
        foreach (var app in _images.All.GroupBy(build => build.Image.App))
        {
            Assert.Equal(app.Select(build => build.Commit.Id), Lines(await GitAsync(app.Key, "rev-list", "--reverse", "main")));
            foreach (var build in app)
            {
                Assert.Equal(build.Commit.Id, await GitAsync(app.Key, "rev-parse", $"refs/tags/{build.Image.Tag}^{{commit}}"));
                Assert.Equal(build.Image.Labels["org.opencontainers.image.revision"], build.Commit.Id);
            }
        }
    }

    [Fact]
    public async Task Trees_and_files_are_named_as_git_names_them()
    {
        // A folder sorts as if it ended in a slash, and names by their bytes.
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.txt"] = "1\n", ["a/b.txt"] = "2\n", ["a0"] = "", ["é"] = "ü\n", ["z/y/x"] = "3" };
        var history = new ImportStream();
        history.Commit("refs/heads/odd", "Grace Hopper", Since, "Odd names", files.ToDictionary(file => file.Key, file => (string?)file.Value), "odd");
        await ImportAsync(history);

        Assert.Equal(GitObjects.TreeId(files), await GitAsync("checkout", "rev-parse", "odd^{tree}"));
        Assert.Equal(GitObjects.BlobId("ü\n"), await GitAsync("checkout", "rev-parse", "odd:é"));
        Assert.Equal(GitObjects.CommitId(GitObjects.TreeId(files), [], "Grace Hopper", Since, "Odd names"), await GitAsync("checkout", "rev-parse", "odd"));
    }

    [Fact]
    public void The_same_moment_gives_the_same_hashes_and_another_moment_others()
    {
        Assert.Equal(_images.All.Select(build => build.Commit.Id), new LabImages(Since).All.Select(build => build.Commit.Id));
        Assert.Empty(_images.All.Select(build => build.Commit.Id).Intersect(new LabImages(Since.AddSeconds(1)).All.Select(build => build.Commit.Id), StringComparer.Ordinal));
    }

    [Fact]
    public async Task They_are_sound_and_have_a_main_branch_and_no_hooks()
    {
        Assert.Equal("", await GitAsync("checkout", "fsck", "--strict", "--no-dangling"));
        Assert.Equal("refs/heads/main", await GitAsync("checkout", "symbolic-ref", "HEAD"));
        Assert.False(Directory.Exists(Path.Combine(Repositories.PathOf("checkout"), "hooks")));
    }

    [Fact]
    public async Task Nothing_is_left_of_them()
    {
        await Repositories.DisposeAsync();

        Assert.False(Directory.Exists(Repositories.Folder));
    }

    [Fact]
    public async Task What_is_pushed_is_told_once_with_its_parents_and_files()
    {
        var mirror = Repositories.Mirror;
        var before = await mirror.BranchesAsync("practice/checkout", Token);
        Assert.Same(before, await mirror.BranchesAsync("practice/checkout", Token));
        var history = new ImportStream();
        history.Commit("refs/heads/sre/1", "ada", Since, "One\n\nBecause.", Files(("a/b.txt", "1\n"), ("c.txt", "2\n")), "t1");
        history.Commit("refs/heads/sre/1", "bob", Since.AddMinutes(1), "Two", Files(("a/b.txt", null), ("c.txt", "3\n")), "t2");
        await ImportAsync(history);

        var now = await mirror.BranchesAsync("practice/checkout", Token);
        var known = _images.Of("checkout").Select(build => build.Commit.Id).Append(new string('e', 40)).ToArray();
        var commits = await mirror.CommitsAsync("practice/checkout", [now!["sre/1"]], known, Token);

        Assert.Equal(["main"], before!.Keys);
        Assert.Equal(["main", "sre/1"], now.Keys.Order());
        Assert.Equal([("One\n\nBecause.", "ada"), ("Two", "bob")], commits.Select(commit => (commit.Message, commit.Author)));
        Assert.Equal([commits[0].Sha], commits[1].Parents);
        Assert.Equal(Since.AddMinutes(1).ToUnixTimeSeconds(), commits[1].At.ToUnixTimeSeconds());
        Assert.Equal(Files(("a/b.txt", "1\n"), ("c.txt", "2\n")), commits[0].Files);
        Assert.Equal(Files(("a/b.txt", null), ("c.txt", "3\n")), commits[1].Files);
        Assert.Empty(await mirror.CommitsAsync("practice/checkout", [now["sre/1"]], [now["sre/1"]], Token));
    }

    [Fact]
    public async Task Repositories_it_does_not_have_are_not_looked_for()
    {
        Assert.Null(await Repositories.Mirror.BranchesAsync("practice/elsewhere", Token));
        Assert.Null(await Repositories.Mirror.BranchesAsync("acme/checkout", Token));
    }

    private static Dictionary<string, string?> Files(params (string Path, string? Content)[] files) => files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<string> GitAsync(string app, params string[] arguments) => RealGit.RunAsync(Repositories.PathOf(app), arguments);

    private Task ImportAsync(ImportStream history) => RealGit.RunAsync(Repositories.PathOf("checkout"), history.Bytes, "fast-import", "--quiet");
}
