using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Reviews of pull requests and the comments in their diffs.</summary>
internal static class ReviewRoutes
{
    private const string OnePull = GitHubMap.Repository + "/pulls/{number:int}";

    public static void Map(GitHubMap map) => map
        .Get(OnePull + "/reviews", List)
        .Post(OnePull + "/reviews", Create)
        .Get(OnePull + "/comments", Comments)
        .Post(OnePull + "/comments", CreateComment);

    private static GitHubAnswer List(GitHubCall call)
    {
        var repository = call.Repository;
        var issue = PullRoutes.Found(call, repository);
        return call.Page(issue.Pull!.Reviews, review => ReviewWire.Of(call, repository, issue, review)); // Found has looked.
    }

    private static GitHubAnswer Comments(GitHubCall call)
    {
        var repository = call.Repository;
        var issue = PullRoutes.Found(call, repository);
        return call.Page(issue.Pull!.ReviewComments, comment => ReviewWire.Comment(call, repository, issue, comment)); // Found has looked.
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("pull_requests");
        var issue = PullRoutes.Found(call, repository);
        var (author, kind) = (call.Caller.Login!, call.Fields.OneOf("PullRequestReview", "event", "APPROVE", "REQUEST_CHANGES", "COMMENT")); // Writable has seen to it.
        var body = call.Fields.Text("body") ?? "";
        if (kind is "APPROVE" or "REQUEST_CHANGES" && author == issue.Author)
        {
            throw GitHubRefusal.Unprocessable(kind == "APPROVE" ? "Review Can not approve your own pull request" : "Review Can not request changes on your own pull request");
        }

        var given = call.Fields.Objects("comments");
        if (kind == "REQUEST_CHANGES" && body.Length == 0 && given.Count == 0)
        {
            throw GitHubRefusal.Unprocessable("Review body can't be blank");
        }

        var state = kind switch
        {
            "APPROVE" => "APPROVED",
            "REQUEST_CHANGES" => "CHANGES_REQUESTED",
            "COMMENT" => "COMMENTED",
            _ => "PENDING",
        };
        var pull = issue.Pull!; // Found has looked.
        var review = new ReviewState(call.World.NextId(), author, body, state, call.Fields.Text("commit_id") ?? repository.Refs[$"refs/heads/{pull.Head}"], call.Now);
        if (given.Any(comment => !IsIn(repository, pull, comment)))
        {
            throw GitHubRefusal.Unprocessable("Path could not be resolved");
        }

        var comments = given.Select(comment => Read(call, comment, review)).ToArray();
        pull.Reviews.Add(review);
        pull.ReviewComments.AddRange(comments);
        call.Changed($"{repository.FullName}#{issue.Number} reviewed: {state}, {comments.Length} comments");
        return GitHubAnswer.Ok(ReviewWire.Of(call, repository, issue, review));
    }

    private static GitHubAnswer CreateComment(GitHubCall call)
    {
        var repository = call.Writable("pull_requests");
        var issue = PullRoutes.Found(call, repository);
        var pull = issue.Pull!; // Found has looked.
        var review = new ReviewState(call.World.NextId(), call.Caller.Login!, "", "COMMENTED", call.Fields.Required("PullRequestReviewComment", "commit_id"), call.Now); // Writable has seen to it.
        if (!IsIn(repository, pull, call.Fields))
        {
            throw GitHubRefusal.Invalid("PullRequestReviewComment", "path", "invalid");
        }

        var comment = Read(call, call.Fields, review);
        pull.Reviews.Add(review);
        pull.ReviewComments.Add(comment);
        call.Changed($"{repository.FullName}#{issue.Number}: {comment.Path} commented on");
        return GitHubAnswer.Created(ReviewWire.Comment(call, repository, issue, comment));
    }

    /// <summary>A comment must be on a file the pull request touches.</summary>
    private static bool IsIn(RepositoryState repository, PullState pull, JsonFields comment) =>
        PullRoutes.Brings(repository, pull).Files.Any(file => file.Path == comment.Text("path"));

    private static ReviewCommentState Read(GitHubCall call, JsonFields fields, ReviewState review) => new(
        call.World.NextId(), review.Id, review.Author, fields.Required("PullRequestReviewComment", "body"), fields.Required("PullRequestReviewComment", "path"), review.Commit,
        fields.Number("line"), fields.Text("side") ?? "RIGHT", fields.Number("start_line"), fields.Text("start_side"), fields.Number("in_reply_to"), review.At);
}
