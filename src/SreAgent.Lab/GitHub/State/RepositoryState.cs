using System.Collections.Immutable;

namespace SreAgent.Lab.GitHub.State;

/// <summary>A repository as it is at this moment. Whoever holds it holds the simulator's lock.</summary>
internal sealed class RepositoryState(long id, string owner, string name, GitHubRepositorySeed seed)
{
    public long Id => id;

    public string Owner => owner;

    public string Name => name;

    public string FullName => $"{owner}/{name}";

    public bool IsPrivate => seed.IsPrivate;

    public string DefaultBranch => seed.DefaultBranch;

    public IReadOnlyList<string> ProtectedBranches => seed.ProtectedBranches;

    public DateTimeOffset CreatedAt => seed.Commits[0].At;

    public Dictionary<string, CommitState> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>Full ref name, <c>refs/heads/main</c>, to commit hash.</summary>
    public SortedDictionary<string, string> Refs { get; } = new(StringComparer.Ordinal);

    public List<LabelState> Labels { get; } = [];

    /// <summary>Issues and pull requests, which share their numbers; oldest first.</summary>
    public List<IssueState> Issues { get; } = [];

    public List<CheckRunState> CheckRuns { get; } = [];

    public List<StatusState> Statuses { get; } = [];

    public List<DeploymentState> Deployments { get; } = [];

    public IssueState? Issue(string number) => Issues.Find(issue => issue.Number.ToString() == number);

    /// <summary>What a branch, tag, full ref or (abbreviated) hash points at.</summary>
    public CommitState? Resolve(string reference)
    {
        string[] names = [reference, $"refs/{reference}", $"refs/heads/{reference}", $"refs/tags/{reference}"];
        if (names.Select(full => Refs.GetValueOrDefault(full)).FirstOrDefault(found => found is not null) is { } sha)
        {
            return Commits[sha];
        }

        if (reference is "HEAD")
        {
            return Commits[Refs[$"refs/heads/{DefaultBranch}"]];
        }

        return reference.Length >= 7 && reference.All(char.IsAsciiHexDigitLower) ? Commits.Values.FirstOrDefault(commit => commit.Sha.StartsWith(reference, StringComparison.Ordinal)) : null;
    }

    /// <exception cref="GitHubRefusal">There is none.</exception>
    public CommitState Commit(string reference) => Resolve(reference) ?? throw GitHubRefusal.Of(422, $"No commit found for SHA: {reference}");

    /// <summary>A commit and all it is made on, newest first.</summary>
    public IReadOnlyList<CommitState> History(CommitState from)
    {
        var seen = new Dictionary<string, CommitState>(StringComparer.Ordinal);
        var open = new Stack<CommitState>([from]);
        while (open.TryPop(out var commit))
        {
            if (seen.TryAdd(commit.Sha, commit))
            {
                foreach (var parent in commit.Parents)
                {
                    open.Push(Commits[parent]);
                }
            }
        }

        return [.. seen.Values.OrderByDescending(commit => commit.At).ThenByDescending(commit => commit.Order)];
    }

    public CommitState Add(GitHubCommitSeed commit, IReadOnlyList<string> parents)
    {
        var files = parents.Count > 0 ? Commits[parents[0]].Files : ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        foreach (var (path, content) in commit.Files)
        {
            files = content is null ? files.Remove(path) : files.SetItem(path, content);
        }

        var state = new CommitState(commit.Sha, commit.Message, commit.Author, commit.At, parents, files, Commits.Count);
        Commits.Add(state.Sha, state);
        return state;
    }
}

/// <param name="Files">Every file as of this commit.</param>
/// <param name="Order">Breaks ties between commits of the same moment.</param>
internal sealed record CommitState(
    string Sha, string Message, string Author, DateTimeOffset At, IReadOnlyList<string> Parents, ImmutableSortedDictionary<string, string> Files, int Order);

internal sealed record LabelState(long Id, string Name, string Color, string? Description);

internal sealed record StatusState(long Id, string Sha, string State, string Context, string? Description, string? TargetUrl, string Creator, DateTimeOffset At);
