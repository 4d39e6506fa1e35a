using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

/// <summary>A repository as answers show it.</summary>
internal static class RepositoryWire
{
    /// <summary>Addresses below the repository's own.</summary>
    private static readonly Dictionary<string, string> Below = new(StringComparer.Ordinal)
    {
        ["archive_url"] = "{archive_format}{/ref}",
        ["assignees_url"] = "assignees{/user}",
        ["blobs_url"] = "git/blobs{/sha}",
        ["branches_url"] = "branches{/branch}",
        ["collaborators_url"] = "collaborators{/collaborator}",
        ["comments_url"] = "comments{/number}",
        ["commits_url"] = "commits{/sha}",
        ["compare_url"] = "compare/{base}...{head}",
        ["contents_url"] = "contents/{+path}",
        ["contributors_url"] = "contributors",
        ["deployments_url"] = "deployments",
        ["downloads_url"] = "downloads",
        ["events_url"] = "events",
        ["forks_url"] = "forks",
        ["git_commits_url"] = "git/commits{/sha}",
        ["git_refs_url"] = "git/refs{/sha}",
        ["git_tags_url"] = "git/tags{/sha}",
        ["hooks_url"] = "hooks",
        ["issue_comment_url"] = "issues/comments{/number}",
        ["issue_events_url"] = "issues/events{/number}",
        ["issues_url"] = "issues{/number}",
        ["keys_url"] = "keys{/key_id}",
        ["labels_url"] = "labels{/name}",
        ["languages_url"] = "languages",
        ["merges_url"] = "merges",
        ["milestones_url"] = "milestones{/number}",
        ["notifications_url"] = "notifications{?since,all,participating}",
        ["pulls_url"] = "pulls{/number}",
        ["releases_url"] = "releases{/id}",
        ["stargazers_url"] = "stargazers",
        ["statuses_url"] = "statuses/{sha}",
        ["subscribers_url"] = "subscribers",
        ["subscription_url"] = "subscription",
        ["tags_url"] = "tags",
        ["teams_url"] = "teams",
        ["trees_url"] = "git/trees{/sha}",
    };

    /// <summary>As other things mention it.</summary>
    public static JsonObject Minimal(GitHubCall call, RepositoryState repository)
    {
        var address = Address(call, repository);
        var wire = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = NodeId.Of("R", repository.Id),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = UserWire.Of(call, repository.Owner),
            ["private"] = repository.IsPrivate,
            ["html_url"] = Page(call, repository),
            ["description"] = null,
            ["fork"] = false,
            ["url"] = address,
        };
        foreach (var (name, path) in Below)
        {
            wire[name] = $"{address}/{path}";
        }

        return wire;
    }

    /// <summary>As pull requests mention it.</summary>
    public static JsonObject Full(GitHubCall call, RepositoryState repository)
    {
        var wire = Minimal(call, repository);
        var page = Page(call, repository);
        var issues = repository.Issues.Count(issue => !issue.IsClosed);
        var latest = repository.Commits.Values.Max(commit => commit.At);
        foreach (var (name, value) in new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["git_url"] = $"{page}.git",
            ["ssh_url"] = $"git@127.0.0.1:{repository.FullName}.git",
            ["clone_url"] = $"{page}.git",
            ["mirror_url"] = null,
            ["svn_url"] = page,
            ["homepage"] = null,
            ["language"] = null,
            ["forks_count"] = 0,
            ["forks"] = 0,
            ["stargazers_count"] = 0,
            ["watchers_count"] = 0,
            ["watchers"] = 0,
            ["size"] = repository.Commits.Count,
            ["default_branch"] = repository.DefaultBranch,
            ["open_issues_count"] = issues,
            ["open_issues"] = issues,
            ["has_issues"] = true,
            ["has_projects"] = false,
            ["has_wiki"] = false,
            ["has_pages"] = false,
            ["has_downloads"] = false,
            ["has_discussions"] = false,
            ["archived"] = false,
            ["disabled"] = false,
            ["visibility"] = repository.IsPrivate ? "private" : "public",
            ["pushed_at"] = Moment.Of(latest),
            ["created_at"] = Moment.Of(repository.CreatedAt),
            ["updated_at"] = Moment.Of(latest),
            ["license"] = null,
        })
        {
            wire[name] = value;
        }

        return wire;
    }

    /// <summary>As it is when asked for by itself.</summary>
    public static JsonObject Whole(GitHubCall call, RepositoryState repository)
    {
        var wire = Full(call, repository);
        var access = call.Caller.AccessTo(repository.FullName);
        wire["subscribers_count"] = 0;
        wire["network_count"] = 0;
        wire["permissions"] = new JsonObject { ["admin"] = false, ["push"] = access == GitHubAccess.Write, ["pull"] = true };
        return wire;
    }

    public static string Address(GitHubCall call, RepositoryState repository) => $"{call.Root}/repos/{repository.FullName}";

    /// <summary>Where people would look at it.</summary>
    public static string Page(GitHubCall call, RepositoryState repository) => $"{call.Root}/{repository.FullName}";
}
