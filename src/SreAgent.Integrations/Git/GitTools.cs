using System.ComponentModel;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>Worktrees: making them, and looking at them.</summary>
internal sealed partial class GitTools(GitOptions options, GitCommand command, Worktrees worktrees, IEnumerable<ISecretSource> secrets) : IToolset
{
    private const string Source = "git";
    private const int MostListed = 50;
    private const int MostChanges = 200;
    private const int MostPatch = 96 * 1024;

    public string Name => Source;

    public string? Environment => options.Environment;

    [SreTool("git_list_worktrees", ToolEffect.Read)]
    [Description("Lists worktrees, and repositories to make one of.")]
    public async Task<ToolResult> ListWorktreesAsync(CancellationToken cancellationToken = default)
    {
        var all = worktrees.List();
        string[] repositories = [.. worktrees.Repositories.Select(repository => repository.Name)];
        if (all.Count == 0)
        {
            return new ToolResult.NoData("worktrees of this host", [$"None was made yet. Repositories for git_create_worktree: {string.Join(", ", repositories)}."], Evidence("worktrees"));
        }

        var views = new List<WorktreeView>();
        var broken = new List<string>();
        foreach (var worktree in all.Take(MostListed))
        {
            try
            {
                var state = await WorktreeState.OfAsync(worktree, command, cancellationToken);
                var unpushed = await worktree.Repository.NotOnRemoteAsync(state.Head, cancellationToken);
                views.Add(new WorktreeView(worktree.Id, worktree.Repository.Options.Remote, state.Branch, state.Head, state.Changes.Count, unpushed.Count, worktree.Folder) { Locked = worktree.IsLocked });
            }
            catch (ToolException e)
            {
                broken.Add($"{worktree.Id} cannot be read: {e.Message}");
            }
        }

        return new ToolResult.Found(
            new WorktreeList(views, repositories, all.Count > MostListed),
            Evidence("worktrees", [.. broken, "Other people's checkouts are not listed.", all.Count > MostListed ? $"{MostListed} of {all.Count} shown." : null]));
    }

    [SreTool("git_create_worktree", ToolEffect.Write)]
    [Description("Fetches and makes a worktree for a branch. Not for a branch that has one.")]
    public async Task<ToolResult> CreateWorktreeAsync(
        string repository,
        [Description("Such as sre/41-raise-pool-limit")] string branch,
        [Description("Branch, tag or commit")] string? from = null,
        CancellationToken cancellationToken = default)
    {
        var made = await worktrees.CreateAsync(worktrees.Repository(repository), branch, from, cancellationToken);
        return await StatusAsync(made, "worktree add", cancellationToken);
    }

    [SreTool("git_show_status", ToolEffect.Read)]
    [Description("Branch, base, commits, uncommitted files. For content use git_show_diff.")]
    public Task<ToolResult> ShowStatusAsync(string worktree, CancellationToken cancellationToken = default) =>
        StatusAsync(worktrees.Find(worktree), "status", cancellationToken);

    [SreTool("git_show_diff", ToolEffect.Read)]
    [Description("Everything a worktree changes, committed or not.")]
    public async Task<ToolResult> ShowDiffAsync(
        string worktree,
        [Description("HEAD, branch or commit; else the base")] string? against = null,
        string? path = null,
        CancellationToken cancellationToken = default)
    {
        var found = worktrees.Find(worktree);
        var commit = await AgainstAsync(found, against, cancellationToken);
        string[] only = path is null ? [] : [WorktreePath.Parse(path).ToString()];
        using var index = await ScratchIndex.OfAsync(found, options, cancellationToken);
        await command.DoAsync(found.Call("add", "--intent-to-add", "--", ".") with { IndexFile = index.File }, cancellationToken);
        string[] asked = ["--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--submodule=short", "--src-prefix=a/", "--dst-prefix=b/", commit, "--", .. only];
        var counts = await command.DoAsync(found.Call(["diff", "--numstat", "-z", .. asked]) with { IndexFile = index.File }, cancellationToken);
        var patch = await command.AskAsync(found.Call(["diff", .. asked]) with { IndexFile = index.File, MostOutput = MostPatch }, cancellationToken);
        if (patch is { Ok: false, Truncated: false })
        {
            throw GitErrors.Explain(found.Ask("diff"), patch);
        }

        DiffFile[] files = [.. counts.Parts.Select(DiffFileOf)];
        var evidence = Evidence(
            $"diff {commit[..12]} in {found.Id}",
            $"Against {against ?? "the base"}, {commit[..12]}.",
            patch.Truncated ? $"The patch is cut off at {MostPatch >> 10} KB; ask for one file." : null,
            files.Length > MostChanges ? $"{MostChanges} of {files.Length} files listed." : null);
        return files.Length == 0
            ? new ToolResult.NoData(evidence.Query, ["The worktree has nothing that differs, files ignored by .gitignore aside."], evidence)
            : new ToolResult.Found(new DiffView(found.Id, commit, [.. files.Take(MostChanges)], patch.Text, patch.Truncated || files.Length > MostChanges), evidence);
    }

    private async Task<ToolResult> StatusAsync(Worktree worktree, string asked, CancellationToken cancellationToken)
    {
        var state = await WorktreeState.OfAsync(worktree, command, cancellationToken);
        var start = await BaseAsync(worktree, cancellationToken);
        var commits = await worktree.Repository.CommitsAsync([state.Head, "--not", start], cancellationToken);
        var unpushed = await worktree.Repository.NotOnRemoteAsync(state.Head, cancellationToken);
        return new ToolResult.Found(
            new StatusView(
                worktree.Id, worktree.Repository.Options.Remote, state.Branch, state.Head, start, state.IsClean, [.. state.Changes.Take(MostChanges)],
                commits.Lines, unpushed.Count, worktree.Folder),
            Evidence(
                $"{asked} {worktree.Id}",
                "What is pushed is as of the last fetch.",
                state.Changes.Count > MostChanges ? $"{MostChanges} of {state.Changes.Count} changed files shown." : null,
                commits.Count > commits.Lines.Count ? $"{commits.Lines.Count} of {commits.Count} commits shown." : null));
    }

    private static async Task<string> BaseAsync(Worktree worktree, CancellationToken cancellationToken) =>
        await worktree.Repository.CommitAsync(worktree.BaseRef, cancellationToken)
        ?? throw new ToolException($"What {worktree.Id} was made from is not known any more. Give 'against' a branch, or take a new worktree.");

    private async Task<string> AgainstAsync(Worktree worktree, string? against, CancellationToken cancellationToken)
    {
        if (against is null)
        {
            return await BaseAsync(worktree, cancellationToken);
        }

        var head = (await WorktreeState.OfAsync(worktree, command, cancellationToken)).Head;
        if (string.Equals(against, "HEAD", StringComparison.OrdinalIgnoreCase))
        {
            return head;
        }

        var other = await worktree.Repository.ResolveAsync(against, cancellationToken);
        return await worktree.Repository.MergeBaseAsync(head, other, cancellationToken) ?? other;
    }

    private static DiffFile DiffFileOf(string entry)
    {
        var fields = entry.Split('\t', 3);
        return new DiffFile(fields[^1], Number(fields[0]), Number(fields.ElementAtOrDefault(1)));

        static int? Number(string? text) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static Evidence Evidence(string asked, params IEnumerable<string?> notes) => new(Source, asked) { Notes = [.. notes.OfType<string>()] };
}
