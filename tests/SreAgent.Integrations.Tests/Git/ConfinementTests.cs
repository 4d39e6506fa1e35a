using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>Nothing outside a worktree is read or written, whatever a path says.</summary>
public class ConfinementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Refused => new()
    {
        { "/etc/passwd", "is absolute" },
        { "C:/x", "is absolute" },
        { "\\\\host\\x", "is absolute" },
        { "../x", "leads out" },
        { "a/../../x", "leads out" },
        { "a\\..\\x", "has a backslash" },
        { "a//x", "has an empty part" },
        { "./x", "has an empty part" },
        { "x/", "has an empty part" },
        { "", "is empty" },
        { "a\0b", "has characters that are not text" },
        { "a\nb", "has characters that are not text" },
        { "a\ud800", "has characters that are not text" },
        { ".git", "among git's own files" },
        { ".GIT/config", "among git's own files" },
        { "a/.Git/hooks/pre-commit", "among git's own files" },
        { ".git /config", "among git's own files" },
        { ".git./config", "among git's own files" },
        { ".git::$INDEX_ALLOCATION/config", "among git's own files" },
        { "git~1/config", "among git's own files" },
        { "GIT~2", "among git's own files" },
        { ".g\u200cit/config", "among git's own files" },
        { "\u200e.git", "among git's own files" },
        { "file:stream", "means something else" },
        { "x.", "means something else" },
        { "x ", "means something else" },
        { new string('a', 256), "has a part that is too long" },
        { string.Concat(Enumerable.Repeat("abcdefgh/", 200)) + "x", "is too long" },
    };

    [Theory]
    [InlineData("queue")]
    [InlineData("queue/deeper")]
    public async Task A_pipe_is_named_as_one_and_neither_read_nor_replaced(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Named pipes in folders are a Unix matter.");
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await RunAsync("mkfifo", Path.Combine(sandbox.FolderOf(worktree), "queue"));

        var read = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.ReadFileAsync(worktree, path, cancellationToken: Token));
        var edited = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit(path, Content: "x\n")));

        Assert.All([read, edited], fault => Assert.Contains("'queue' is a pipe, a device or a socket", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await File.WriteAllTextAsync(Path.Combine(sandbox.FolderOf(worktree), "empty"), "", Token);

        Assert.Equal("", GitSandbox.Found<FileView>(await sandbox.Tools.ReadFileAsync(worktree, "empty", cancellationToken: Token)).Text);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_path_that_leads_out_or_into_gits_own_files_is_refused(string path, string why)
    {
        var fault = Assert.Throws<ToolException>(() => WorktreePath.Parse(path));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app.conf")]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".gitignore")]
    [InlineData("-rf")]
    [InlineData("~/x")]
    [InlineData("a b/ü.txt")]
    [InlineData("..x")]
    [InlineData("git~")]
    public void A_path_of_the_repository_is_taken(string path) => Assert.Equal(path, WorktreePath.Parse(path).ToString());

    [Fact]
    public async Task A_link_in_the_repository_leads_nowhere()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var outside = Path.Combine(sandbox.Folder, "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "theirs", Token);
        File.CreateSymbolicLink(Path.Combine(sandbox.Author, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(sandbox.Author, "file"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(Path.Combine(sandbox.Author, "new"), Path.Combine(outside, "new"));
        await sandbox.PublishAsync("Links");
        var worktree = await sandbox.CreateWorktreeAsync();

        await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit("folder/secret", Content: "mine")));
        await sandbox.EditAsync(worktree, new FileEdit("file", Content: "mine"), new FileEdit("new", Content: "mine"));
        var read = GitSandbox.Found<FileView>(await sandbox.Tools.ReadFileAsync(worktree, "folder", cancellationToken: Token));
        var committed = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.CommitChangesAsync(worktree, "Point elsewhere", Token));

        Assert.Equal(outside, read.Text);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(outside, "secret"), Token));
        Assert.Equal(["secret"], Directory.EnumerateFiles(outside).Select(Path.GetFileName));
        Assert.Contains("file is a link", committed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_somebody_made_by_hand_is_not_followed()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var outside = Path.Combine(sandbox.Folder, "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "theirs", Token);
        var worktree = await sandbox.CreateWorktreeAsync();
        var folder = sandbox.FolderOf(worktree);
        File.CreateSymbolicLink(Path.Combine(folder, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(folder, "file"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(Path.Combine(folder, "dangling"), Path.Combine(outside, "new"));

        foreach (var path in new[] { "folder/secret", "folder/new", "folder/a/b", "file", "dangling", "folder" })
        {
            var written = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit(path, Content: "mine")));
            var deleted = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit(path, Delete: true)));
            var read = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.ReadFileAsync(worktree, path, cancellationToken: Token));
            Assert.All([written, deleted, read], fault => Assert.Contains("symbolic link", fault.Message, StringComparison.Ordinal));
        }

        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(outside).Select(Path.GetFileName));
        Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(outside, "secret"), Token));
    }

    [Fact]
    public async Task A_file_shared_with_the_outside_by_a_hard_link_is_replaced_and_not_written_into()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        var outside = Path.Combine(sandbox.Folder, "outside");
        await File.WriteAllTextAsync(outside, "theirs", Token);
        await RunAsync("ln", outside, Path.Combine(sandbox.FolderOf(worktree), "shared"));

        await sandbox.EditAsync(worktree, new FileEdit("shared", Old: "theirs", New: "mine"));

        Assert.Equal("theirs", await File.ReadAllTextAsync(outside, Token));
    }

    /// <summary>
    /// Ten thousand paths put together from the pieces escapes are made of, with links and folders standing about. The seed is in the name
    /// of what fails.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public async Task Whatever_the_path_nothing_outside_the_folder_comes_to_be(int seed)
    {
        string[] pieces =
        [
            "..", ".", "/", "//", "\\", "a", "b", "link", "inner", "file", ".git", ".GIT", "git~1", ".git ", "C:", "~", "%2e%2e", "\u2024\u2024", "．．", "\u200b", "\0", "\n", "..\\",
            "x".PadRight(260, 'x'), "-", "$HOME", "*", "outside", ".sre-agent-1.tmp",
        ];
        var top = Directory.CreateTempSubdirectory("sre-fuzz-").FullName;
        try
        {
            var inside = Path.Combine(top, "root", "tree");
            var outside = Path.Combine(top, "outside");
            Directory.CreateDirectory(Path.Combine(inside, "a", "b"));
            Directory.CreateDirectory(outside);
            await File.WriteAllTextAsync(Path.Combine(inside, ".git"), "gitdir: here", Token);
            await File.WriteAllTextAsync(Path.Combine(outside, "file"), "theirs", Token);
            File.CreateSymbolicLink(Path.Combine(inside, "link"), outside);
            File.CreateSymbolicLink(Path.Combine(inside, "a", "link"), "../../..");
            File.CreateSymbolicLink(Path.Combine(inside, "inner"), "a");
            var files = new WorktreeFiles(inside);
            var random = new Random(seed);
            var written = 0;
            for (var i = 0; i < 2500; i++)
            {
                var path = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)] + (random.Next(2) == 0 ? "/" : ""))).TrimEnd(random.Next(4) == 0 ? '!' : '/');
                try
                {
                    FileEdit[] edits = [new(path, Content: "mine"), .. random.Next(3) == 0 ? [new FileEdit(path, Delete: true)] : Array.Empty<FileEdit>()];
                    await files.ReplaceAsync(await FileEdits.PlanAsync(files, edits, Token), Token);
                    written++;
                }
                catch (ToolException)
                {
                    // Refused, which is what most of them deserve.
                }
            }

            Assert.True(written > 20, $"only {written} were taken");
            Assert.Equal(["outside", "root"], Directory.EnumerateFileSystemEntries(top).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal(["tree"], Directory.EnumerateFileSystemEntries(Path.Combine(top, "root")).Select(Path.GetFileName));
            Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(outside).Select(Path.GetFileName));
            Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(outside, "file"), Token));
            Assert.Equal("gitdir: here", await File.ReadAllTextAsync(Path.Combine(inside, ".git"), Token));
            Assert.True(new FileInfo(Path.Combine(inside, "link")).LinkTarget is not null);
        }
        finally
        {
            Directory.Delete(top, recursive: true);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
    }
}
