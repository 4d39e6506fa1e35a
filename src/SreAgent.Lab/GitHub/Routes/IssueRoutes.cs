using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

internal static class IssueRoutes
{
    public static void Map(GitHubMap map) => map
        .Get("/search/issues", Search)
        .Get(GitHubMap.Repository + "/issues", List)
        .Get(GitHubMap.Repository + "/issues/{number:int}", One)
        .Post(GitHubMap.Repository + "/issues", Create)
        .Patch(GitHubMap.Repository + "/issues/{number:int}", Change)
        .Put(GitHubMap.Repository + "/issues/{number:int}/lock", call => Lock(call, locked: true))
        .Delete(GitHubMap.Repository + "/issues/{number:int}/lock", call => Lock(call, locked: false));

    public static IssueState Found(GitHubCall call, RepositoryState repository) => repository.Issue(call.Value("number")) ?? throw GitHubRefusal.NotFound();

    private static GitHubAnswer Lock(GitHubCall call, bool locked)
    {
        var repository = call.Writable("issues");
        var issue = Found(call, repository);
        issue.IsLocked = locked;
        call.Changed($"{repository.FullName}#{issue.Number} {(locked ? "locked" : "unlocked")}");
        return GitHubAnswer.NoContent;
    }

    private static GitHubAnswer Search(GitHubCall call)
    {
        var search = IssueSearch.Parse(call.Query("q") is { Length: > 0 } query ? query : throw GitHubRefusal.Invalid("Search", "q", "missing"));
        var visible = call.World.Repositories.Where(call.MaySee).ToArray();
        if (search.Repository is { } named && !Array.Exists(visible, repository => repository.FullName.Equals(named, StringComparison.OrdinalIgnoreCase)))
        {
            throw GitHubRefusal.Invalid("Search", "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.");
        }

        var found = visible.SelectMany(repository => repository.Issues.Where(issue => search.Fits(repository, issue)).Select(issue => (repository, issue)))
            .OrderByDescending(hit => call.Query("sort") is "updated" ? hit.issue.UpdatedAt : hit.issue.CreatedAt).ToArray();
        if (call.Query("order") is "asc")
        {
            Array.Reverse(found);
        }

        return call.Page(
            found,
            items => new { total_count = found.Length, incomplete_results = false, items, search_type = "lexical" },
            hit =>
            {
                var wire = IssueWire.Of(call, hit.repository, hit.issue);
                wire["body"] ??= "";
                wire["score"] = 1.0;
                return wire;
            });
    }

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var state = call.Query("state") ?? "open";
        var labels = (call.Query("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var found = repository.Issues
            .Where(issue => state == "all" || issue.IsClosed == (state == "closed"))
            .Where(issue => labels.All(label => issue.Labels.Exists(own => own.Name.Equals(label, StringComparison.OrdinalIgnoreCase))))
            .Where(issue => call.Query("creator") is not { } creator || issue.Author.Equals(creator, StringComparison.OrdinalIgnoreCase))
            .Where(issue => !DateTimeOffset.TryParse(call.Query("since"), out var since) || issue.UpdatedAt >= since)
            .OrderByDescending(issue => call.Query("sort") is "updated" ? issue.UpdatedAt : issue.CreatedAt).ThenByDescending(issue => issue.Number).ToArray();
        if (call.Query("direction") is "asc")
        {
            Array.Reverse(found);
        }

        return call.Page(found, issue => IssueWire.Of(call, repository, issue));
    }

    private static GitHubAnswer One(GitHubCall call)
    {
        var repository = call.Repository;
        return GitHubAnswer.Ok(IssueWire.Whole(call, repository, Found(call, repository)));
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var issue = new IssueState(call.World.NextId(), repository.Issues.Count + 1, call.Caller.Login!, call.Now) // Writable has seen to it.
        {
            Title = call.Fields.Required("Issue", "title"),
            Body = IssueText.Limited("Issue", call.Fields.Text("body")),
            Labels = LabelRoutes.Named(call, repository, call.Fields.Names("labels") ?? []),
            Assignees = [.. call.Fields.Names("assignees") ?? []],
        };
        repository.Issues.Add(issue);
        call.Changed($"{repository.FullName}#{issue.Number} opened: {issue.Title}");
        return GitHubAnswer.Created(IssueWire.Whole(call, repository, issue));
    }

    private static GitHubAnswer Change(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var issue = Found(call, repository);
        var fields = call.Fields;
        var state = fields.OneOf("Issue", "state", "open", "closed");
        var reason = fields.OneOf("Issue", "state_reason", "completed", "not_planned", "duplicate", "reopened");
        issue.Title = fields.Text("title") ?? issue.Title;
        issue.Body = fields.Has("body") ? IssueText.Limited("Issue", fields.Text("body")) : issue.Body;
        issue.Labels = fields.Names("labels") is { } labels ? LabelRoutes.Named(call, repository, labels) : issue.Labels;
        issue.Assignees = fields.Names("assignees") is { } assignees ? [.. assignees] : issue.Assignees;
        if (state == "closed" && !issue.IsClosed)
        {
            (issue.IsClosed, issue.StateReason, issue.ClosedAt, issue.ClosedBy) = (true, issue.Pull is null ? reason ?? "completed" : null, call.Now, call.Caller.Login);
        }
        else if (state == "open" && issue.IsClosed)
        {
            (issue.IsClosed, issue.StateReason, issue.ClosedAt, issue.ClosedBy) = (false, issue.Pull is null ? "reopened" : null, null, null);
        }

        issue.UpdatedAt = call.Now;
        call.Changed($"{repository.FullName}#{issue.Number} changed{(state is null ? "" : $", now {state}")}");
        return GitHubAnswer.Ok(IssueWire.Whole(call, repository, issue));
    }
}
