using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class PullWire
{
    /// <summary>As a list shows it.</summary>
    public static JsonObject Simple(GitHubCall call, RepositoryState repository, IssueState issue)
    {
        var pull = issue.Pull ?? throw new InvalidOperationException($"{repository.FullName}#{issue.Number} is an issue.");
        var address = Address(call, repository, issue);
        var issueAddress = $"{RepositoryWire.Address(call, repository)}/issues/{issue.Number}";
        var wire = IssueWire.Of(call, repository, issue);
        foreach (var name in (string[])["repository_url", "labels_url", "events_url", "pull_request", "state_reason", "comments"])
        {
            wire.Remove(name);
        }

        // A pull request's labels have a description, if an empty one.
        wire["labels"] = new JsonArray([.. issue.Labels.Select(label => IssueWire.Label(call, repository, label with { Description = label.Description ?? "" }))]);
        var page = IssueWire.Page(call, repository, issue);
        var head = repository.Refs[$"refs/heads/{pull.Head}"];
        foreach (var (name, value) in new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["url"] = address,
            ["node_id"] = NodeId.Of("PR", issue.Id),
            ["diff_url"] = $"{page}.diff",
            ["patch_url"] = $"{page}.patch",
            ["issue_url"] = issueAddress,
            ["commits_url"] = $"{address}/commits",
            ["review_comments_url"] = $"{address}/comments",
            ["review_comment_url"] = $"{RepositoryWire.Address(call, repository)}/pulls/comments{{/number}}",
            ["comments_url"] = $"{issueAddress}/comments",
            ["statuses_url"] = $"{RepositoryWire.Address(call, repository)}/statuses/{head}",
            ["merged_at"] = null,
            ["merge_commit_sha"] = null,
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["head"] = Side(call, repository, pull.Head),
            ["base"] = Side(call, repository, pull.Base),
            ["auto_merge"] = null,
            ["draft"] = pull.IsDraft,
            ["_links"] = Links(address, issueAddress, page, $"{RepositoryWire.Address(call, repository)}/statuses/{head}", $"{RepositoryWire.Address(call, repository)}/pulls/comments{{/number}}"),
        })
        {
            wire[name] = value;
        }

        return wire;
    }

    public static JsonObject Whole(GitHubCall call, RepositoryState repository, IssueState issue)
    {
        var wire = Simple(call, repository, issue);
        var pull = issue.Pull!; // Simple has looked.
        var comparison = Comparison.Of(repository, repository.Resolve($"refs/heads/{pull.Base}")!, repository.Resolve($"refs/heads/{pull.Head}")!); // Branches of a pull request stay.
        foreach (var (name, value) in new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["merged"] = false,
            ["mergeable"] = comparison.Behind.Count == 0 ? true : null,
            ["rebaseable"] = null,
            ["mergeable_state"] = comparison.Behind.Count == 0 ? "clean" : "unknown",
            ["merged_by"] = null,
            ["comments"] = issue.Comments.Count,
            ["review_comments"] = pull.ReviewComments.Count,
            ["maintainer_can_modify"] = false,
            ["commits"] = comparison.Ahead.Count,
            ["additions"] = comparison.Files.Sum(file => file.Additions),
            ["deletions"] = comparison.Files.Sum(file => file.Deletions),
            ["changed_files"] = comparison.Files.Count,
        })
        {
            wire[name] = value;
        }

        return wire;
    }

    public static string Address(GitHubCall call, RepositoryState repository, IssueState issue) => $"{RepositoryWire.Address(call, repository)}/pulls/{issue.Number}";

    private static JsonObject Side(GitHubCall call, RepositoryState repository, string branch) => new()
    {
        ["label"] = $"{repository.Owner}:{branch}",
        ["ref"] = branch,
        ["sha"] = repository.Refs[$"refs/heads/{branch}"],
        ["user"] = UserWire.Of(call, repository.Owner),
        ["repo"] = RepositoryWire.Full(call, repository),
    };

    private static JsonObject Links(string self, string issue, string html, string statuses, string comment)
    {
        return new JsonObject
        {
            ["self"] = To(self),
            ["html"] = To(html),
            ["issue"] = To(issue),
            ["comments"] = To($"{issue}/comments"),
            ["review_comments"] = To($"{self}/comments"),
            ["review_comment"] = To(comment),
            ["commits"] = To($"{self}/commits"),
            ["statuses"] = To(statuses),
        };

        static JsonObject To(string address) => new() { ["href"] = address };
    }
}
