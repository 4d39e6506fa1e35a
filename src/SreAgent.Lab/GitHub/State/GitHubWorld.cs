namespace SreAgent.Lab.GitHub.State;

/// <summary>Everything the simulator knows. One request at a time reads or changes it, under <see cref="Gate"/>.</summary>
internal sealed class GitHubWorld
{
    private readonly Dictionary<string, string> _renamed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long> _users = new(StringComparer.OrdinalIgnoreCase);
    private long _lastId = 1000;

    public GitHubWorld(GitHubSeed seed)
    {
        App = seed.App;
        foreach (var repository in seed.Repositories)
        {
            Add(repository);
        }
    }

    public Lock Gate { get; } = new();

    public GitHubAppSeed? App { get; }

    public List<RepositoryState> Repositories { get; } = [];

    public long NextId() => ++_lastId;

    /// <summary>The same number for the same login, as long as the simulator lives.</summary>
    public long UserId(string login) => _users.TryGetValue(login, out var id) ? id : _users[login] = NextId();

    public RepositoryState? Find(string owner, string name) => Find($"{owner}/{name}");

    public RepositoryState? Find(string fullName) => Repositories.Find(repository => repository.FullName.Equals(fullName, StringComparison.OrdinalIgnoreCase));

    /// <summary>The repository that once had this name.</summary>
    public RepositoryState? Renamed(string fullName) => _renamed.TryGetValue(fullName, out var now) ? Find(now) : null;

    private void Add(GitHubRepositorySeed seed)
    {
        var name = seed.FullName.Split('/');
        if (name.Length != 2 || seed.Commits.Count == 0)
        {
            throw new ArgumentException($"{seed.FullName} must be owner/name and have a commit.", nameof(seed));
        }

        var repository = new RepositoryState(NextId(), name[0], name[1], seed);
        Repositories.Add(repository);
        if (seed.RenamedFrom is { } old)
        {
            _renamed[old] = seed.FullName;
        }

        string? before = null;
        foreach (var commit in seed.Commits)
        {
            repository.Add(commit, commit.Parents ?? (before is null ? [] : [before]));
            before = commit.Sha;
        }

        repository.Refs[$"refs/heads/{seed.DefaultBranch}"] = seed.Commits[^1].Sha;
        foreach (var (branch, sha) in seed.Branches)
        {
            repository.Refs[$"refs/heads/{branch}"] = sha;
        }

        foreach (var (tag, sha) in seed.Tags)
        {
            repository.Refs[$"refs/tags/{tag}"] = sha;
        }

        repository.Labels.AddRange(seed.Labels.Select(label => new LabelState(NextId(), label.Name, label.Color, Description: null)));
        repository.CheckRuns.AddRange(seed.Checks.Select(check => Finished(repository, check)));
        repository.Issues.AddRange(seed.Issues.Select((issue, i) => Opened(repository, issue, i + 1)));
    }

    private CheckRunState Finished(RepositoryState repository, GitHubCheckSeed check)
    {
        var at = repository.Commits[check.Sha].At;
        return new CheckRunState(NextId(), check.Sha, check.Name)
        {
            Status = check.Conclusion is null ? "in_progress" : "completed",
            Conclusion = check.Conclusion,
            StartedAt = at,
            CompletedAt = check.Conclusion is null ? null : at.AddMinutes(1),
        };
    }

    private IssueState Opened(RepositoryState repository, GitHubIssueSeed issue, int number) =>
        new(NextId(), number, issue.Author, repository.CreatedAt.AddMinutes(number))
        {
            Title = issue.Title,
            Body = issue.Body,
            IsClosed = issue.IsClosed,
            StateReason = issue.IsClosed ? "completed" : null,
            ClosedAt = issue.IsClosed ? repository.CreatedAt.AddMinutes(number + 1) : null,
            ClosedBy = issue.IsClosed ? issue.Author : null,
            Labels = [.. issue.Labels.Select(name => repository.Labels.Find(label => label.Name == name) ?? new LabelState(NextId(), name, "ededed", Description: null))],
        };
}
