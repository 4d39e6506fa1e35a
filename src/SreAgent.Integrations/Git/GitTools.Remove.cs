using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>Cleaning up: without loss by itself, with loss only after a human has read what is lost.</summary>
internal sealed partial class GitTools
{
    [SreTool("git_remove_worktree", ToolEffect.Write)]
    [Description("Removes a worktree with nothing uncommitted or unpushed.")]
    public async Task<ToolResult> RemoveWorktreeAsync(string worktree, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        using var own = await worktrees.LockAsync(found, cancellationToken);
        using var shared = await found.Repository.LockAsync(cancellationToken);
        var lost = await LossAsync(found, cancellationToken);
        if (lost.State.Changes.Count > 0 || lost.Commits.Count > 0)
        {
            throw new ToolException(
                $"{found.Id} is not removed: {lost.State.Changes.Count} files are uncommitted and {lost.Commits.Count} commits are on no branch of the remote. Commit and push them, or ask for git_discard_worktree.");
        }

        await worktrees.RemoveAsync(found, discard: false, cancellationToken);
        return new ToolResult.Found(new RemovedView(found.Id, "removed"), Evidence($"worktree remove {found.Id}", $"The branch {lost.State.Branch} stays."));
    }

    [SreTool("git_discard_worktree", ToolEffect.Destructive, Plan = nameof(PlanDiscardAsync), Verify = nameof(VerifyDiscardAsync), Resumable = true)]
    [Description("Removes a worktree with its local branch and unsaved work, with approval.")]
    public async Task<ToolResult> DiscardWorktreeAsync(string worktree, ChangeExecution change, CancellationToken cancellationToken = default)
    {
        await change.Steps.OnceAsync(
            $"discard {worktree}", change.Plan.Fingerprint, token => DiscardAsync(worktrees.Find(worktree), change.Plan.Fingerprint, token), (intent, token) => SettleDiscardAsync(worktree, intent, token), cancellationToken);
        return new ToolResult.Found(new RemovedView(worktree, "discarded"), Evidence($"discard {worktree}"));
    }

    public async Task<ChangePlan> PlanDiscardAsync(string worktree, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        using var own = await worktrees.LockAsync(found, cancellationToken);
        using var shared = await found.Repository.LockAsync(cancellationToken);
        var lost = await LossAsync(found, cancellationToken);
        var files = string.Join('\n', lost.State.Changes.Take(MostListed).Select(change => $"{change.State} {change.Path}"));
        return new ChangePlan(
            $"Discard {found.Id} with {lost.State.Changes.Count} uncommitted files and {lost.Commits.Count} commits that are nowhere else.",
            $"worktree {found.Id}",
            $"on {lost.State.Branch ?? "no branch"} at {lost.State.Head}",
            "gone, with its branch on this host",
            "Whoever worked in it loses what is listed. The remote is not touched.",
            "None: uncommitted files cannot be brought back.",
            await FingerprintAsync(found, lost.State, cancellationToken))
        {
            Preflight = [new PreflightCheck("not locked", !found.IsLocked, found.IsLocked ? "somebody protects it: ask who locked it" : "nobody has locked it")],
            Facts =
            [
                new PlanFact("files", lost.State.Changes.Count > MostListed ? $"{files}\nand {lost.State.Changes.Count - MostListed} more" : files.Length > 0 ? files : "none"),
                new PlanFact("commits", lost.Commits.Count == 0 ? "none" : lost.Commits.ToString()),
            ],
        };
    }

    public Task<Verification> VerifyDiscardAsync(string worktree, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsThere(worktree)
            ? new Verification(VerificationVerdict.Failed, $"{worktree} is still there.")
            : new Verification(VerificationVerdict.Passed, $"{worktree} is gone."));

    private async Task<string> DiscardAsync(Worktree found, string fingerprint, CancellationToken cancellationToken)
    {
        using var own = await worktrees.LockAsync(found, cancellationToken);
        using var shared = await found.Repository.LockAsync(cancellationToken);
        var state = await WorktreeState.OfAsync(found, command, cancellationToken);
        if (await FingerprintAsync(found, state, cancellationToken) != fingerprint)
        {
            throw new ToolException($"{found.Id} holds something else than what was approved to be lost. Nothing was discarded; ask anew.");
        }

        await worktrees.RemoveAsync(found, discard: true, cancellationToken);
        if (state.Branch is { } branch)
        {
            await command.DoAsync(new GitCall(found.Repository.GitDir, "update-ref", "-d", $"refs/heads/{branch}", state.Head), cancellationToken);
        }

        return "discarded";
    }

    private async Task<string> SettleDiscardAsync(string worktree, string fingerprint, CancellationToken cancellationToken) =>
        IsThere(worktree) ? await DiscardAsync(worktrees.Find(worktree), fingerprint, cancellationToken) : "discarded before the interruption";

    private bool IsThere(string worktree) => worktrees.List().Any(other => other.Id == worktree);

    private async Task<(WorktreeState State, CommitList Commits)> LossAsync(Worktree found, CancellationToken cancellationToken)
    {
        await found.Repository.FetchAsync(cancellationToken);
        var state = await WorktreeState.OfAsync(found, command, cancellationToken);
        return (state, await found.Repository.NotOnRemoteAsync(state.Head, cancellationToken));
    }

    /// <summary>Branch, commit, and the content of every file that is not committed, ignored ones included.</summary>
    private async Task<string> FingerprintAsync(Worktree found, WorktreeState state, CancellationToken cancellationToken)
    {
        using var index = await ScratchIndex.OfAsync(found, options, cancellationToken);
        await command.DoAsync(found.Call("add", "--all", "--force", "--", ".") with { IndexFile = index.File }, cancellationToken);
        var tree = await command.DoAsync(found.Call("write-tree") with { IndexFile = index.File }, cancellationToken);
        var paths = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', state.Changes)));
        return $"{state.Branch ?? "detached"} {state.Head} {tree.Line} {Convert.ToHexStringLower(paths)[..16]}";
    }
}
