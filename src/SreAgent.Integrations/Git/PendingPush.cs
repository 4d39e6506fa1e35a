using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>A push as it stands now: what would go where, and why it would need a human.</summary>
/// <param name="Head">What would be pushed, a full hash.</param>
/// <param name="RemoteHead">Where the remote's branch is; absent when it has none.</param>
/// <param name="WhyApproval">Absent for a branch of one's own.</param>
/// <param name="Uncommitted">Files that would not go along.</param>
internal sealed record PendingPush(Worktree Worktree, string Remote, string Branch, string Head, string? RemoteHead, string? WhyApproval, int Uncommitted)
{
    public bool Deploys => Worktree.Repository.Options.Deploys(Branch);

    public PushFingerprint Fingerprint => new(RemoteHead, Head);

    /// <summary>
    /// Remote and branch are arguments so that policy can see them; both must be what the worktree is on. The remote itself is asked for its
    /// default branch and its head.
    /// </summary>
    /// <exception cref="ToolException">They are not, or the remote cannot be asked.</exception>
    public static async Task<PendingPush> OfAsync(Worktree worktree, string remote, string branch, GitCommand command, CancellationToken cancellationToken)
    {
        var options = worktree.Repository.Options;
        if (!string.Equals(remote, options.Remote, StringComparison.Ordinal))
        {
            throw new ToolException($"{worktree.Id} has the remote {options.Remote}, not '{BranchName.Shown(remote)}'.");
        }

        var state = await WorktreeState.OfAsync(worktree, command, cancellationToken);
        if (state.BranchOf(worktree) is var current && !string.Equals(branch, current, StringComparison.Ordinal))
        {
            throw new ToolException($"{worktree.Id} is on {current}, not on '{BranchName.Shown(branch)}'. A branch is pushed under its own name only.");
        }

        BranchName.Checked(branch);
        var there = await worktree.Repository.AskRemoteAsync(branch, cancellationToken);
        var why = options.Deploys(branch) ? "a branch that deploys"
            : options.Protects(branch) ? "a protected branch"
            : new[] { there.Default, there.RemoteDefault }.Contains(branch, StringComparer.OrdinalIgnoreCase) ? "the default branch"
            : there.Default is null ? "perhaps the default branch (the remote does not say which that is; DefaultBranch in the settings would)"
            : null;
        return new PendingPush(worktree, remote, branch, state.Head, there.Head, why, state.Uncommitted.Count());
    }

    /// <summary>The remote takes it only as a continuation of what it has.</summary>
    public Task SendAsync(GitCommand command, CancellationToken cancellationToken) => SendAsync(command, [], cancellationToken);

    /// <summary>
    /// The remote takes it only if the branch is still where it was seen: git's lease as compare-and-swap, and what it is compared with must
    /// be contained in what is sent, so that nothing is ever overwritten.
    /// </summary>
    public async Task SendExpectingAsync(GitCommand command, CancellationToken cancellationToken)
    {
        if (RemoteHead is not null && !await Worktree.Repository.IsAncestorAsync(RemoteHead, Head, cancellationToken))
        {
            throw new ToolException($"{Remote} has {Branch} at {RemoteHead[..12]}, which {Head[..12]} does not contain: pushing would overwrite it. Nothing was pushed.");
        }

        await SendAsync(command, [$"--force-with-lease=refs/heads/{Branch}:{RemoteHead}"], cancellationToken);
    }

    private async Task SendAsync(GitCommand command, string[] guard, CancellationToken cancellationToken)
    {
        var remote = await Worktree.Repository.RemoteAsync(cancellationToken);
        await command.DoAsync(
            new GitCall(
                Worktree.Repository.GitDir,
                ["push", "--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", .. guard, "--", remote.Address.Text, $"{Head}:refs/heads/{Branch}"])
            {
                Remote = remote,
            },
            cancellationToken);
        await Worktree.Repository.SetTrackedHeadAsync(Branch, Head, cancellationToken);
    }
}

/// <summary>What an approval of a push rests on.</summary>
internal sealed record PushFingerprint(string? RemoteHead, string Head)
{
    public static PushFingerprint Parse(string text) =>
        text.Split(' ') is ["remote", var remote, "local", var head]
            ? new PushFingerprint(remote == "none" ? null : remote, head)
            : throw new ToolException("The approved plan does not say what was to be pushed. Ask anew.");

    public override string ToString() => $"remote {RemoteHead ?? "none"} local {Head}";
}
