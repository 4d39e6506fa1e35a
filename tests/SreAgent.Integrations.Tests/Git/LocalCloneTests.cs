using System.Diagnostics;
using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git.Local;
using SreAgent.Testing;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>Repositories on this machine, read by the real git, with everything in them taken for an attack.</summary>
public sealed class LocalCloneTests : IDisposable
{
    private readonly DocumentTree _files = new();
    private readonly LocalClones _clones = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Clone => _files.Path("clone");

    private string Alarm => _files.Path("alarm");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_checkout_whose_files_are_as_committed_is_clean()
    {
        var commit = await CommitAsync();
        _files.Write("clone/build.log", "ignored");

        var checkout = await _clones.CheckoutAsync(Clone, Token);

        Assert.Equal(commit, checkout!.Commit);
        Assert.Equal([".gitignore", "README.md", "svc/run.md"], checkout.Tracked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_a_checkout_is_at_its_commit()
    {
        var commit = await CommitAsync();

        var checkout = await _clones.CheckoutAsync(_files.Path("clone/svc"), Token);

        Assert.Equal((commit, "run.md"), (checkout!.Commit, Assert.Single(checkout.Tracked)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("new.md")]
    [InlineData("svc/new.md")]
    public async Task One_changed_or_new_file_makes_it_no_commit(string path)
    {
        await CommitAsync();
        _files.Write($"clone/{path}", "changed");

        Assert.Null(await _clones.CheckoutAsync(Clone, Token));
    }

    [Theory]
    [InlineData("--assume-unchanged")]
    [InlineData("--skip-worktree")]
    public async Task What_the_index_says_of_itself_is_not_believed(string flag)
    {
        await CommitAsync();
        await RealGit.RunAsync(Clone, "update-index", flag, "README.md");
        _files.Write("clone/README.md", "changed");

        Assert.Null(await _clones.CheckoutAsync(Clone, Token));
    }

    [Fact]
    public async Task What_is_staged_is_no_commit()
    {
        await CommitAsync();
        _files.Write("clone/README.md", "staged");
        await RealGit.RunAsync(Clone, "add", "-A");

        Assert.Null(await _clones.CheckoutAsync(Clone, Token));
    }

    [Fact]
    public async Task A_folder_of_no_repository_is_no_commit() => Assert.Null(await _clones.CheckoutAsync(Directory.CreateDirectory(_files.Path("plain")).FullName, Token));

    [Theory]
    [InlineData("HEAD")]
    [InlineData("main")]
    [InlineData("v1")]
    [InlineData("refs/heads/main")]
    [InlineData("{hash}")]
    [InlineData("{short}")]
    public async Task A_commit_is_read_by_its_names_and_not_from_the_disk(string name)
    {
        var commit = await CommitAsync();
        await RealGit.RunAsync(Clone, "tag", "-a", "v1", "-m", "first");
        await RealGit.RunAsync(Clone, "pack-refs", "--all");
        _files.Write("clone/README.md", "changed on disk");
        var tree = await _clones.OpenAsync("clone", Clone, name.Replace("{hash}", commit, StringComparison.Ordinal).Replace("{short}", commit[..9], StringComparison.Ordinal), Token);
        await using var _ = (IAsyncDisposable)tree;

        Assert.Equal(commit, tree.Commit);
        Assert.Equal([".gitignore", "README.md", "svc/run.md"], (await tree.ListAsync(Token)).Files.Select(file => file.Path));
        Assert.Equal("# Checkout\n", await TextAsync(tree, "README.md"));
        Assert.Equal("# C", await TextAsync(tree, "README.md", most: 3));
        Assert.Equal("Roll back with make.\n", await TextAsync(tree, "svc/run.md"));
        Assert.Null(await tree.ReadAsync("missing.md", 10, Token));
        Assert.Null(await tree.ReadAsync("../clone/README.md", 10, Token));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("--upload-pack=touch")]
    [InlineData("main:README.md")]
    [InlineData("main~1")]
    [InlineData("@{-1}")]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    public async Task Nothing_but_a_branch_a_tag_or_a_hash_names_a_commit(string reference)
    {
        await CommitAsync();

        var refusal = await Assert.ThrowsAsync<ToolException>(() => _clones.OpenAsync("clone", Clone, reference, Token));

        Assert.Contains("no branch, tag or commit", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_linked_worktree_is_read_where_both_sides_agree()
    {
        var commit = await CommitAsync();
        await RealGit.RunAsync(Clone, "worktree", "add", "-q", _files.Path("linked"), "-b", "side");

        Assert.Equal(commit, (await _clones.CheckoutAsync(_files.Path("linked"), Token))!.Commit);
    }

    [Fact]
    public async Task Nobody_can_point_into_another_repository()
    {
        await CommitAsync();
        _files.Write("evil/.git", $"gitdir: {Clone}/.git\n");

        Assert.Null(await _clones.CheckoutAsync(_files.Path("evil"), Token));
        await Assert.ThrowsAsync<ToolException>(() => _clones.OpenAsync("evil", _files.Path("evil"), "main", Token));
    }

    [Fact]
    public async Task Nothing_in_a_repository_is_run()
    {
        await CommitAsync();
        var alarm = $"touch {Alarm}";
        _files.Write("clone/.gitattributes", "* filter=evil diff=evil\n");
        await RealGit.RunAsync(Clone, "add", "-A");
        await RealGit.RunAsync(Clone, "commit", "-qm", "attributes");
        foreach (var key in new[] { "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "core.sshCommand", "core.pager", "uploadpack.packObjectsHook", "alias.status", "alias.ls-tree" })
        {
            await RealGit.RunAsync(Clone, "config", key, key.StartsWith("alias", StringComparison.Ordinal) ? $"!{alarm}" : alarm);
        }

        foreach (var hook in new[] { "post-index-change", "fsmonitor-watchman", "post-checkout", "pre-commit", "reference-transaction" })
        {
            await RunnableAsync(_files.Write($"clone/.git/hooks/{hook}", $"#!/bin/sh\n{alarm}\n"));
        }

        _files.Write("clone/README.md", "changed so that its content is looked at");
        await _clones.CheckoutAsync(Clone, Token);
        var tree = await _clones.OpenAsync("clone", Clone, "main", Token);
        await using (tree as IAsyncDisposable)
        {
            Assert.Equal("# Checkout\n", await TextAsync(tree, "README.md"));
        }

        Assert.False(File.Exists(Alarm));
    }

    [Fact]
    public async Task Reading_leaves_nothing_behind()
    {
        await CommitAsync();
        var before = Snapshot();
        await _clones.CheckoutAsync(Clone, Token);
        var tree = await _clones.OpenAsync("clone", Clone, "main", Token);
        await TextAsync(tree, "README.md");
        await ((IAsyncDisposable)tree).DisposeAsync();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_question_given_up_in_the_middle_does_not_confuse_the_next()
    {
        await CommitAsync();
        var tree = await _clones.OpenAsync("clone", Clone, "main", Token);
        await using var _ = (IAsyncDisposable)tree;
        await tree.ListAsync(Token);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tree.ReadAsync("README.md", 100, stopped.Token).AsTask());

        Assert.Equal("Roll back with make.\n", await TextAsync(tree, "svc/run.md"));
    }

    private static async Task RunnableAsync(string file)
    {
        using var made = Process.Start("chmod", ["755", file]);
        await made.WaitForExitAsync(Token);
    }

    private string Snapshot() => string.Join('\n', Directory.EnumerateFileSystemEntries(Clone, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => $"{path} {(File.Exists(path) ? File.GetLastWriteTimeUtc(path).Ticks : 0)}"));

    private static async Task<string?> TextAsync(ISourceTree tree, string path, int most = 1_000) =>
        await tree.ReadAsync(path, most, Token) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private async Task<string> CommitAsync()
    {
        _files.Write("clone/README.md", "# Checkout\n");
        _files.Write("clone/.gitignore", "*.log\n");
        _files.Write("clone/svc/run.md", "Roll back with make.\n");
        await RealGit.RunAsync(Clone, "init", "-q", "-b", "main");
        await RealGit.RunAsync(Clone, "add", "-A");
        await RealGit.RunAsync(Clone, "commit", "-qm", "first");
        return await RealGit.RunAsync(Clone, "rev-parse", "HEAD");
    }
}
