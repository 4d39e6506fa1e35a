using System.Net;
using System.Net.Sockets;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;

namespace SreAgent.Integrations.Tests.Git;

/// <summary>Which pushes go out by themselves, which need a human, and that nothing on a remote is ever overwritten.</summary>
public class PushTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("main", "the default branch")]
    [InlineData("release/7", "a protected branch")]
    [InlineData("Master", "a protected branch")]
    [InlineData("live", "a branch that deploys")]
    public async Task A_guarded_branch_is_pushed_by_the_other_tool_only(string branch, string why)
    {
        await using var sandbox = await GitSandbox.CreateAsync([(".ProtectedBranches:0", "release/*"), (".ProtectedBranches:1", "master"), (".DeployingBranches:0", "live")]);
        var worktree = await CommittedAsync(sandbox, branch);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushBranchAsync(worktree, "origin", branch, Token));

        Assert.Contains($"{branch} is {why}: use git_push_protected_branch", fault.Message, StringComparison.Ordinal);
        Assert.Equal("1", await GitSandbox.RunAsync(sandbox.Remote, "rev-list", "--count", "--all"));
    }

    [Fact]
    public async Task Remote_and_branch_must_be_what_the_worktree_is_on()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "sre/1-a");

        var branch = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushBranchAsync(worktree, "origin", "sre/2-b", Token));
        var remote = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushBranchAsync(worktree, "upstream", "sre/1-a", Token));
        var planned = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token));

        Assert.Contains("is on sre/1-a", branch.Message, StringComparison.Ordinal);
        Assert.Contains("has the remote origin", remote.Message, StringComparison.Ordinal);
        Assert.Contains("is on sre/1-a", planned.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_moved_on_is_not_overwritten()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "sre/1-a");
        await sandbox.Tools.PushBranchAsync(worktree, "origin", "sre/1-a", Token);
        var theirs = await MoveAsync(sandbox, "sre/1-a");
        await sandbox.EditAsync(worktree, new FileEdit("more.txt", Content: "y\n"));
        await sandbox.Tools.CommitChangesAsync(worktree, "More", Token);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushBranchAsync(worktree, "origin", "sre/1-a", Token));

        Assert.Contains("moved on", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
        Assert.Equal(theirs, await sandbox.RemoteHeadAsync("sre/1-a"));
    }

    [Fact]
    public async Task A_guarded_push_is_planned_pushed_once_and_verified()
    {
        await using var sandbox = await GitSandbox.CreateAsync([(".DeployingBranches:0", "main")]);
        var worktree = await CommittedAsync(sandbox, "main");
        var before = await sandbox.RemoteHeadAsync("main");

        var plan = await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);
        Assert.All(plan.Preflight, check => Assert.True(check.Passed, check.Detail));
        Assert.Contains("deploys", plan.BlastRadius, StringComparison.Ordinal);
        Assert.Contains("Change it (Ada)", plan.Facts.Single(fact => fact.Name == "commits").Detail, StringComparison.Ordinal);
        Assert.Contains(before, plan.Current, StringComparison.Ordinal);
        var change = RehearsedChange.Of(plan);
        Assert.Equal(VerificationVerdict.Failed, (await sandbox.Tools.VerifyPushAsync(worktree, "origin", "main", change, Token)).Verdict);

        var pushed = GitSandbox.Found<PushView>(await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", change, Token));
        Assert.Equal((before, await sandbox.RemoteHeadAsync("main")), (pushed.Before, pushed.Commit));
        Assert.Equal(VerificationVerdict.Passed, (await sandbox.Tools.VerifyPushAsync(worktree, "origin", "main", change, Token)).Verdict);
        Assert.Equal(pushed, GitSandbox.Found<PushView>(await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", change, Token)));
    }

    [Fact]
    public async Task A_remote_that_moves_after_the_yes_refuses_the_push()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var plan = await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);
        await File.WriteAllTextAsync(Path.Combine(sandbox.Author, "app.conf"), "pool = 11\n", Token);
        await sandbox.PublishAsync("Theirs");
        var theirs = await sandbox.RemoteHeadAsync("main");

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", RehearsedChange.Of(plan), Token));
        var anew = await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);

        Assert.Contains("Nothing was pushed", fault.Message, StringComparison.Ordinal);
        Assert.Equal(theirs, await sandbox.RemoteHeadAsync("main"));
        Assert.NotEqual(plan.Fingerprint, anew.Fingerprint);
        Assert.False(anew.Preflight.Single(check => check.Name == "continues the remote").Passed);
    }

    [Fact]
    public async Task A_remote_that_moves_in_the_last_moment_refuses_the_push_itself()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var push = await sandbox.PendingAsync(worktree, "main");
        var theirs = await MoveAsync(sandbox, "main");

        var moved = await Assert.ThrowsAsync<ToolException>(() => push.SendExpectingAsync(sandbox.Command, Token));
        var appeared = await Assert.ThrowsAsync<ToolException>(() => (push with { RemoteHead = null }).SendExpectingAsync(sandbox.Command, Token));

        Assert.All([moved, appeared], fault => Assert.Contains("stale info", fault.Message, StringComparison.Ordinal));
        Assert.Equal(theirs, await sandbox.RemoteHeadAsync("main"));
    }

    [Fact]
    public async Task What_would_overwrite_is_refused_even_where_the_remote_stands_as_planned()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var theirs = await MoveAsync(sandbox, "main");
        await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);

        var push = await sandbox.PendingAsync(worktree, "main");
        var fault = await Assert.ThrowsAsync<ToolException>(() => push.SendExpectingAsync(sandbox.Command, Token));

        Assert.Equal(theirs, push.RemoteHead);
        Assert.Contains("overwrite", fault.Message, StringComparison.Ordinal);
        Assert.Equal(theirs, await sandbox.RemoteHeadAsync("main"));
    }

    [Fact]
    public async Task A_push_whose_process_died_is_finished_or_seen_to_have_happened()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var plan = await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);
        var head = (await sandbox.PendingAsync(worktree, "main")).Head;

        await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", Died(), Token);
        Assert.Equal(head, await sandbox.RemoteHeadAsync("main"));
        await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", Died(), Token);
        await MoveAsync(sandbox, "main");
        await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", Died(), Token);

        await GitSandbox.RunAsync(sandbox.Remote, "update-ref", "-d", "refs/heads/main");
        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", Died(), Token));
        Assert.Contains("neither where it was", fault.Message, StringComparison.Ordinal);

        ChangeExecution Died() => RehearsedChange.Of(plan, RehearsedChange.DiedIn("push main", plan.Fingerprint));
    }

    [Fact]
    public async Task A_push_that_was_done_is_reported_and_verified_after_its_worktree_is_gone()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var change = RehearsedChange.Of(await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token));
        var pushed = GitSandbox.Found<PushView>(await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", change, Token));
        await sandbox.Tools.RemoveWorktreeAsync(worktree, Token);

        var resumed = await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", change, Token);
        var interrupted = await sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", RehearsedChange.Of(change.Plan, RehearsedChange.DiedIn("push main", change.Plan.Fingerprint)), Token);
        var verified = await sandbox.Tools.VerifyPushAsync(worktree, "origin", "main", change, Token);

        Assert.Equal(pushed, GitSandbox.Found<PushView>(resumed));
        Assert.Equal(pushed, GitSandbox.Found<PushView>(interrupted));
        Assert.Equal(VerificationVerdict.Passed, verified.Verdict);
    }

    [Fact]
    public async Task A_push_that_never_happened_cannot_happen_once_its_worktree_is_gone()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "main");
        var before = await sandbox.RemoteHeadAsync("main");
        var plan = await sandbox.Tools.PlanPushAsync(worktree, "origin", "main", Token);
        Directory.Delete(sandbox.FolderOf(worktree), recursive: true);

        var change = RehearsedChange.Of(plan, RehearsedChange.DiedIn("push main", plan.Fingerprint));
        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushProtectedBranchAsync(worktree, "origin", "main", change, Token));

        Assert.Contains("There is no worktree", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await sandbox.RemoteHeadAsync("main"));
        Assert.Equal(VerificationVerdict.Failed, (await sandbox.Tools.VerifyPushAsync(worktree, "origin", "main", change, Token)).Verdict);
    }

    [Fact]
    public async Task What_a_plan_cannot_stand_for_stops_before_anybody_is_asked()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var own = await CommittedAsync(sandbox, "sre/1-a");
        var main = await sandbox.CreateWorktreeAsync("main");
        await sandbox.EditAsync(main, new FileEdit("new.txt", Content: "x\n"));

        var harmless = await sandbox.Tools.PlanPushAsync(own, "origin", "sre/1-a", Token);
        var nothing = await sandbox.Tools.PlanPushAsync(main, "origin", "main", Token);

        Assert.Equal(["needs approval"], harmless.Preflight.Where(check => !check.Passed).Select(check => check.Name));
        Assert.Equal(["something to push", "all committed"], nothing.Preflight.Where(check => !check.Passed).Select(check => check.Name));
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_is_given_up_at_the_deadline()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var sandbox = await GitSandbox.CreateAsync([("TimeoutSeconds", "1"), (".Url", $"http://{silent.LocalEndpoint}/checkout.git")]);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync("sre/1-a"));

        Assert.Contains("did not end within 1 s", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.Retryable);
        Assert.False(Directory.Exists(Path.Combine(sandbox.Root, "worktrees")));
    }

    [Fact]
    public async Task A_remote_that_refuses_says_so_in_its_own_words()
    {
        await using var sandbox = await GitSandbox.CreateAsync();
        var worktree = await CommittedAsync(sandbox, "sre/1-a");
        GitSandbox.Plant(Path.Combine(sandbox.Remote, "hooks", "pre-receive"), "#!/bin/sh\necho 'no pushes on Fridays' >&2\nexit 1\n");

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.Tools.PushBranchAsync(worktree, "origin", "sre/1-a", Token));

        Assert.Contains("no pushes on Fridays", fault.Message, StringComparison.Ordinal);
        Assert.Contains("The remote's own rules refuse it.", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A worktree on a branch with one commit more than its start.</summary>
    private static async Task<string> CommittedAsync(GitSandbox sandbox, string branch)
    {
        var worktree = await sandbox.CreateWorktreeAsync(branch);
        await sandbox.EditAsync(worktree, new FileEdit("new.txt", Content: $"{branch}\n"));
        await sandbox.Tools.CommitChangesAsync(worktree, "Change it", Token);
        return worktree;
    }

    /// <summary>Somebody else pushes to a branch.</summary>
    private static async Task<string> MoveAsync(GitSandbox sandbox, string branch)
    {
        await GitSandbox.RunAsync(sandbox.Author, "fetch", "-q", "origin");
        await GitSandbox.RunAsync(sandbox.Author, "checkout", "-q", "--detach", $"origin/{branch}");
        await GitSandbox.RunAsync(sandbox.Author, "commit", "-q", "--allow-empty", "-m", "Theirs");
        await GitSandbox.RunAsync(sandbox.Author, "push", "-q", "origin", $"HEAD:refs/heads/{branch}");
        return await sandbox.RemoteHeadAsync(branch);
    }
}
