using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class ReviewWire
{
    public static JsonObject Of(GitHubCall call, RepositoryState repository, IssueState issue, ReviewState review)
    {
        var page = $"{IssueWire.Page(call, repository, issue)}#pullrequestreview-{review.Id}";
        var wire = new JsonObject
        {
            ["id"] = review.Id,
            ["node_id"] = NodeId.Of("PRR", review.Id),
            ["user"] = UserWire.Of(call, review.Author),
            ["body"] = review.Body,
            ["state"] = review.State,
            ["html_url"] = page,
            ["pull_request_url"] = PullWire.Address(call, repository, issue),
            ["author_association"] = IssueWire.Association(repository, review.Author),
            ["_links"] = new JsonObject
            {
                ["html"] = new JsonObject { ["href"] = page },
                ["pull_request"] = new JsonObject { ["href"] = PullWire.Address(call, repository, issue) },
            },
            ["commit_id"] = review.Commit,
        };
        if (review.State != "PENDING")
        {
            wire["submitted_at"] = Moment.Of(review.At);
        }

        return wire;
    }

    public static JsonObject Comment(GitHubCall call, RepositoryState repository, IssueState issue, ReviewCommentState comment)
    {
        var address = $"{RepositoryWire.Address(call, repository)}/pulls/comments/{comment.Id}";
        var page = $"{IssueWire.Page(call, repository, issue)}#discussion_r{comment.Id}";
        var pull = PullWire.Address(call, repository, issue);
        var wire = new JsonObject
        {
            ["url"] = address,
            ["pull_request_review_id"] = comment.Review,
            ["id"] = comment.Id,
            ["node_id"] = NodeId.Of("PRRC", comment.Id),
            ["diff_hunk"] = "@@ -1 +1 @@",
            ["path"] = comment.Path,
            ["commit_id"] = comment.Commit,
            ["original_commit_id"] = comment.Commit,
            ["user"] = UserWire.Of(call, comment.Author),
            ["body"] = comment.Body,
            ["created_at"] = Moment.Of(comment.At),
            ["updated_at"] = Moment.Of(comment.At),
            ["html_url"] = page,
            ["pull_request_url"] = pull,
            ["author_association"] = IssueWire.Association(repository, comment.Author),
            ["_links"] = new JsonObject
            {
                ["self"] = new JsonObject { ["href"] = address },
                ["html"] = new JsonObject { ["href"] = page },
                ["pull_request"] = new JsonObject { ["href"] = pull },
            },
            ["subject_type"] = comment.Line is null ? "file" : "line",
        };
        Add("line", comment.Line);
        Add("original_line", comment.Line);
        Add("side", comment.Side);
        Add("start_line", comment.StartLine);
        Add("start_side", comment.StartSide);
        Add("in_reply_to_id", comment.InReplyTo);
        return wire;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                wire[name] = value;
            }
        }
    }
}
