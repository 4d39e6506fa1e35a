using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>
/// The lab's real repositories and the installation's worktrees, read without git. What is pushed leaves no line in the journal; where a branch
/// points is the record.
/// </summary>
internal sealed class WatchedRepositories(IReadOnlyDictionary<string, string> paths, string worktrees)
{
    private readonly Dictionary<string, OpenWorktree> _open = new(StringComparer.Ordinal);

    /// <summary>The worktree there is for an application; a made-up one where there is none.</summary>
    public OpenWorktree Of(string app) => _open.GetValueOrDefault(app) ?? new OpenWorktree($"{app}/none-000000", "sre/none");

    /// <summary>One with a commit that main does not have, one with work nobody has saved: what a push and a discard are tried on.</summary>
    public async Task OpenWorktreesAsync(HostileReplica replica, CancellationToken cancellationToken)
    {
        await OpenAsync(replica, "checkout", "main", cancellationToken);
        await CallAsync(replica, "git_commit_changes", new { worktree = Of("checkout").Id, message = "Say why" }, cancellationToken);
        await OpenAsync(replica, "inventory", "sre/7-note", cancellationToken);
        Look();
    }

    /// <summary>What the last look saw.</summary>
    public RepositoryState Known { get; private set; } = new(new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Every branch of every repository, and every worktree, as they are now.</summary>
    public RepositoryState Look() => Known = new(
        paths.SelectMany(path => BranchesOf(path.Key, path.Value)).ToDictionary(StringComparer.Ordinal),
        (Directory.Exists(worktrees) ? Directory.EnumerateDirectories(worktrees) : [])
            .SelectMany(Directory.EnumerateDirectories).Select(folder => Path.GetRelativePath(worktrees, folder)).ToHashSet(StringComparer.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> BranchesOf(string app, string path)
    {
        var heads = Path.Combine(path, "refs", "heads");
        var packed = Path.Combine(path, "packed-refs");
        var loose = Directory.Exists(heads)
            ? Directory.EnumerateFiles(heads, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
                .Select(file => KeyValuePair.Create($"{app} {Path.GetRelativePath(heads, file)}", File.ReadAllText(file).Trim())).ToArray()
            : [];
        var older = File.Exists(packed)
            ? File.ReadLines(packed).Select(line => line.Split(' ')).Where(parts => parts is [_, var name] && name.StartsWith("refs/heads/", StringComparison.Ordinal))
                .Select(parts => KeyValuePair.Create($"{app} {parts[1]["refs/heads/".Length..]}", parts[0]))
            : [];
        return loose.Concat(older.Where(branch => !loose.Any(newer => newer.Key == branch.Key)));
    }

    private async Task OpenAsync(HostileReplica replica, string app, string branch, CancellationToken cancellationToken)
    {
        var made = await CallAsync(replica, "git_create_worktree", new { repository = app, branch }, cancellationToken);
        _open[app] = new OpenWorktree(made.GetProperty("worktree").GetString()!, branch); // A worktree that was made has an id.
        await CallAsync(replica, "git_edit_files", new { worktree = Of(app).Id, edits = new[] { new { path = "docs/note.md", content = "Why.\n" } } }, cancellationToken);
    }

    private static async Task<JsonElement> CallAsync(HostileReplica replica, string tool, object arguments, CancellationToken cancellationToken)
    {
        var outcome = await replica.Invoker.InvokeAsync(
            new ToolCall($"before-{tool}", tool, JsonSerializer.SerializeToElement(arguments)), new CallContext(Person.Ada.Actor(), replica.Persona(Role.Sre)), new Progress<string>(), cancellationToken);
        Assert.True(outcome.Result is ToolResult.Found, outcome.Text);
        return (JsonElement)((ToolResult.Found)outcome.Result).Data;
    }
}

/// <param name="Id">As tools name it.</param>
internal sealed record OpenWorktree(string Id, string Branch);

/// <param name="Branches">Application and branch, to the commit it points at.</param>
/// <param name="Worktrees">Their ids.</param>
internal sealed record RepositoryState(IReadOnlyDictionary<string, string> Branches, IReadOnlySet<string> Worktrees)
{
    public IReadOnlyList<string> Moved(RepositoryState since) =>
        [.. Branches.Where(branch => since.Branches.GetValueOrDefault(branch.Key) != branch.Value).Select(branch => branch.Key), .. since.Branches.Keys.Except(Branches.Keys)];

    public IReadOnlyList<string> Gone(RepositoryState since) => [.. since.Worktrees.Except(Worktrees)];
}
