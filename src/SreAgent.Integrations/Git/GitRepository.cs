using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>
/// A configured repository: a bare clone of our own under the root, whose configuration nobody but this host writes. A configured
/// <see cref="RepositoryOptions.Path"/> is only read from.
/// </summary>
internal sealed class GitRepository(RepositoryOptions options, GitOptions git, GitCommand command, KeyedLock locks)
{
    // Attributes here come before the repository's own: no filter, whatever it names.
    private const string Attributes = "* -filter\n";

    public string Name => options.Name;

    public RepositoryOptions Options => options;

    public string GitDir { get; } = Path.Combine(git.Root!, "repositories", options.Name + ".git"); // Enabled, so there is a root.

    /// <summary>Its worktrees, one folder each.</summary>
    public string Worktrees { get; } = Path.Combine(git.Root!, "worktrees", options.Name);

    public bool Exists => Directory.Exists(GitDir);

    /// <summary>Making a clone runs git twice, each for no longer than its deadline.</summary>
    public static TimeSpan AbandonedAfter(TimeSpan timeout) => (2 * timeout) + TimeSpan.FromMinutes(1);

    private string Tracking => $"refs/remotes/{options.Remote}/";

    /// <summary>Where it comes from. The remote of a clone on this machine is read from its configuration as text, without what that includes. A clone without one is itself the remote.</summary>
    public async Task<GitRemote> RemoteAsync(CancellationToken cancellationToken)
    {
        var text = options.Url;
        if (options.Path is { } path)
        {
            var configuration = new[] { Path.Combine(path, ".git", "config"), Path.Combine(path, "config") }.FirstOrDefault(File.Exists)
                ?? throw new ToolException($"{path} is no clone, or only a worktree of one. Set {GitOptions.Section}:Repositories:{options.Name}:Path to the clone itself.");
            text = await command.LineAsync(new GitCall(null, "config", "--file", configuration, "--no-includes", "--get", $"remote.{options.Remote}.url"), cancellationToken) ?? path;
            text = text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) ? Path.GetFullPath(text, path) : text;
        }

        return RemoteAddress.TryParse(text!, out var address, out var wrong)
            ? new GitRemote(options.Remote, options, address)
            : throw new ToolException($"The address of remote {options.Remote} of {options.Name} {wrong}. Set {GitOptions.Section}:Repositories:{options.Name}:Url.");
    }

    /// <summary>Held by whoever changes what its worktrees share.</summary>
    public Task<IDisposable> LockAsync(CancellationToken cancellationToken) => locks.TakeAsync(options.Name, cancellationToken);

    /// <summary>Clones it if that has not been done, and brings everything the remote has. The caller holds the lock.</summary>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken);
        var remote = await RemoteAsync(cancellationToken);
        await command.DoAsync(
            new GitCall(GitDir, "fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules", "--", remote.Address.Text, $"+refs/heads/*:{Tracking}*", "+refs/tags/*:refs/tags/*")
            {
                Remote = remote,
            },
            cancellationToken);
    }

    /// <summary>What the remote itself says now: its default branch, and where one branch stands.</summary>
    /// <param name="branch">Checked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RemoteState> AskRemoteAsync(string branch, CancellationToken cancellationToken)
    {
        var remote = await RemoteAsync(cancellationToken);
        var answer = await command.DoAsync(new GitCall(null, "ls-remote", "--symref", "--", remote.Address.Text, "HEAD", $"refs/heads/{branch}") { Remote = remote }, cancellationToken);
        string? main = null;
        string? head = null;
        foreach (var line in answer.Text.Split('\n').Select(line => line.Split('\t')))
        {
            if (line is [var symbolic, "HEAD"] && symbolic.StartsWith("ref: refs/heads/", StringComparison.Ordinal))
            {
                main = symbolic["ref: refs/heads/".Length..];
            }
            else if (line is [var hash, var name] && name == $"refs/heads/{branch}")
            {
                head = hash;
            }
        }

        return new RemoteState(options.DefaultBranch ?? main, main, head);
    }

    /// <summary>The full hash of a branch, tag or commit of the remote, as last fetched. Revision expressions are not taken.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public async Task<string> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (BranchName.IsHash(name) || BranchName.IsPlain(name))
        {
            string[] candidates = BranchName.IsHash(name) ? [name] : [Tracking + name, "refs/tags/" + name];
            foreach (var candidate in candidates)
            {
                if (await CommitAsync(candidate, cancellationToken) is { } hash)
                {
                    return hash;
                }
            }
        }

        throw new ToolException($"The remote of {Name} has no branch, tag or commit '{BranchName.Shown(name)}'. Give a branch, a tag, or at least 7 digits of a hash.");
    }

    public Task<string?> LocalHeadAsync(string branch, CancellationToken cancellationToken) => CommitAsync($"refs/heads/{branch}", cancellationToken);

    /// <summary>As last fetched or pushed.</summary>
    public Task<string?> TrackedHeadAsync(string branch, CancellationToken cancellationToken) => CommitAsync(Tracking + branch, cancellationToken);

    public async Task<bool> IsAncestorAsync(string older, string newer, CancellationToken cancellationToken) =>
        (await command.AskAsync(new GitCall(GitDir, "merge-base", "--is-ancestor", older, newer), cancellationToken)).Ok;

    public Task<string?> MergeBaseAsync(string left, string right, CancellationToken cancellationToken) =>
        command.LineAsync(new GitCall(GitDir, "merge-base", left, right), cancellationToken);

    /// <summary>Commits that are on no branch of the remote, newest first.</summary>
    public async Task<CommitList> NotOnRemoteAsync(string head, CancellationToken cancellationToken) =>
        await CommitsAsync([head, "--not", $"--remotes={options.Remote}"], cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="range">Full hashes, and options of ours.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CommitList> CommitsAsync(IReadOnlyList<string> range, CancellationToken cancellationToken)
    {
        var count = await command.DoAsync(new GitCall(GitDir, ["rev-list", "--count", .. range, "--"]), cancellationToken);
        var shown = await command.DoAsync(new GitCall(GitDir, ["log", $"--max-count={CommitList.Most}", "--no-color", "--no-decorate", "--no-show-signature", "--format=%h %s (%an)", .. range, "--"]), cancellationToken);
        return new CommitList(int.Parse(count.Line, System.Globalization.CultureInfo.InvariantCulture), shown.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>After a push that was accepted.</summary>
    public Task SetTrackedHeadAsync(string branch, string hash, CancellationToken cancellationToken) =>
        command.DoAsync(new GitCall(GitDir, "update-ref", Tracking + branch, hash), cancellationToken);

    public Task<string?> CommitAsync(string name, CancellationToken cancellationToken) =>
        command.LineAsync(new GitCall(GitDir, "rev-parse", "--verify", "--quiet", name + "^{commit}"), cancellationToken);

    /// <summary>Made beside its place and moved there whole, so that a half-made clone is never taken for one.</summary>
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var parent = Path.GetDirectoryName(GitDir)!; // Below the root.
        Directory.CreateDirectory(parent);
        RemoveAbandoned(parent);
        if (Exists)
        {
            return;
        }

        var growing = Path.Combine(parent, $".{Name}-{Guid.NewGuid():N}");
        try
        {
            await command.DoAsync(new GitCall(null, "init", "--quiet", "--bare", "--template=", "--", growing), cancellationToken);
            Directory.CreateDirectory(Path.Combine(growing, "info"));
            await File.WriteAllTextAsync(Path.Combine(growing, "info", "attributes"), Attributes, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(growing, "info", "exclude"), WorktreeFiles.TemporaryPattern + "\n", cancellationToken);
            await BorrowAsync(growing, cancellationToken);
            Directory.Move(growing, GitDir);
        }
        catch (IOException) when (Exists)
        {
            // Another process was quicker.
        }
        finally
        {
            if (Directory.Exists(growing))
            {
                Directory.Delete(growing, recursive: true);
            }
        }
    }

    /// <summary>Half-made clones of processes that were killed: older than a clone can be, so that another process's is left alone.</summary>
    private void RemoveAbandoned(string parent)
    {
        var youngest = command.Now - AbandonedAfter(git.Timeout);
        foreach (var folder in Directory.EnumerateDirectories(parent, $".{Name}-*").Where(folder => IsGrowing(folder) && Directory.GetLastWriteTimeUtc(folder) < youngest.UtcDateTime))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The name of another repository may begin with this one's.</summary>
    private bool IsGrowing(string folder) => Guid.TryParseExact(Path.GetFileName(folder)[(Name.Length + 2)..], "N", out _);

    /// <summary>Takes over what a clone on this machine has fetched already, so that only the rest comes over the network.</summary>
    private async Task BorrowAsync(string gitDir, CancellationToken cancellationToken)
    {
        if (options.Path is { } path && RemoteAddress.TryParse(path, out var address, out _))
        {
            var clone = new GitRemote("clone", options, address);

            // What fails here is fetched from the remote, or fails there with the better reason.
            await command.AskAsync(new GitCall(gitDir, "fetch", "--quiet", "--no-tags", "--", path, $"+refs/remotes/{options.Remote}/*:{Tracking}*") { Remote = clone }, cancellationToken);
        }
    }
}

/// <param name="Default">The default branch by the settings, else by the remote. Absent when neither says.</param>
/// <param name="RemoteDefault">By the remote alone.</param>
/// <param name="Head">Absent when the remote has no such branch.</param>
internal sealed record RemoteState(string? Default, string? RemoteDefault, string? Head);

/// <param name="Count">All of them.</param>
/// <param name="Lines">The newest: short hash, subject, author.</param>
internal sealed record CommitList(int Count, IReadOnlyList<string> Lines)
{
    public const int Most = 30;

    public override string ToString() => Count > Lines.Count ? $"{string.Join('\n', Lines)}\nand {Count - Lines.Count} more" : string.Join('\n', Lines);
}
