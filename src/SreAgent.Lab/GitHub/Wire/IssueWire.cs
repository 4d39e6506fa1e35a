using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class IssueWire
{
    public static JsonObject Of(GitHubCall call, RepositoryState repository, IssueState issue)
    {
        var address = $"{RepositoryWire.Address(call, repository)}/issues/{issue.Number}";
        var wire = new JsonObject
        {
            ["id"] = issue.Id,
            ["node_id"] = NodeId.Of("I", issue.Id),
            ["url"] = address,
            ["repository_url"] = RepositoryWire.Address(call, repository),
            ["labels_url"] = $"{address}/labels{{/name}}",
            ["comments_url"] = $"{address}/comments",
            ["events_url"] = $"{address}/events",
            ["html_url"] = Page(call, repository, issue),
            ["number"] = issue.Number,
            ["state"] = issue.IsClosed ? "closed" : "open",
            ["state_reason"] = issue.StateReason,
            ["title"] = issue.Title,
            ["body"] = issue.Body,
            ["user"] = UserWire.Of(call, issue.Author),
            ["labels"] = new JsonArray([.. issue.Labels.Select(label => Label(call, repository, label))]),
            ["assignee"] = issue.Assignees.Count > 0 ? UserWire.Of(call, issue.Assignees[0]) : null,
            ["assignees"] = new JsonArray([.. issue.Assignees.Select(login => UserWire.Of(call, login))]),
            ["milestone"] = null,
            ["locked"] = issue.IsLocked,
            ["active_lock_reason"] = null,
            ["comments"] = issue.Comments.Count,
            ["closed_at"] = Moment.Of(issue.ClosedAt),
            ["created_at"] = Moment.Of(issue.CreatedAt),
            ["updated_at"] = Moment.Of(issue.UpdatedAt),
            ["author_association"] = Association(repository, issue.Author),
        };
        if (issue.Pull is not null)
        {
            var page = Page(call, repository, issue);
            wire["draft"] = issue.Pull.IsDraft;
            wire["pull_request"] = new JsonObject
            {
                ["url"] = PullWire.Address(call, repository, issue),
                ["html_url"] = page,
                ["diff_url"] = $"{page}.diff",
                ["patch_url"] = $"{page}.patch",
                ["merged_at"] = null,
            };
        }

        return wire;
    }

    /// <summary>With who closed it, as only the issue by itself has it.</summary>
    public static JsonObject Whole(GitHubCall call, RepositoryState repository, IssueState issue)
    {
        var wire = Of(call, repository, issue);
        wire["closed_by"] = issue.ClosedBy is { } login ? UserWire.Of(call, login) : null;
        return wire;
    }

    public static JsonObject Label(GitHubCall call, RepositoryState repository, LabelState label) => new()
    {
        ["id"] = label.Id,
        ["node_id"] = NodeId.Of("LA", label.Id),
        ["url"] = $"{RepositoryWire.Address(call, repository)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name,
        ["description"] = label.Description,
        ["color"] = label.Color,
        ["default"] = false,
    };

    public static JsonObject Comment(GitHubCall call, RepositoryState repository, IssueState issue, CommentState comment) => new()
    {
        ["id"] = comment.Id,
        ["node_id"] = NodeId.Of("IC", comment.Id),
        ["url"] = $"{RepositoryWire.Address(call, repository)}/issues/comments/{comment.Id}",
        ["html_url"] = $"{Page(call, repository, issue)}#issuecomment-{comment.Id}",
        ["issue_url"] = $"{RepositoryWire.Address(call, repository)}/issues/{issue.Number}",
        ["body"] = comment.Body,
        ["user"] = UserWire.Of(call, comment.Author),
        ["created_at"] = Moment.Of(comment.CreatedAt),
        ["updated_at"] = Moment.Of(comment.UpdatedAt),
        ["author_association"] = Association(repository, comment.Author),
    };

    public static string Page(GitHubCall call, RepositoryState repository, IssueState issue) =>
        $"{RepositoryWire.Page(call, repository)}/{(issue.Pull is null ? "issues" : "pull")}/{issue.Number}";

    public static string Association(RepositoryState repository, string login) =>
        login.Equals(repository.Owner, StringComparison.OrdinalIgnoreCase) ? "OWNER" : "MEMBER";
}
