using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>The files of a worktree: reading, editing, committing.</summary>
internal sealed partial class GitTools
{
    private const int MostLines = 400;
    private const int MostEdits = 100;
    private const int MostMessage = 16 * 1024;

    [SreTool("git_read_file", ToolEffect.Read)]
    [Description("Reads a file, at most 400 lines.")]
    public async Task<ToolResult> ReadFileAsync(string worktree, string path, int firstLine = 1, int lines = MostLines, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        var wanted = WorktreePath.Parse(path);
        var evidence = Evidence($"{wanted} in {found.Id}");
        if (await new WorktreeFiles(found.Folder).ReadAsync(wanted, cancellationToken) is not { } file)
        {
            return new ToolResult.NoData(evidence.Query, [$"There is no {wanted} in this worktree."], evidence);
        }

        if (FileEdits.TextOf(file.Bytes) is not { } text)
        {
            return new ToolResult.NoData(evidence.Query, [$"{wanted} is binary or not UTF-8 ({file.Bytes.Length:N0} bytes)."], evidence);
        }

        var all = text.Split('\n');
        var total = all[^1].Length == 0 ? all.Length - 1 : all.Length;
        var first = Math.Clamp(firstLine, 1, Math.Max(total, 1));
        var count = Math.Clamp(lines, 1, MostLines);
        var shown = all.Skip(first - 1).Take(Math.Min(count, total - first + 1));
        return new ToolResult.Found(
            new FileView(found.Id, wanted.ToString(), first, total, string.Join('\n', shown), first - 1 + count < total),
            evidence with { Notes = first - 1 + count < total ? [$"Lines {first} to {first + count - 1} of {total}."] : [] });
    }

    [SreTool("git_edit_files", ToolEffect.Write)]
    [Description("Edits files, all or none. An edit has content (whole file), or old (occurs once) and new, or delete.")]
    public async Task<ToolResult> EditFilesAsync(string worktree, FileEdit[] edits, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        if (edits.Length is 0 or > MostEdits)
        {
            throw new ToolException($"Give 1 to {MostEdits} edits, not {edits.Length}.");
        }

        using var _ = await worktrees.LockAsync(found, cancellationToken);
        var files = new WorktreeFiles(found.Folder);
        var replacements = await FileEdits.PlanAsync(files, edits, cancellationToken);
        await files.ReplaceAsync(replacements, cancellationToken);
        var ignored = await command.DoAsync(
            found.Call(["ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", .. replacements.Select(replacement => replacement.Path.ToString())]), cancellationToken);
        return new ToolResult.Found(
            new EditView(found.Id, [.. replacements.Select(replacement => new ChangedPath(replacement.Path.ToString(), StateOf(replacement)))]),
            Evidence($"edit {found.Id}", ignored.Parts.Select(path => $"{path} is ignored by .gitignore and will not be committed.")));
    }

    [SreTool("git_commit_changes", ToolEffect.Write)]
    [Description("Commits all changes. Refuses secrets.")]
    public async Task<ToolResult> CommitChangesAsync(string worktree, [Description("Says why")] string message, CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        if (string.IsNullOrWhiteSpace(message) || message.Length > MostMessage || message.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToolException($"A commit needs a message, of at most {MostMessage:N0} characters.");
        }

        using var _ = await worktrees.LockAsync(found, cancellationToken);
        var branch = (await WorktreeState.OfAsync(found, command, cancellationToken)).BranchOf(found);
        await command.DoAsync(found.Call("add", "--all", "--", "."), cancellationToken);
        var committed = false;
        try
        {
            var raw = await command.DoAsync(found.Call("diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none", "HEAD", "--"), cancellationToken);
            var files = StagedFile.Read(raw.Parts);
            if (files.Count == 0)
            {
                return new ToolResult.NoData($"changes in {found.Id}", ["Nothing differs from the last commit, files ignored by .gitignore aside."], Evidence($"commit {found.Id}"));
            }

            var refusals = await new CommitScan(command, secrets).RefusalsAsync(found, files, message, cancellationToken);
            if (refusals.Count > 0)
            {
                throw new ToolException($"Nothing was committed. {string.Join(' ', refusals.Take(20))} Take it out; what is secret belongs where the service gets its secrets from.");
            }

            await command.DoAsync(found.Call("commit", "--quiet", "--no-verify", "--no-gpg-sign", "--cleanup=whitespace", "--file=-") with { Input = GitCall.Text(message) }, cancellationToken);
            committed = true;
            var head = (await WorktreeState.OfAsync(found, command, cancellationToken)).Head;
            return new ToolResult.Found(
                new CommitView(found.Id, branch, head, [.. files.Take(MostChanges).Select(file => file.Path)]),
                Evidence($"commit {found.Id}", files.Count > MostChanges ? $"{MostChanges} of {files.Count} files listed." : null));
        }
        finally
        {
            if (!committed)
            {
                // The files stay as they are; only git's list of what to commit is put back.
                await command.AskAsync(found.Call("reset", "--quiet"), CancellationToken.None);
            }
        }
    }

    private static string StateOf(FileReplacement replacement) =>
        replacement switch { { Before: null } => "added", { After: null } => "deleted", _ => "modified" };
}
