using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class StatusRoutes
{
    private const int LongestDescription = 140;
    private const int MostOfOneContext = 1000;

    public static void Map(GitHubMap map) => map
        .Post(GitHubMap.Repository + "/statuses/{sha}", Create)
        .Get(GitHubMap.Repository + "/commits/{reference}/statuses", List)
        .Get(GitHubMap.Repository + "/commits/{reference}/status", Combined);

    /// <summary>Failure beats pending, pending beats success, and none at all is pending.</summary>
    public static string CombinedState(IReadOnlyCollection<StatusState> newest) =>
        newest.Any(status => status.State is "error" or "failure") ? "failure"
        : newest.Count == 0 || newest.Any(status => status.State == "pending") ? "pending"
        : "success";

    public static IReadOnlyList<StatusState> NewestOfEach(RepositoryState repository, string sha) => [.. All(repository, sha).DistinctBy(status => status.Context, StringComparer.Ordinal)];

    private static IEnumerable<StatusState> All(RepositoryState repository, string sha) => repository.Statuses.Where(status => status.Sha == sha).Reverse();

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("statuses");
        var sha = call.Value("sha");
        if (!repository.Commits.ContainsKey(sha))
        {
            throw GitHubRefusal.Of(422, $"No commit found for SHA: {sha}");
        }

        var state = call.Fields.OneOf("Status", "state", "error", "failure", "pending", "success") ?? throw GitHubRefusal.Invalid("Status", "state", "missing_field");
        var (context, description) = (call.Fields.Text("context") ?? "default", call.Fields.Text("description"));
        if (description?.Length > LongestDescription)
        {
            throw GitHubRefusal.Invalid("Status", $"description is too long (maximum is {LongestDescription} characters)");
        }

        if (repository.Statuses.Count(other => other.Sha == sha && other.Context == context) >= MostOfOneContext)
        {
            throw GitHubRefusal.Invalid("Status", $"This SHA and context has reached the maximum number of statuses ({MostOfOneContext}).");
        }

        var status = new StatusState(call.World.NextId(), sha, state, context, description, call.Fields.Text("target_url"), call.Caller.Login!, call.Now); // Writable has seen to it.
        repository.Statuses.Add(status);
        call.Changed($"{repository.FullName}: status {context} on {sha[..7]} {state}");
        return GitHubAnswer.Created(CheckWire.Status(call, repository, status));
    }

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var commit = repository.Commit(call.Value("reference"));
        return call.Page([.. All(repository, commit.Sha)], status => CheckWire.Status(call, repository, status));
    }

    private static GitHubAnswer Combined(GitHubCall call)
    {
        var repository = call.Repository;
        var commit = repository.Commit(call.Value("reference"));
        var newest = NewestOfEach(repository, commit.Sha);
        var address = $"{RepositoryWire.Address(call, repository)}/commits/{commit.Sha}";
        return call.Page(
            newest,
            items => new
            {
                state = CombinedState(newest),
                statuses = items,
                sha = commit.Sha,
                total_count = newest.Count,
                repository = RepositoryWire.Minimal(call, repository),
                commit_url = address,
                url = $"{address}/status",
            },
            status => CheckWire.CombinedStatus(call, repository, status));
    }
}
