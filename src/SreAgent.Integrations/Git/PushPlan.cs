using SreAgent.Core.Changes;

namespace SreAgent.Integrations.Git;

/// <summary>What the approver of a push to a guarded branch reads.</summary>
internal static class PushPlan
{
    public static async Task<ChangePlan> OfAsync(PendingPush push, CancellationToken cancellationToken)
    {
        var repository = push.Worktree.Repository;
        var forward = push.RemoteHead is null || await repository.IsAncestorAsync(push.RemoteHead, push.Head, cancellationToken);
        var commits = push.RemoteHead is { } remote && await repository.CommitAsync(remote, cancellationToken) is not null
            ? await repository.CommitsAsync([push.Head, "--not", remote], cancellationToken)
            : await repository.NotOnRemoteAsync(push.Head, cancellationToken);
        var target = $"{push.Branch} of {repository.Name} ({push.Remote})";
        return new ChangePlan(
            $"Push {commits.Count} commit{(commits.Count == 1 ? "" : "s")} from {push.Worktree.Id} to {target}, {push.WhyApproval ?? "a branch of its own"}.",
            target,
            push.RemoteHead is null ? "the remote has no such branch" : $"at {push.RemoteHead}",
            $"at {push.Head}",
            push.Deploys ? "Pushing to this branch deploys: users feel it." : "Everybody who builds on this branch gets these commits; no settings say that it deploys.",
            "Push a commit that reverts them. What was deployed from them has to be rolled back by itself, and the commits stay in the history.",
            push.Fingerprint.ToString())
        {
            Preflight =
            [
                new PreflightCheck("needs approval", push.WhyApproval is not null, push.WhyApproval is { } why ? $"{push.Branch} is {why}" : $"{push.Branch} is neither default nor protected nor deploying: use git_push_branch"),
                new PreflightCheck("something to push", push.Head != push.RemoteHead, $"the remote is at {push.RemoteHead ?? "nothing"}, the worktree at {push.Head}"),
                new PreflightCheck("continues the remote", forward, forward ? "nothing on the remote is overwritten" : "the remote has commits this branch does not contain; there is no force"),
                new PreflightCheck("all committed", push.Uncommitted == 0, $"{push.Uncommitted} files are not committed"),
            ],
            Facts =
            [
                new PlanFact("commits", commits.Count == 0 ? "none" : commits.ToString()),
                new PlanFact("deploys", push.Deploys ? "yes, by the settings" : "not by the settings (DeployingBranches)"),
            ],
        };
    }
}
