using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>Out to the remote. Exactly one commit to exactly one branch, never with force.</summary>
internal sealed partial class GitTools
{
    [SreTool("git_push_branch", ToolEffect.Write)]
    [Description("Pushes a worktree's branch. Not for default, protected or deploying ones.")]
    public async Task<ToolResult> PushBranchAsync(string worktree, string remote, string branch, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        using var _ = await worktrees.LockAsync(found, cancellationToken);
        var push = await PendingPush.OfAsync(found, remote, branch, command, cancellationToken);
        if (push.WhyApproval is { } why)
        {
            throw new ToolException($"{branch} is {why}: use git_push_protected_branch, which asks a human, or push a branch of your own and open a pull request.");
        }

        if (push.Head == push.RemoteHead)
        {
            return new ToolResult.NoData($"commits of {branch} to push", [$"{remote} has {branch} at {push.Head[..12]} already."], Evidence($"push {found.Id}"));
        }

        await push.SendAsync(command, cancellationToken);
        return Pushed(new PushView(found.Id, push.Remote, push.Branch, push.RemoteHead, push.Head));
    }

    [SreTool("git_push_protected_branch", ToolEffect.Change, Plan = nameof(PlanPushAsync), Verify = nameof(VerifyPushAsync), Resumable = true)]
    [Description("Pushes to a default, protected or deploying branch, with approval.")]
    public async Task<ToolResult> PushProtectedBranchAsync(string worktree, string remote, string branch, ChangeExecution change, CancellationToken cancellationToken = default)
    {
        // A push that has been done is reported even when its worktree is gone by now.
        await change.Steps.OnceAsync(
            $"push {branch}", change.Plan.Fingerprint, token => SendPlannedAsync(worktree, remote, branch, change.Plan.Fingerprint, token),
            (intent, token) => SettleAsync(worktree, remote, branch, intent, token), cancellationToken);
        var planned = PushFingerprint.Parse(change.Plan.Fingerprint);
        return Pushed(new PushView(worktree, remote, branch, planned.RemoteHead, planned.Head));
    }

    public async Task<ChangePlan> PlanPushAsync(string worktree, string remote, string branch, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        using (await found.Repository.LockAsync(cancellationToken))
        {
            await found.Repository.FetchAsync(cancellationToken);
        }

        return await PushPlan.OfAsync(await PendingPush.OfAsync(found, remote, branch, command, cancellationToken), cancellationToken);
    }

    /// <summary>Asks the remote alone: what was pushed is in the plan, and the worktree may be gone.</summary>
    public async Task<Verification> VerifyPushAsync(string worktree, string remote, string branch, ChangeExecution change, CancellationToken cancellationToken = default)
    {
        var (repository, head) = (worktrees.RepositoryOf(worktree), PushFingerprint.Parse(change.Plan.Fingerprint).Head);
        var there = (await repository.AskRemoteAsync(BranchName.Checked(branch), cancellationToken)).Head;
        return there == head ? new Verification(VerificationVerdict.Passed, $"{remote} has {branch} at {head[..12]}.")
            : there is null ? new Verification(VerificationVerdict.Failed, $"{remote} has no branch {branch}.")
            : await ContainsAsync(repository, there, head, cancellationToken) ? new Verification(VerificationVerdict.Passed, $"{remote} has {branch} at {there[..12]} by now, which contains {head[..12]}.")
            : new Verification(VerificationVerdict.Failed, $"{remote} has {branch} at {there[..12]}, which does not contain {head[..12]}.");
    }

    /// <summary>What was approved, and only while the remote stands where the approver saw it.</summary>
    private async Task<string> SendPlannedAsync(string worktree, string remote, string branch, string fingerprint, CancellationToken cancellationToken)
    {
        var found = worktrees.Find(worktree);
        using var _ = await worktrees.LockAsync(found, cancellationToken);
        var push = await PendingPush.OfAsync(found, remote, branch, command, cancellationToken);
        var planned = PushFingerprint.Parse(fingerprint);
        if (push.Head != planned.Head || push.RemoteHead != planned.RemoteHead)
        {
            throw new ToolException($"{push.Branch} is not what was approved any more ({push.Fingerprint}, approved was {planned}). Nothing was pushed; ask anew.");
        }

        await push.SendExpectingAsync(command, cancellationToken);
        return $"pushed {planned.Head}";
    }

    /// <summary>The process that began the push died. Where the remote stands says whether it arrived; sending it again while it has not is safe.</summary>
    private async Task<string> SettleAsync(string worktree, string remote, string branch, string fingerprint, CancellationToken cancellationToken)
    {
        var (repository, planned) = (worktrees.RepositoryOf(worktree), PushFingerprint.Parse(fingerprint));
        var there = (await repository.AskRemoteAsync(BranchName.Checked(branch), cancellationToken)).Head;
        if (there == planned.Head || (there is not null && there != planned.RemoteHead && await ContainsAsync(repository, there, planned.Head, cancellationToken)))
        {
            return $"pushed {planned.Head} before the interruption";
        }

        return there == planned.RemoteHead
            ? await SendPlannedAsync(worktree, remote, branch, fingerprint, cancellationToken)
            : throw new ToolException($"The push was interrupted, and {branch} of {remote} is now at {there ?? "nothing"}, neither where it was nor where it should be. Look at the remote before asking anew.");
    }

    private static async Task<bool> ContainsAsync(GitRepository repository, string newer, string older, CancellationToken cancellationToken)
    {
        using (await repository.LockAsync(cancellationToken))
        {
            await repository.FetchAsync(cancellationToken);
        }

        return await repository.IsAncestorAsync(older, newer, cancellationToken);
    }

    private static ToolResult.Found Pushed(PushView push) => new(push, Evidence($"push {push.Commit[..12]} to {push.Branch} of {push.Remote}"));
}
