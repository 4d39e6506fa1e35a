using System.Text;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;

namespace SreAgent.Integrations.Tests.Git;

public class EditAndCommitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pool", "is more than once")]
    [InlineData("nowhere", "is not in app.conf")]
    public async Task A_passage_must_be_there_exactly_once(string old, string why)
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await sandbox.EditAsync(worktree, new FileEdit("app.conf", Content: "pool = 1\npool = 2\n"));

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit("app.conf", Old: old, New: "x")));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_edits_are_made_or_none()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        var folder = sandbox.FolderOf(worktree);

        await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(
            worktree, new FileEdit("new/a.txt", Content: "x"), new FileEdit("app.conf", Delete: true), new FileEdit("gone.txt", Delete: true)));
        var atTheEnd = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(
            worktree, new FileEdit("app.conf", Content: "changed"), new FileEdit("new/deep/a.txt", Content: "x"), new FileEdit("b", Content: "a file"), new FileEdit("b/c", Content: "and a folder")));

        Assert.Contains("No file was changed.", atTheEnd.Message, StringComparison.Ordinal);
        Assert.Equal("pool = 10\ntimeout = 5\n", await File.ReadAllTextAsync(Path.Combine(folder, "app.conf"), Token));
        Assert.Equal([".git", "app.conf"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Edits_of_one_file_see_each_other()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();

        var result = await sandbox.EditAsync(
            worktree, new FileEdit("app.conf", Old: "10", New: "20"), new FileEdit("app.conf", Old: "pool = 20", New: "limit = 20"), new FileEdit("t.txt", Content: "x"), new FileEdit("t.txt", Delete: true));

        Assert.Equal([new ChangedPath("app.conf", "modified")], GitSandbox.Found<EditView>(result).Files);
        Assert.Equal("limit = 20\ntimeout = 5\n", await File.ReadAllTextAsync(Path.Combine(sandbox.FolderOf(worktree), "app.conf"), Token));
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData("x", "a", "b", false)]
    [InlineData("x", null, null, true)]
    [InlineData(null, "a", null, false)]
    [InlineData(null, "", "b", false)]
    public async Task An_edit_says_one_thing(string? content, string? old, string? with, bool delete)
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit("app.conf", content, old, with, delete)));

        Assert.Contains("must have either", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_endings_byte_order_mark_and_executable_bit_are_kept()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        var file = Path.Combine(sandbox.FolderOf(worktree), "run.cmd");
        GitSandbox.Plant(file, "\ufeffecho 1\r\necho 2\r\n");
        var mode = GitSandbox.ModeOf(file);

        await sandbox.EditAsync(worktree, new FileEdit("run.cmd", Old: "echo 1\necho 2\n", New: "echo 3\necho 4\n"));
        Assert.Equal("\ufeffecho 3\r\necho 4\r\n", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Token)));
        await sandbox.EditAsync(worktree, new FileEdit("run.cmd", Content: "echo 5\n"));

        Assert.Equal("\ufeffecho 5\r\n", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Token)));
        Assert.Equal(mode, GitSandbox.ModeOf(file));
    }

    [Fact]
    public async Task Binary_and_huge_files_are_noticed()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await File.WriteAllBytesAsync(Path.Combine(sandbox.FolderOf(worktree), "logo.png"), [0x89, 0x50, 0, 1], Token);
        await File.WriteAllBytesAsync(Path.Combine(sandbox.FolderOf(worktree), "huge"), new byte[WorktreeFiles.MostBytes + 1], Token);

        var binary = await Assert.ThrowsAsync<ToolException>(() => sandbox.EditAsync(worktree, new FileEdit("logo.png", Old: "P", New: "Q")));
        var read = Assert.IsType<ToolResult.NoData>(await sandbox.Tools.ReadFileAsync(worktree, "logo.png", cancellationToken: Token));
        var huge = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.ReadFileAsync(worktree, "huge", cancellationToken: Token));

        Assert.Contains("is binary", binary.Message, StringComparison.Ordinal);
        Assert.Contains("is binary", Assert.Single(read.LikelyCauses), StringComparison.Ordinal);
        Assert.Contains("files of more than 2,048 KB", huge.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_file_is_read_in_pieces()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await sandbox.EditAsync(worktree, new FileEdit("long.txt", Content: string.Concat(Enumerable.Range(1, 1000).Select(line => $"line {line}\n"))));

        var first = Assert.IsType<ToolResult.Found>(await sandbox.Tools.ReadFileAsync(worktree, "long.txt", cancellationToken: Token));
        var last = GitSandbox.Found<FileView>(await sandbox.Tools.ReadFileAsync(worktree, "long.txt", 999, 10, Token));

        Assert.Equal("Lines 1 to 400 of 1000.", Assert.Single(first.Evidence.Notes));
        Assert.Equal((999, 1000, "line 999\nline 1000", false), (last.FirstLine, last.TotalLines, last.Text, last.MoreExists));
    }

    [Fact]
    public async Task A_secret_is_not_committed_and_is_named_by_file_and_kind_only()
    {
        const string secret = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
        await using var sandbox = await GitSandbox.CreateAsync(secret: "configured-value-17");
        var worktree = await sandbox.CreateWorktreeAsync();
        await sandbox.EditAsync(worktree, new FileEdit("ci.env", Content: $"A=1\nGITHUB={secret}\n"), new FileEdit("app.conf", Old: "pool = 10", New: "pool = 10 # configured-value-17"));
        await File.WriteAllBytesAsync(Path.Combine(sandbox.FolderOf(worktree), "blob"), [0, 1, .. Encoding.ASCII.GetBytes("AKIAIOSFODNN7EXAMPLE"), 0xFF], Token);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.CommitChangesAsync(worktree, "Configure", Token));

        Assert.Contains("ci.env has a secret in it (github-token)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("app.conf has a secret in it (configured)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("blob has a secret in it (aws-key)", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, fault.Message, StringComparison.Ordinal);
        Assert.Equal("1", await GitSandbox.RunAsync(sandbox.Clone, "rev-list", "--count", "--all"));
        Assert.Equal([new ChangedPath("app.conf", "modified"), new ChangedPath("blob", "untracked"), new ChangedPath("ci.env", "untracked")], GitSandbox.Found<StatusView>(await sandbox.Tools.ShowStatusAsync(worktree, Token)).Changes);
    }

    [Theory]
    [InlineData("Use ghp_abcdefghijklmnopqrstuvwxyz0123456789", "x.txt", "The message has a secret in it (github-token)")]
    [InlineData("Add", "ghp_abcdefghijklmnopqrstuvwxyz0123456789.txt", "The name of a file has a secret in it (github-token)")]
    public async Task Neither_message_nor_name_carries_a_secret(string message, string path, string why)
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync();
        await sandbox.EditAsync(worktree, new FileEdit(path, Content: "x\n"));

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.CommitChangesAsync(worktree, message, Token));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_was_there_before_does_not_keep_others_from_working_on_the_file()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, "old.env"), "TOKEN=ghp_abcdefghijklmnopqrstuvwxyz0123456789\nA=1\n", Token);
        await sandbox.PublishAsync("A mistake of others");
        var worktree = await sandbox.CreateWorktreeAsync();
        await sandbox.EditAsync(worktree, new FileEdit("old.env", Old: "A=1", New: "A=2"));

        GitSandbox.Found<CommitView>(await sandbox.Tools.CommitChangesAsync(worktree, "Raise A", Token));
    }
}
