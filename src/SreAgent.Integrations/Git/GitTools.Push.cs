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
        return Pushed(push);
    }

    [SreTool("git_push_protected_branch", ToolEffect.Change, Plan = nameof(PlanPushAsync), Verify = nameof(VerifyPushAsync), Resumable = true)]
    [Description("Pushes to a default, protected or deploying branch, with approval.")]
    public async Task<ToolResult> PushProtectedBranchAsync(string worktree, string remote, string branch, ChangeExecution change, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        using var _ = await worktrees.LockAsync(found, cancellationToken);
        var push = await PendingPush.OfAsync(found, remote, branch, command, cancellationToken);
        await change.Steps.OnceAsync(
            $"push {branch}", change.Plan.Fingerprint, token => SendPlannedAsync(push, change.Plan.Fingerprint, token), (intent, token) => SettleAsync(push, intent, token), cancellationToken);
        var planned = PushFingerprint.Parse(change.Plan.Fingerprint);
        return Pushed(push with { Head = planned.Head, RemoteHead = planned.RemoteHead });
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

    public async Task<Verification> VerifyPushAsync(string worktree, string remote, string branch, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        var push = await PendingPush.OfAsync(found, remote, branch, command, cancellationToken);
        return push.RemoteHead == push.Head ? new Verification(VerificationVerdict.Passed, $"{remote} has {branch} at {push.Head[..12]}.")
            : push.RemoteHead is null ? new Verification(VerificationVerdict.Failed, $"{remote} has no branch {branch}.")
            : await ContainsAsync(push, cancellationToken) ? new Verification(VerificationVerdict.Passed, $"{remote} has {branch} at {push.RemoteHead[..12]} by now, which contains {push.Head[..12]}.")
            : new Verification(VerificationVerdict.Failed, $"{remote} has {branch} at {push.RemoteHead[..12]}, which does not contain {push.Head[..12]}.");
    }

    /// <summary>What was approved, and only while the remote stands where the approver saw it.</summary>
    private async Task<string> SendPlannedAsync(PendingPush push, string fingerprint, CancellationToken cancellationToken)
    {
        var planned = PushFingerprint.Parse(fingerprint);
        if (push.Head != planned.Head || push.RemoteHead != planned.RemoteHead)
        {
            throw new ToolException($"{push.Branch} is not what was approved any more ({push.Fingerprint}, approved was {planned}). Nothing was pushed; ask anew.");
        }

        await push.SendExpectingAsync(command, cancellationToken);
        return $"pushed {planned.Head}";
    }

    /// <summary>The process that began the push died. Where the remote stands says whether it arrived; sending it again while it has not is safe.</summary>
    private async Task<string> SettleAsync(PendingPush push, string fingerprint, CancellationToken cancellationToken)
    {
        var planned = PushFingerprint.Parse(fingerprint);
        if (push.RemoteHead == planned.Head || (push.RemoteHead is not null && push.RemoteHead != planned.RemoteHead && await ContainsAsync(push with { Head = planned.Head }, cancellationToken)))
        {
            return $"pushed {planned.Head} before the interruption";
        }

        return push.RemoteHead == planned.RemoteHead
            ? await SendPlannedAsync(push, fingerprint, cancellationToken)
            : throw new ToolException($"The push was interrupted, and {push.Branch} of {push.Remote} is now at {push.RemoteHead ?? "nothing"}, neither where it was nor where it should be. Look at the remote before asking anew.");
    }

    private static async Task<bool> ContainsAsync(PendingPush push, CancellationToken cancellationToken)
    {
        var repository = push.Worktree.Repository;
        using (await repository.LockAsync(cancellationToken))
        {
            await repository.FetchAsync(cancellationToken);
        }

        return push.RemoteHead is { } remote && await repository.IsAncestorAsync(push.Head, remote, cancellationToken);
    }

    private static ToolResult.Found Pushed(PendingPush push) =>
        new(
            new PushView(push.Worktree.Id, push.Remote, push.Branch, push.RemoteHead, push.Head),
            Evidence($"push {push.Head[..12]} to {push.Branch} of {push.Remote}"));
}
