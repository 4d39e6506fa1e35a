using SreAgent.Host.Tests.Story;

namespace SreAgent.Host.Tests.Worktrees;

/// <summary>From "open a worktree" to a pull request, and what stands in the way of everything else: the real program over real repositories.</summary>
public sealed class WorktreeStoryTests(WorktreeWorld world) : IClassFixture<WorktreeWorld>, IDisposable
{
    private readonly Installation _installation = world.Installation();

    public void Dispose() => _installation.Dispose();

    [Fact]
    public async Task A_change_goes_from_a_worktree_to_a_pull_request_others_can_read()
    {
        var (asked, answer) = await _installation.AskAsync("open a worktree for checkout from v42 on branch sre/1-raise-timeout");
        Assert.Equal(0, asked);
        Assert.Contains("A worktree of **checkout** is open on branch `sre/1-raise-timeout`", answer.GetProperty("answer").GetString(), StringComparison.Ordinal);
        var listed = (await _installation.FoundAsync("git_list_worktrees", new { })).GetProperty("worktrees")[0];
        var worktree = listed.GetProperty("worktree").GetString();
        Assert.Equal(await world.GitAsync("checkout", "rev-parse", "v42"), listed.GetProperty("head").GetString());

        await _installation.FoundAsync("git_edit_files", new { worktree, edits = new[] { new { path = "README.md", old = "# checkout", @new = "# Checkout" } } });
        await _installation.FoundAsync("git_commit_changes", new { worktree, message = "Write the name as people do" });
        var pushed = (await _installation.FoundAsync("git_push_branch", new { worktree, remote = "origin", branch = "sre/1-raise-timeout" })).GetProperty("commit").GetString();
        Assert.Equal(pushed, await world.GitAsync("checkout", "rev-parse", "refs/heads/sre/1-raise-timeout"));

        var pull = await _installation.FoundAsync("github_create_pull_request", new { repository = "practice/checkout", head = "sre/1-raise-timeout", title = "Write the name", body = "As people do." });
        var number = pull.GetProperty("number").GetInt64();
        var files = await _installation.FoundAsync("github_get_pull_request", new { repository = "practice/checkout", number, facet = "files" });
        Assert.Contains("+# Checkout", files.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("README.md", files.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(pushed!, (await _installation.FoundAsync("github_get_pull_request", new { repository = "practice/checkout", number })).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_on_remote_and_branch_stops_a_push()
    {
        var worktree = await _installation.CommittedAsync("live/2-hotfix");
        _installation
            .With("Guardrails:Rules:0:Name", "live-is-not-ours").With("Guardrails:Rules:0:Verdict", "deny").With("Guardrails:Rules:0:Reason", "Whatever goes to live/ is the release team's.")
            .With("Guardrails:Rules:0:Tools:0", "git_push_*")
            .With("Guardrails:Rules:0:Arguments:0:Argument", "remote").With("Guardrails:Rules:0:Arguments:0:Test", "equals").With("Guardrails:Rules:0:Arguments:0:Values:0", "origin")
            .With("Guardrails:Rules:0:Arguments:1:Argument", "branch").With("Guardrails:Rules:0:Arguments:1:Test", "matches").With("Guardrails:Rules:0:Arguments:1:Values:0", "live/*");

        var (status, denied) = await _installation.CallAsync("git_push_branch", new { worktree, remote = "origin", branch = "live/2-hotfix" });

        Assert.Equal(1, status);
        Assert.Equal("live-is-not-ours", denied.GetProperty("rule").GetString());
        Assert.Equal("", await world.GitAsync("checkout", "for-each-ref", "refs/heads/live"));
        var other = await _installation.CommittedAsync("sre/2-hotfix");
        await _installation.FoundAsync("git_push_branch", new { worktree = other, remote = "origin", branch = "sre/2-hotfix" });
    }

    [Fact]
    public async Task A_push_to_main_waits_for_a_human_and_then_is_there_for_everybody()
    {
        var worktree = await _installation.CommittedAsync("main");
        var (refused, explained) = await _installation.CallAsync("git_push_branch", new { worktree, remote = "origin", branch = "main" });
        Assert.Equal(3, refused);
        Assert.Contains("git_push_protected_branch", explained.GetProperty("explanation").GetString(), StringComparison.Ordinal);
        var before = await MainAsync();

        var (waiting, change) = await _installation.CallAsync("git_push_protected_branch", new { worktree, remote = "origin", branch = "main" });
        Assert.Equal(4, waiting);
        Assert.Equal(before, await MainAsync());
        Assert.Equal(0, await _installation.ApproveAsync(change.GetProperty("change").GetString()!));

        Assert.Equal(before, await world.GitAsync("checkout", "rev-parse", "main~1"));
        var commits = await _installation.FoundAsync("github_list_commits", new { repository = "practice/checkout" });
        Assert.Contains(await MainAsync(), commits.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Where what was approved would still be possible it is drift; where it would overwrite, its checks stop it before that.</summary>
    [Theory]
    [InlineData("main~1", "drifted")]
    [InlineData("theirs", "approved")]
    public async Task A_push_to_main_is_refused_when_main_moved_after_the_request(string to, string state)
    {
        var worktree = await _installation.CommittedAsync("main");
        var (_, change) = await _installation.CallAsync("git_push_protected_branch", new { worktree, remote = "origin", branch = "main" });
        var moved = to == "theirs" ? await world.GitAsync("checkout", "commit-tree", "main^{tree}", "-p", "main", "-m", "Theirs") : await world.GitAsync("checkout", "rev-parse", to);
        await world.GitAsync("checkout", "update-ref", "refs/heads/main", moved);
        var id = change.GetProperty("change").GetString()!;

        Assert.NotEqual(0, await _installation.ApproveAsync(id));

        Assert.Equal(moved, await MainAsync());
        Assert.Equal(state, (await _installation.ShowAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Unsaved_work_is_not_removed_and_discarded_only_after_a_yes()
    {
        var worktree = await _installation.EditedAsync("sre/3-given-up");
        var folder = Path.Combine(_installation.Home, "git", "worktrees", worktree);

        var (refused, explained) = await _installation.CallAsync("git_remove_worktree", new { worktree });
        Assert.Equal(3, refused);
        Assert.Contains("1 files are uncommitted", explained.GetProperty("explanation").GetString(), StringComparison.Ordinal);

        var (waiting, change) = await _installation.CallAsync("git_discard_worktree", new { worktree });
        Assert.Equal(4, waiting);
        Assert.True(Directory.Exists(folder));
        Assert.Equal(0, await _installation.ApproveAsync(change.GetProperty("change").GetString()!));
        Assert.False(Directory.Exists(folder));
    }

    private Task<string> MainAsync() => world.GitAsync("checkout", "rev-parse", "main");
}
