using System.Diagnostics;
using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Readiness.Trees;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness;

public sealed class FolderSourceTreeTests : IDisposable
{
    private readonly DocumentTree _files = new();
    private readonly DocumentTree _outside = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task Files_are_listed_in_ordinal_order_of_their_whole_paths()
    {
        foreach (var path in new[] { "a/b.md", "a-b/c.md", "a.md", "Z.md", "a/B.md" })
        {
            _files.Write(path, "x");
        }

        Assert.Equal(["Z.md", "a-b/c.md", "a.md", "a/B.md", "a/b.md"], (await ListAsync()).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Links_are_listed_and_never_followed()
    {
        _outside.Write("secret.md", "outside");
        _files.Write("inside.md", "inside");
        _files.Link("folder", _outside.Folder);
        _files.Link("file.md", _outside.Path("secret.md"));
        _files.Link("loop", _files.Folder);

        var listing = await ListAsync();

        Assert.Equal(["inside.md"], listing.Files.Select(file => file.Path));
        Assert.Equal(["file.md", "folder", "loop"], listing.NotLookedAt.Select(line => line.Split(':')[0]));
        Assert.Null(await ReadAsync("file.md"));
        Assert.Null(await ReadAsync("folder/secret.md"));
        Assert.Null(await ReadAsync("loop/inside.md"));
    }

    [Theory]
    [InlineData("../secret.md")]
    [InlineData("a/../../secret.md")]
    [InlineData("a/./b.md")]
    [InlineData("./a/b.md")]
    [InlineData("a//b.md")]
    [InlineData("/etc/hostname")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("a/b.md\0")]
    [InlineData("missing.md")]
    public async Task Nothing_is_read_but_what_is_listed(string path)
    {
        _files.Write("a/b.md", "inside");

        Assert.Null(await ReadAsync(path));
    }

    [Fact]
    public async Task A_folder_reached_through_a_link_is_reviewed_where_it_is()
    {
        _files.Write("a.md", "inside");
        var tree = new FolderSourceTree("service", _outside.Link("service", _files.Folder));

        Assert.Equal("inside", Encoding.UTF8.GetString((await tree.ReadAsync("a.md", 100, Token))!.Value.Span));
    }

    [Fact]
    public async Task A_file_that_becomes_a_link_after_it_was_listed_is_not_followed()
    {
        var tree = new FolderSourceTree("service", _files.Folder);
        _files.Write("a.md", "inside");
        await tree.ListAsync(Token);
        _files.Delete("a.md");
        _files.Link("a.md", _outside.Write("secret.md", "outside"));

        Assert.Null(await tree.ReadAsync("a.md", 100, Token));
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        using (var made = Process.Start("mkfifo", _files.Path("pipe.md")))
        {
            await made.WaitForExitAsync(Token);
        }

        await ListAsync();

        Assert.True((await ReadAsync("pipe.md"))!.Value.IsEmpty);
    }

    [Fact]
    public async Task What_version_control_keeps_for_itself_is_left_out()
    {
        _files.Write(".git/config", "x");
        _files.Write("sub/.hg/store", "x");
        _files.Write(".github/workflows/ci.yml", "x");

        Assert.Equal([".github/workflows/ci.yml"], (await ListAsync()).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Beyond_the_limit_what_lies_deepest_is_left_out_and_told()
    {
        for (var i = 0; i < 30; i++)
        {
            _files.Write($"node_modules/p{i}/index.js", "x");
        }

        _files.Write("src/app.cs", "x");
        var listing = await new FolderSourceTree("service", _files.Folder, most: 33).ListAsync(Token);

        Assert.Contains(listing.Files, file => file.Path == "src/app.cs");
        Assert.Contains("more than 33 files and folders", Assert.Single(listing.NotLookedAt), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_links_are_told_in_a_few_lines()
    {
        for (var i = 0; i < 100; i++)
        {
            _files.Link($"link{i:000}", "/");
        }

        var told = (await ListAsync()).NotLookedAt;

        Assert.Equal(21, told.Count);
        Assert.Equal("80 more: a link, which is not followed", told[^1]);
    }

    [Fact]
    public async Task No_more_of_a_file_is_read_than_asked_for()
    {
        _files.Write("a.md", "0123456789");

        Assert.Equal(4, (await new FolderSourceTree("service", _files.Folder).ReadAsync("a.md", 4, Token))!.Value.Length);
    }

    [Fact]
    public async Task Of_a_clean_checkout_only_what_belongs_to_the_commit_is_read()
    {
        _files.Write("a.md", "tracked");
        _files.Write("notes.md", "ignored");
        var tree = new FolderSourceTree("service", _files.Folder, new CleanCheckout("1f4e", new HashSet<string>(StringComparer.Ordinal) { "a.md" }));

        var listing = await tree.ListAsync(Token);

        Assert.Equal(["a.md"], listing.Files.Select(file => file.Path));
        Assert.Contains("1 files that git ignores", Assert.Single(listing.NotLookedAt), StringComparison.Ordinal);
        Assert.Null(await tree.ReadAsync("notes.md", 100, Token));
    }

    [Fact]
    public async Task A_folder_nobody_may_open_is_said_to_be_so()
    {
        // Gone between being named and being listed: what a user without rights sees, and can be arranged as any user.
        var tree = new FolderSourceTree("service", _outside.Path(""));
        _outside.Dispose();

        Assert.Contains("may not be opened", (await Assert.ThrowsAsync<ToolException>(() => tree.ListAsync(Token))).Message, StringComparison.Ordinal);
    }

    private Task<SourceListing> ListAsync() => new FolderSourceTree("service", _files.Folder).ListAsync(Token);

    private ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path) => new FolderSourceTree("service", _files.Folder).ReadAsync(path, 1_000, Token);
}
