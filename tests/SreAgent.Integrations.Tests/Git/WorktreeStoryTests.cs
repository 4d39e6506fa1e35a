using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>The life of a worktree, over the real git and a real remote.</summary>
public class WorktreeStoryTests
{
    private const string Branch = "sre/1-raise-pool-limit";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_first_clone_left_is_cleared_away_and_what_another_process_makes_is_not()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var repositories = Path.GetDirectoryName(sandbox.Clone)!;
        var (left, growing, other) = ($".checkout-{Guid.NewGuid():N}", $".checkout-{Guid.NewGuid():N}", $".checkout-api-{Guid.NewGuid():N}");
        foreach (var (name, age) in new[] { (left, TimeSpan.FromHours(1)), (growing, TimeSpan.Zero), (other, TimeSpan.FromHours(1)) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(repositories, name, "objects")).Parent!;
            folder.LastWriteTimeUtc = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        }

        await sandbox.CreateWorktreeAsync();

        Assert.Equal(new[] { growing, other, "checkout.git" }.Order(StringComparer.Ordinal), Directory.GetDirectories(repositories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_worktree_is_made_edited_looked_at_committed_pushed_and_removed()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var made = GitSandbox.Found<StatusView>(await sandbox.Tools.CreateWorktreeAsync(GitSandbox.Repository, Branch, cancellationToken: Token));
        Assert.Equal((Branch, true, await sandbox.RemoteHeadAsync("main"), 0), (made.Branch, made.Clean, made.Base, made.Unpushed));
        Assert.Equal(sandbox.FolderOf(made.Worktree), made.Folder);

        await sandbox.EditAsync(made.Worktree, new FileEdit("app.conf", Old: "pool = 10", New: "pool = 40"), new FileEdit("docs/why.md", Content: "Pools ran dry.\n"));
        var diff = GitSandbox.Found<DiffView>(await sandbox.Tools.ShowDiffAsync(made.Worktree, cancellationToken: Token));
        Assert.Equal([("app.conf", 1, 1), ("docs/why.md", 1, 0)], diff.Files.Select(file => (file.Path, file.Added, file.Deleted)));
        Assert.Contains("+pool = 40", diff.Patch, StringComparison.Ordinal);
        Assert.Contains("+Pools ran dry.", diff.Patch, StringComparison.Ordinal);

        var status = GitSandbox.Found<StatusView>(await sandbox.Tools.ShowStatusAsync(made.Worktree, Token));
        Assert.Equal([new ChangedPath("app.conf", "modified"), new ChangedPath("docs/why.md", "untracked")], status.Changes);

        var commit = GitSandbox.Found<CommitView>(await sandbox.Tools.CommitChangesAsync(made.Worktree, "Raise the pool limit\n\n# because it ran dry", Token));
        Assert.Equal("Ada <ada@example.com>", await GitSandbox.RunAsync(sandbox.Clone, "log", "-1", "--format=%an <%ae>", commit.Commit));
        Assert.EndsWith("# because it ran dry", await GitSandbox.RunAsync(sandbox.Clone, "log", "-1", "--format=%B", commit.Commit), StringComparison.Ordinal);
        Assert.IsType<ToolResult.NoData>(await sandbox.Tools.CommitChangesAsync(made.Worktree, "Again", Token));

        await sandbox.Tools.PushBranchAsync(made.Worktree, "origin", Branch, Token);
        Assert.Equal(commit.Commit, await sandbox.RemoteHeadAsync(Branch));
        Assert.IsType<ToolResult.NoData>(await sandbox.Tools.PushBranchAsync(made.Worktree, "origin", Branch, Token));

        await sandbox.Tools.RemoveWorktreeAsync(made.Worktree, Token);
        Assert.False(Directory.Exists(made.Folder));
        Assert.IsType<ToolResult.NoData>(await sandbox.Tools.ListWorktreesAsync(Token));
        Assert.Equal(commit.Commit, await GitSandbox.RunAsync(sandbox.Clone, "rev-parse", $"refs/heads/{Branch}"));
    }

    [Fact]
    public async Task The_list_shows_what_each_worktree_holds()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var empty = Assert.IsType<ToolResult.NoData>(await sandbox.Tools.ListWorktreesAsync(Token));
        Assert.Contains(GitSandbox.Repository, Assert.Single(empty.LikelyCauses), StringComparison.Ordinal);
        var first = await sandbox.CreateWorktreeAsync("sre/1-a");
        var second = await sandbox.CreateWorktreeAsync("sre/2-b");
        await sandbox.EditAsync(second, new FileEdit("new.txt", Content: "x"));

        var list = GitSandbox.Found<WorktreeList>(await sandbox.Tools.ListWorktreesAsync(Token));

        Assert.Equal([(first, "sre/1-a", 0), (second, "sre/2-b", 1)], list.Worktrees.Select(worktree => (worktree.Worktree, worktree.Branch, worktree.Changes)));
        Assert.Equal([GitSandbox.Repository], list.Repositories);
    }

    [Fact]
    public async Task A_worktree_that_cannot_be_read_does_not_hide_the_others()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var broken = await sandbox.CreateWorktreeAsync("sre/1-a");
        var whole = await sandbox.CreateWorktreeAsync("sre/2-b");
        await File.WriteAllTextAsync(Path.Combine(sandbox.Worktrees.Find(broken).GitDir, "HEAD"), "nonsense", Token);

        var list = Assert.IsType<ToolResult.Found>(await sandbox.Tools.ListWorktreesAsync(Token));

        Assert.Equal([whole], GitSandbox.Found<WorktreeList>(list).Worktrees.Select(worktree => worktree.Worktree));
        Assert.Contains(list.Evidence.Notes, note => note.StartsWith($"{broken} cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worktree_can_begin_at_the_exact_commit_of_a_running_release()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var released = await sandbox.RemoteHeadAsync("main");
        await GitSandbox.RunAsync(sandbox.Author, "push", "-q", "origin", "main:refs/tags/v1");
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, "app.conf"), "pool = 20\n", Token);
        await sandbox.PublishAsync("Second");

        var byHash = GitSandbox.Found<StatusView>(await sandbox.Tools.CreateWorktreeAsync(GitSandbox.Repository, "sre/2-by-hash", released[..10], Token));
        var byTag = GitSandbox.Found<StatusView>(await sandbox.Tools.CreateWorktreeAsync(GitSandbox.Repository, "sre/3-by-tag", "v1", Token));
        var latest = GitSandbox.Found<StatusView>(await sandbox.Tools.CreateWorktreeAsync(GitSandbox.Repository, "sre/4-latest", null, Token));

        Assert.Equal((released, released), (byHash.Head, byTag.Head));
        Assert.Equal(await sandbox.RemoteHeadAsync("main"), latest.Head);
    }

    [Fact]
    public async Task A_branch_has_one_worktree_and_goes_on_where_it_was_after_that_is_removed()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var first = await sandbox.CreateWorktreeAsync(Branch);
        var twice = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync(Branch));
        await sandbox.EditAsync(first, new FileEdit("new.txt", Content: "x\n"));
        var commit = GitSandbox.Found<CommitView>(await sandbox.Tools.CommitChangesAsync(first, "Add", Token)).Commit;
        await sandbox.Tools.PushBranchAsync(first, "origin", Branch, Token);
        await sandbox.Tools.RemoveWorktreeAsync(first, Token);

        var elsewhere = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync(Branch, "main"));
        var again = GitSandbox.Found<StatusView>(await sandbox.Tools.CreateWorktreeAsync(GitSandbox.Repository, Branch, cancellationToken: Token));

        Assert.Contains(first, twice.Message, StringComparison.Ordinal);
        Assert.Contains("exists already", elsewhere.Message, StringComparison.Ordinal);
        Assert.Equal((commit, await sandbox.RemoteHeadAsync("main"), 0), (again.Head, again.Base, again.Unpushed));
    }

    [Fact]
    public async Task Many_worktrees_made_at_once_all_come_to_be_and_one_branch_is_given_out_once()
    {
        await using var sandbox = await GitSandbox.CreateAsync();

        var different = await Task.WhenAll(sandbox.CreateWorktreeAsync("sre/1-a"), sandbox.CreateWorktreeAsync("sre/2-b"), sandbox.CreateWorktreeAsync("sre/3-c"));
        var same = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            try
            {
                return await sandbox.CreateWorktreeAsync("sre/4-same");
            }
            catch (ToolException)
            {
                return null;
            }
        }));

        Assert.Equal(3, different.Distinct(StringComparer.Ordinal).Count());
        Assert.Single(same, made => made is not null);
        Assert.Equal(4, GitSandbox.Found<WorktreeList>(await sandbox.Tools.ListWorktreesAsync(Token)).Worktrees.Count);
    }

    [Fact]
    public async Task A_local_clone_gives_its_remote_and_is_itself_left_alone()
    {
        await using var sandbox = await GitSandbox.CreateAsync([(".Url", null), (".Path", "{folder}/author")]);
        await GitSandbox.RunAsync(sandbox.Author, "config", "core.fsmonitor", sandbox.Alarm + ".sh");
        GitSandbox.Plant(sandbox.Alarm + ".sh", sandbox.RaisesAlarm);
        GitSandbox.Plant(Path.Combine(sandbox.Author, ".git", "hooks", "post-checkout"), sandbox.RaisesAlarm);
        GitSandbox.Plant(Path.Combine(sandbox.Author, ".git", "hooks", "pre-push"), sandbox.RaisesAlarm);
        var before = Listing(sandbox.Author);

        var worktree = await sandbox.CreateWorktreeAsync(Branch);
        await sandbox.EditAsync(worktree, new FileEdit("new.txt", Content: "x\n"));
        await sandbox.Tools.CommitChangesAsync(worktree, "Add", Token);
        await sandbox.Tools.PushBranchAsync(worktree, "origin", Branch, Token);

        Assert.NotEmpty(await sandbox.RemoteHeadAsync(Branch));
        Assert.Equal(before, Listing(sandbox.Author));
        Assert.False(File.Exists(sandbox.Alarm));

        static string[] Listing(string folder) =>
            [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}")];
    }

    [Fact]
    public async Task What_would_be_lost_keeps_a_worktree_from_being_removed()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, ".gitignore"), "*.log\n", Token);
        await sandbox.PublishAsync("Ignore logs");
        var dirty = await sandbox.CreateWorktreeAsync("sre/1-dirty");
        await sandbox.EditAsync(dirty, new FileEdit("new.txt", Content: "x\n"));
        var ignoring = await sandbox.CreateWorktreeAsync("sre/2-ignored");
        var edited = await sandbox.EditAsync(ignoring, new FileEdit("run.log", Content: "x\n"));
        var unpushed = await sandbox.CreateWorktreeAsync("sre/3-unpushed");
        await sandbox.EditAsync(unpushed, new FileEdit("new.txt", Content: "x\n"));
        await sandbox.Tools.CommitChangesAsync(unpushed, "Add", Token);

        foreach (var worktree in new[] { dirty, ignoring, unpushed })
        {
            var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.RemoveWorktreeAsync(worktree, Token));
            Assert.Contains("git_discard_worktree", fault.Message, StringComparison.Ordinal);
            Assert.True(Directory.Exists(sandbox.FolderOf(worktree)));
        }

        Assert.Contains("run.log is ignored", Assert.Single(Assert.IsType<ToolResult.Found>(edited).Evidence.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_worktree_is_left_to_whoever_locked_it()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync(Branch);
        await GitSandbox.RunAsync(sandbox.Clone, "worktree", "lock", sandbox.FolderOf(worktree));

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.RemoveWorktreeAsync(worktree, Token));
        var plan = await sandbox.Tools.PlanDiscardAsync(worktree, Token);

        Assert.Contains("ask who locked it", fault.Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(plan.Preflight).Passed);
    }

    [Fact]
    public async Task Discarding_lists_what_is_lost_loses_exactly_that_and_is_seen_to_be_gone()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await sandbox.CreateWorktreeAsync(Branch);
        await sandbox.EditAsync(worktree, new FileEdit("kept.txt", Content: "x\n"));
        await sandbox.Tools.CommitChangesAsync(worktree, "Add kept", Token);
        await sandbox.EditAsync(worktree, new FileEdit("loose.txt", Content: "one\n"));

        var plan = await sandbox.Tools.PlanDiscardAsync(worktree, Token);
        Assert.Contains("untracked loose.txt", plan.Facts.Single(fact => fact.Name == "files").Detail, StringComparison.Ordinal);
        Assert.Contains("Add kept", plan.Facts.Single(fact => fact.Name == "commits").Detail, StringComparison.Ordinal);
        Assert.Equal(plan.Fingerprint, (await sandbox.Tools.PlanDiscardAsync(worktree, Token)).Fingerprint);

        await sandbox.EditAsync(worktree, new FileEdit("loose.txt", Content: "two\n"));
        var drifted = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.DiscardWorktreeAsync(worktree, RehearsedChange.Of(plan), Token));
        Assert.Contains("Nothing was discarded", drifted.Message, StringComparison.Ordinal);
        Assert.Equal(VerificationVerdict.Failed, (await sandbox.Tools.VerifyDiscardAsync(worktree, Token)).Verdict);

        var again = RehearsedChange.Of(await sandbox.Tools.PlanDiscardAsync(worktree, Token));
        await sandbox.Tools.DiscardWorktreeAsync(worktree, again, Token);
        await sandbox.Tools.DiscardWorktreeAsync(worktree, again, Token);
        Assert.Equal(VerificationVerdict.Passed, (await sandbox.Tools.VerifyDiscardAsync(worktree, Token)).Verdict);
        Assert.Empty(await GitSandbox.RunAsync(sandbox.Clone, "for-each-ref", "refs/heads", "refs/sre-agent"));
    }
}
