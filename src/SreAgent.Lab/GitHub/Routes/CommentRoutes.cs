using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Comments of issues and, outside their diffs, of pull requests.</summary>
internal static class CommentRoutes
{
    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/issues/{number:int}/comments", List)
        .Post(GitHubMap.Repository + "/issues/{number:int}/comments", Create)
        .Get(GitHubMap.Repository + "/issues/comments/{id:long}", One)
        .Patch(GitHubMap.Repository + "/issues/comments/{id:long}", Change)
        .Delete(GitHubMap.Repository + "/issues/comments/{id:long}", Delete);

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var issue = IssueRoutes.Found(call, repository);
        var comments = issue.Comments.Where(comment => !DateTimeOffset.TryParse(call.Query("since"), out var since) || comment.UpdatedAt >= since);
        return call.Page([.. comments], comment => IssueWire.Comment(call, repository, issue, comment));
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var issue = IssueRoutes.Found(call, repository);
        if (issue.IsLocked && call.Caller.IsApp)
        {
            // People with write access still may.
            throw GitHubRefusal.Of(403, "Unable to create comment because issue is locked.");
        }

        var comment = new CommentState(call.World.NextId(), call.Caller.Login!, call.Now) { Body = Body(call) }; // Writable has seen to it.
        issue.Comments.Add(comment);
        issue.UpdatedAt = call.Now;
        call.Changed($"{repository.FullName}#{issue.Number} commented on");
        return GitHubAnswer.Created(IssueWire.Comment(call, repository, issue, comment));
    }

    private static GitHubAnswer One(GitHubCall call)
    {
        var repository = call.Repository;
        var (issue, comment) = Found(call, repository);
        return GitHubAnswer.Ok(IssueWire.Comment(call, repository, issue, comment));
    }

    private static GitHubAnswer Change(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var (issue, comment) = Found(call, repository);
        (comment.Body, comment.UpdatedAt) = (Body(call), call.Now);
        call.Changed($"{repository.FullName}#{issue.Number}: comment {comment.Id} rewritten");
        return GitHubAnswer.Ok(IssueWire.Comment(call, repository, issue, comment));
    }

    private static GitHubAnswer Delete(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var (issue, comment) = Found(call, repository);
        issue.Comments.Remove(comment);
        call.Changed($"{repository.FullName}#{issue.Number}: comment {comment.Id} deleted");
        return GitHubAnswer.NoContent;
    }

    private static string Body(GitHubCall call)
    {
        var text = call.Fields.Required("IssueComment", "body");
        return IssueText.Limited("IssueComment", text) ?? text;
    }

    private static (IssueState Issue, CommentState Comment) Found(GitHubCall call, RepositoryState repository)
    {
        var found = repository.Issues.SelectMany(issue => issue.Comments.Select(comment => (issue, comment))).FirstOrDefault(pair => pair.comment.Id.ToString() == call.Value("id"));
        return found.issue is null ? throw GitHubRefusal.NotFound() : found;
    }
}
