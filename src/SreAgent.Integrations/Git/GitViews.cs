using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Git;

/// <summary>What git_list_worktrees answers with.</summary>
internal sealed record WorktreeList(IReadOnlyList<WorktreeView> Worktrees, IReadOnlyList<string> Repositories, bool MoreExist);

/// <param name="Folder">Where a person on the host finds it.</param>
/// <param name="Changes">Files not committed.</param>
/// <param name="Unpushed">Commits on no branch of the remote, as last fetched.</param>
internal sealed record WorktreeView(string Worktree, string Remote, string? Branch, string Head, int Changes, int Unpushed, string Folder)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Locked { get; init; }
}

/// <summary>What git_show_status and git_create_worktree answer with.</summary>
/// <param name="Base">The commit the work began at.</param>
/// <param name="Changes">Not committed.</param>
/// <param name="Commits">Since the base, newest first.</param>
/// <param name="Unpushed">How many commits are on no branch of the remote, as last fetched.</param>
internal sealed record StatusView(
    string Worktree, string Remote, string? Branch, string Head, string Base, bool Clean, IReadOnlyList<ChangedPath> Changes, IReadOnlyList<string> Commits, int Unpushed, string Folder);

/// <summary>What git_show_diff answers with.</summary>
/// <param name="Patch">As git writes it; cut off at the limit.</param>
internal sealed record DiffView(string Worktree, string Against, IReadOnlyList<DiffFile> Files, string Patch, bool MoreExists);

/// <param name="Added">Lines; absent for a binary file.</param>
internal sealed record DiffFile(string Path, int? Added, int? Deleted);

/// <summary>What git_read_file answers with.</summary>
/// <param name="FirstLine">Counted from 1.</param>
internal sealed record FileView(string Worktree, string Path, int FirstLine, int TotalLines, string Text, bool MoreExists);

/// <summary>What git_edit_files answers with.</summary>
internal sealed record EditView(string Worktree, IReadOnlyList<ChangedPath> Files);

/// <summary>What git_commit_changes answers with.</summary>
internal sealed record CommitView(string Worktree, string Branch, string Commit, IReadOnlyList<string> Files);

/// <summary>What the pushing tools answer with.</summary>
/// <param name="Before">Where the remote branch was; absent when it is new.</param>
internal sealed record PushView(string Worktree, string Remote, string Branch, string? Before, string Commit);

/// <summary>What the removing tools answer with.</summary>
internal sealed record RemovedView(string Worktree, string State);
