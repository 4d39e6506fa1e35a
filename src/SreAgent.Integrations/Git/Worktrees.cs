using System.Security.Cryptography;
using System.Text;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>The worktrees this host has made, found by their ids in its own folder; and how one is made and taken away.</summary>
internal sealed class Worktrees(GitOptions options, GitCommand command)
{
    private readonly KeyedLock _repositories = new();
    private readonly KeyedLock _worktrees = new();
    private GitRepository[]? _all;

    public IReadOnlyList<GitRepository> Repositories => _all ??= [.. options.Repositories.Select(repository => new GitRepository(repository, options, command, _repositories))];

    /// <exception cref="ToolException">It is not configured; says what is.</exception>
    public GitRepository Repository(string name) =>
        Repositories.FirstOrDefault(repository => string.Equals(repository.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ToolException($"No repository '{BranchName.Shown(name)}' is configured. There are: {string.Join(", ", Repositories.Select(repository => repository.Name))}.");

    /// <exception cref="ToolException">There is none with this id.</exception>
    public Worktree Find(string id)
    {
        var found = id.Split('/') is [var name, var slug] && Worktree.IsSlug(slug)
            && Repositories.FirstOrDefault(repository => repository.Name == name) is { } repository
            ? Open(repository, slug) : null;
        return found ?? throw new ToolException($"There is no worktree '{BranchName.Shown(id)}'. git_list_worktrees shows those there are.");
    }

    /// <summary>The repository of a worktree that may be gone by now.</summary>
    /// <exception cref="ToolException">It is not configured; says what is.</exception>
    public GitRepository RepositoryOf(string id) => Repository(id.Split('/')[0]);

    public IReadOnlyList<Worktree> List() =>
    [
        .. Repositories.Where(repository => Directory.Exists(repository.Worktrees))
            .SelectMany(repository => Directory.EnumerateDirectories(repository.Worktrees).Select(folder => Open(repository, Path.GetFileName(folder))))
            .OfType<Worktree>().OrderBy(worktree => worktree.Id, StringComparer.Ordinal),
    ];

    /// <summary>Held by whoever changes its files, its index or its branch.</summary>
    public Task<IDisposable> LockAsync(Worktree worktree, CancellationToken cancellationToken) => _worktrees.TakeAsync(worktree.Id, cancellationToken);

    /// <param name="repository">Configured.</param>
    /// <param name="branch">New, or one to go on with.</param>
    /// <param name="from">Absent means the branch itself where it exists, else the default branch.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Worktree> CreateAsync(GitRepository repository, string branch, string? from, CancellationToken cancellationToken)
    {
        branch = BranchName.Checked(branch);
        using var _ = await repository.LockAsync(cancellationToken);
        await repository.FetchAsync(cancellationToken);
        await command.DoAsync(new GitCall(repository.GitDir, "worktree", "prune", "--expire=now"), cancellationToken);
        var slug = SlugOf(branch);
        if (Open(repository, slug) is { } existing)
        {
            throw new ToolException($"Branch {branch} already has the worktree {existing.Id}: go on there, or take another branch.");
        }

        var start = await StartAsync(repository, branch, from, cancellationToken);
        var folder = Path.Combine(repository.Worktrees, slug);
        Directory.CreateDirectory(repository.Worktrees);
        await command.DoAsync(new GitCall(repository.GitDir, "worktree", "add", "--no-track", start.BranchExists ? "-B" : "-b", branch, "--", folder, start.Commit), cancellationToken);
        await command.DoAsync(new GitCall(repository.GitDir, "update-ref", Worktree.BaseRefOf(slug), start.Base), cancellationToken);
        return Open(repository, slug) ?? throw new ToolException($"git made {folder}, but it is not a worktree of {repository.Name}. Look at it before trying again.");
    }

    /// <summary>The folder and git's notes of it, without force: git refuses what is locked, and what holds changes unless <paramref name="discard"/>.</summary>
    public async Task RemoveAsync(Worktree worktree, bool discard, CancellationToken cancellationToken)
    {
        string[] arguments = ["worktree", "remove", .. discard ? ["--force"] : Array.Empty<string>(), "--", worktree.Folder];
        await command.DoAsync(new GitCall(worktree.Repository.GitDir, arguments), cancellationToken);
        await command.DoAsync(new GitCall(worktree.Repository.GitDir, "update-ref", "-d", worktree.BaseRef), cancellationToken);
    }

    private static async Task<(string Commit, string Base, bool BranchExists)> StartAsync(
        GitRepository repository, string branch, string? from, CancellationToken cancellationToken)
    {
        var local = await repository.LocalHeadAsync(branch, cancellationToken);
        var remote = await repository.TrackedHeadAsync(branch, cancellationToken);
        if (from is not null)
        {
            var wanted = await repository.ResolveAsync(from, cancellationToken);
            return new[] { local, remote }.FirstOrDefault(head => head is not null && head != wanted) is { } other
                ? throw new ToolException($"Branch {branch} exists already, at {other[..12]} and not at {wanted[..12]}. Leave 'from' out to go on with it, or take another branch.")
                : (wanted, wanted, local is not null);
        }

        var state = await repository.AskRemoteAsync(branch, cancellationToken);
        var main = state.Default is null ? null : await repository.TrackedHeadAsync(state.Default, cancellationToken);
        if ((local ?? remote) is null)
        {
            return main is null
                ? throw new ToolException($"The remote of {repository.Name} {(state.Default is null ? "does not say which branch is its default" : $"has no branch {state.Default}")}. Give 'from', or set DefaultBranch in the settings.")
                : (main, main, false);
        }

        var start = local is null || (remote is not null && await repository.IsAncestorAsync(local, remote, cancellationToken)) ? remote! : local; // One of them is there.
        var since = main is null || branch == state.Default ? start : await repository.MergeBaseAsync(start, main, cancellationToken) ?? start;
        return (start, since, local is not null);
    }

    private static Worktree? Open(GitRepository repository, string slug)
    {
        var folder = Path.Combine(repository.Worktrees, slug);
        var pointer = Path.Combine(folder, ".git");
        if (!Worktree.IsSlug(slug) || PathKinds.Of(folder) != PathKind.Folder || PathKinds.Of(pointer) != PathKind.File)
        {
            return null;
        }

        // What it points to is believed only where git would have put it.
        var gitDir = File.ReadAllText(pointer).Trim() is var text && text.StartsWith("gitdir: ", StringComparison.Ordinal) ? Path.GetFullPath(text["gitdir: ".Length..], folder) : "";
        return Path.GetDirectoryName(gitDir) == Path.Combine(repository.GitDir, "worktrees") && PathKinds.Of(gitDir) == PathKind.Folder
            ? new Worktree(repository, slug, folder, gitDir)
            : null;
    }

    /// <summary>Readable, and different for every branch.</summary>
    private static string SlugOf(string branch)
    {
        var readable = string.Concat(branch.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(branch)))[..6];
        return $"{readable[..Math.Min(readable.Length, 48)].Trim('-')}-{mark}";
    }
}
