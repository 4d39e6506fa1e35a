using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class PullRoutes
{
    private const string OnePull = GitHubMap.Repository + "/pulls/{number:int}";

    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/pulls", List)
        .Post(GitHubMap.Repository + "/pulls", Create)
        .Get(OnePull, One)
        .Patch(OnePull, Change)
        .Get(OnePull + "/files", Files)
        .Get(OnePull + "/commits", Commits);

    public static IssueState Found(GitHubCall call, RepositoryState repository) =>
        repository.Issue(call.Value("number")) is { Pull: not null } pull ? pull : throw GitHubRefusal.NotFound();

    /// <summary>What the pull request would bring.</summary>
    public static Comparison Brings(RepositoryState repository, PullState pull) =>
        Comparison.Of(repository, repository.Commit($"refs/heads/{pull.Base}"), repository.Commit($"refs/heads/{pull.Head}"));

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var state = call.Query("state") ?? "open";
        var found = repository.Issues
            .Where(issue => issue.Pull is not null && (state == "all" || issue.IsClosed == (state == "closed")))
            .Where(issue => call.Query("head") is not { } head || $"{repository.Owner}:{issue.Pull!.Head}" == head) // The line before has looked.
            .Where(issue => call.Query("base") is not { } into || issue.Pull!.Base == into)
            .OrderByDescending(issue => call.Query("sort") is "updated" ? issue.UpdatedAt : issue.CreatedAt).ThenByDescending(issue => issue.Number).ToArray();
        if (call.Query("direction") is "asc")
        {
            Array.Reverse(found);
        }

        return call.Page(found, issue => PullWire.Simple(call, repository, issue));
    }

    private static GitHubAnswer One(GitHubCall call)
    {
        var repository = call.Repository;
        var issue = Found(call, repository);
        return CommitRoutes.WantsDiff(call)
            ? CommitRoutes.Diff(Brings(repository, issue.Pull!).Files) // Found has looked.
            : GitHubAnswer.Ok(PullWire.Whole(call, repository, issue));
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("pull_requests");
        var fields = call.Fields;
        var (title, head, into) = (fields.Required("PullRequest", "title"), fields.Required("PullRequest", "head"), fields.Required("PullRequest", "base"));
        head = head.StartsWith($"{repository.Owner}:", StringComparison.OrdinalIgnoreCase) ? head[(repository.Owner.Length + 1)..] : head;
        foreach (var (field, branch) in ((string, string)[])[("head", head), ("base", into)])
        {
            if (!repository.Refs.ContainsKey($"refs/heads/{branch}"))
            {
                throw GitHubRefusal.Invalid("PullRequest", field, "invalid");
            }
        }

        var pull = new PullState(head, into, fields.Flag("draft") ?? false);
        if (Brings(repository, pull).Ahead.Count == 0)
        {
            throw GitHubRefusal.Invalid("PullRequest", $"No commits between {into} and {head}");
        }

        if (repository.Issues.Exists(other => !other.IsClosed && other.Pull?.Head == head && other.Pull.Base == into))
        {
            throw GitHubRefusal.Invalid("PullRequest", $"A pull request already exists for {repository.Owner}:{head}.");
        }

        var issue = new IssueState(call.World.NextId(), repository.Issues.Count + 1, call.Caller.Login!, call.Now) // Writable has seen to it.
        {
            Title = title,
            Body = IssueText.Limited("PullRequest", fields.Text("body")),
            Pull = pull,
        };
        repository.Issues.Add(issue);
        call.Changed($"{repository.FullName}#{issue.Number} opened: pull {head} into {into}");
        return GitHubAnswer.Created(PullWire.Whole(call, repository, issue));
    }

    private static GitHubAnswer Change(GitHubCall call)
    {
        var repository = call.Writable("pull_requests");
        var issue = Found(call, repository);
        var state = call.Fields.OneOf("PullRequest", "state", "open", "closed");
        issue.Title = call.Fields.Text("title") ?? issue.Title;
        issue.Body = call.Fields.Has("body") ? IssueText.Limited("PullRequest", call.Fields.Text("body")) : issue.Body;
        if (state is not null && issue.IsClosed != (state == "closed"))
        {
            issue.IsClosed = state == "closed";
            (issue.ClosedAt, issue.ClosedBy) = (issue.IsClosed ? call.Now : null, issue.IsClosed ? call.Caller.Login : null);
        }

        issue.UpdatedAt = call.Now;
        call.Changed($"{repository.FullName}#{issue.Number} changed{(state is null ? "" : $", now {state}")}");
        return GitHubAnswer.Ok(PullWire.Whole(call, repository, issue));
    }

    private static GitHubAnswer Files(GitHubCall call)
    {
        var repository = call.Repository;
        var pull = Found(call, repository).Pull!; // Found has looked.
        var head = repository.Commit($"refs/heads/{pull.Head}");
        return call.Page(Brings(repository, pull).Files, file => CommitWire.File(call, repository, head, file));
    }

    private static GitHubAnswer Commits(GitHubCall call)
    {
        var repository = call.Repository;
        return call.Page(Brings(repository, Found(call, repository).Pull!).Ahead, commit => CommitWire.Of(call, repository, commit)); // Found has looked.
    }
}
