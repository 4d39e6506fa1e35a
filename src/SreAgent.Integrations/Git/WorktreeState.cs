using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>Where a worktree stands: its branch, its commit, and what is not committed.</summary>
/// <param name="Branch">Absent when somebody detached it.</param>
/// <param name="Head">Full hash.</param>
/// <param name="Changes">Ignored files included: they too are lost with the folder.</param>
internal sealed record WorktreeState(string? Branch, string Head, IReadOnlyList<ChangedPath> Changes)
{
    public bool IsClean => Changes.Count == 0;

    /// <summary>What a commit would take.</summary>
    public IEnumerable<ChangedPath> Uncommitted => Changes.Where(change => change.State != "ignored");

    public static async Task<WorktreeState> OfAsync(Worktree worktree, GitCommand command, CancellationToken cancellationToken)
    {
        var call = worktree.Call("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignored=matching", "--ignore-submodules=dirty", "--no-ahead-behind");
        var answer = await command.DoAsync(call, cancellationToken);
        string? branch = null;
        var head = "";
        var changes = new List<ChangedPath>();
        foreach (var part in answer.Parts)
        {
            if (part.StartsWith("# branch.head ", StringComparison.Ordinal))
            {
                branch = part["# branch.head ".Length..] is var name && name != "(detached)" ? name : null;
            }
            else if (part.StartsWith("# branch.oid ", StringComparison.Ordinal))
            {
                head = part["# branch.oid ".Length..];
            }
            else if (ChangedPath.Read(part) is { } change)
            {
                changes.Add(change);
            }
        }

        return new WorktreeState(branch, head, changes);
    }

    /// <summary>The branch, for what needs one.</summary>
    public string BranchOf(Worktree worktree) =>
        Branch ?? throw new ToolException($"{worktree.Id} is on no branch (detached at {Head[..12]}): somebody changed it by hand. Take a new worktree.");
}

/// <param name="State">modified, added, deleted, untracked, conflicted or ignored.</param>
internal sealed record ChangedPath(string Path, string State)
{
    /// <summary>One entry of <c>git status --porcelain=v2 -z</c> without renames. Null for a header.</summary>
    public static ChangedPath? Read(string entry)
    {
        var fields = entry.Split(' ', 2)[0] switch { "1" => 9, "u" => 11, "?" or "!" => 2, _ => 0 };
        var parts = entry.Split(' ', Math.Max(fields, 1));
        return parts.Length < 2 || fields == 0 ? null : new ChangedPath(parts[^1], parts[0] switch
        {
            "?" => "untracked",
            "!" => "ignored",
            "u" => "conflicted",
            _ when parts[1].Contains('D', StringComparison.Ordinal) => "deleted",
            _ when parts[1].Contains('A', StringComparison.Ordinal) => "added",
            _ => "modified",
        });
    }
}
