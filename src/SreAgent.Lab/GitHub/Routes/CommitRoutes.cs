using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class CommitRoutes
{
    /// <summary>As GitHub cuts a comparison.</summary>
    private const int MostFiles = 300;

    private const int MostCommits = 250;

    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/commits", List)
        .Get(GitHubMap.Repository + "/commits/{**ref}", One)
        .Get(GitHubMap.Repository + "/commits/{sha}/pulls", PullsOf)
        .Get(GitHubMap.Repository + "/compare/{**basehead}", Compare);

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var from = repository.Resolve(call.Query("sha") ?? "HEAD") ?? throw GitHubRefusal.NotFound();
        var found = repository.History(from)
            .Where(commit => call.Query("path") is not { } path || Touches(repository, commit, path.Trim('/')))
            .Where(commit => call.Query("author") is not { } author || commit.Author.Equals(author, StringComparison.OrdinalIgnoreCase))
            .Where(commit => !(commit.At < Moment(call, "since")) && !(commit.At > Moment(call, "until")));
        return call.Page([.. found], commit => CommitWire.Of(call, repository, commit));
    }

    private static GitHubAnswer One(GitHubCall call)
    {
        var repository = call.Repository;
        var commit = repository.Commit(call.Value("ref"));
        if (WantsDiff(call))
        {
            return Diff(FileChange.Between(commit.Parents.Count > 0 ? repository.Commits[commit.Parents[0]] : null, commit));
        }

        return call.Accept.Contains("sha", StringComparison.Ordinal)
            ? GitHubAnswer.Text(commit.Sha, "application/vnd.github.sha")
            : GitHubAnswer.Ok(CommitWire.Whole(call, repository, commit));
    }

    private static GitHubAnswer PullsOf(GitHubCall call)
    {
        var repository = call.Repository;
        var commit = repository.Commit(call.Value("sha"));
        var pulls = repository.Issues.Where(issue => issue.Pull is { } pull && Comparison.Of(repository, repository.Commit($"refs/heads/{pull.Base}"), repository.Commit($"refs/heads/{pull.Head}")).Ahead.Contains(commit));
        return call.Page([.. pulls], issue => PullWire.Simple(call, repository, issue));
    }

    private static GitHubAnswer Compare(GitHubCall call)
    {
        var repository = call.Repository;
        var names = call.Value("basehead").Split("...");
        if (names.Length != 2 || names.Select(repository.Resolve).ToArray() is not [{ } from, { } to])
        {
            throw GitHubRefusal.NotFound();
        }

        var comparison = Comparison.Of(repository, from, to);
        if (WantsDiff(call))
        {
            return Diff(comparison.Files);
        }

        var page = $"{RepositoryWire.Page(call, repository)}/compare/{names[0]}...{names[1]}";
        return GitHubAnswer.Ok(new
        {
            url = $"{RepositoryWire.Address(call, repository)}/compare/{names[0]}...{names[1]}",
            html_url = page,
            permalink_url = $"{RepositoryWire.Page(call, repository)}/compare/{repository.Owner}:{from.Sha[..7]}...{repository.Owner}:{to.Sha[..7]}",
            diff_url = $"{page}.diff",
            patch_url = $"{page}.patch",
            base_commit = CommitWire.Of(call, repository, from),
            merge_base_commit = CommitWire.Of(call, repository, comparison.MergeBase),
            status = comparison.Status,
            ahead_by = comparison.Ahead.Count,
            behind_by = comparison.Behind.Count,
            total_commits = comparison.Ahead.Count,
            commits = comparison.Ahead.TakeLast(MostCommits).Select(commit => CommitWire.Of(call, repository, commit)).ToArray(),
            files = comparison.Files.Take(MostFiles).Select(file => CommitWire.File(call, repository, to, file)).ToArray(),
        });
    }

    public static bool WantsDiff(GitHubCall call) => call.Accept.Contains(".diff", StringComparison.Ordinal);

    public static GitHubAnswer Diff(IEnumerable<FileChange> files) => GitHubAnswer.Text(string.Concat(files.Select(file => file.Unified)), "application/vnd.github.diff");

    private static bool Touches(RepositoryState repository, CommitState commit, string path) =>
        FileChange.Between(commit.Parents.Count > 0 ? repository.Commits[commit.Parents[0]] : null, commit)
            .Any(file => file.Path == path || file.Path.StartsWith(path + "/", StringComparison.Ordinal));

    private static DateTimeOffset? Moment(GitHubCall call, string name) => DateTimeOffset.TryParse(call.Query(name), out var moment) ? moment : null;
}
