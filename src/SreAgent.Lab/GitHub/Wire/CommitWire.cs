using System.Text.Json.Nodes;
using SreAgent.Lab.Git;
using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub.Wire;

internal static class CommitWire
{
    public static JsonObject Of(GitHubCall call, RepositoryState repository, CommitState commit)
    {
        var address = $"{RepositoryWire.Address(call, repository)}/commits/{commit.Sha}";
        var tree = GitObjects.TreeId(commit.Files);
        return new JsonObject
        {
            ["url"] = address,
            ["sha"] = commit.Sha,
            ["node_id"] = NodeId.Of("C", commit.Sha),
            ["html_url"] = $"{RepositoryWire.Page(call, repository)}/commit/{commit.Sha}",
            ["comments_url"] = $"{address}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = $"{RepositoryWire.Address(call, repository)}/git/commits/{commit.Sha}",
                ["author"] = Signature(commit),
                ["committer"] = Signature(commit),
                ["message"] = commit.Message,
                ["comment_count"] = 0,
                ["tree"] = new JsonObject { ["sha"] = tree, ["url"] = $"{RepositoryWire.Address(call, repository)}/git/trees/{tree}" },
                ["verification"] = new JsonObject { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null },
            },
            ["author"] = UserWire.Of(call, commit.Author),
            ["committer"] = UserWire.Of(call, commit.Author),
            ["parents"] = new JsonArray([.. commit.Parents.Select(sha => new JsonObject
            {
                ["sha"] = sha,
                ["url"] = $"{RepositoryWire.Address(call, repository)}/commits/{sha}",
                ["html_url"] = $"{RepositoryWire.Page(call, repository)}/commit/{sha}",
            })]),
        };
    }

    /// <summary>With what it changed, as only the commit by itself has it.</summary>
    public static JsonObject Whole(GitHubCall call, RepositoryState repository, CommitState commit)
    {
        var files = FileChange.Between(commit.Parents.Count > 0 ? repository.Commits[commit.Parents[0]] : null, commit);
        var wire = Of(call, repository, commit);
        var (additions, deletions) = (files.Sum(file => file.Additions), files.Sum(file => file.Deletions));
        wire["stats"] = new JsonObject { ["additions"] = additions, ["deletions"] = deletions, ["total"] = additions + deletions };
        wire["files"] = new JsonArray([.. files.Select(file => File(call, repository, commit, file))]);
        return wire;
    }

    public static JsonObject File(GitHubCall call, RepositoryState repository, CommitState at, FileChange file)
    {
        var path = Uri.EscapeDataString(file.Path).Replace("%2F", "/", StringComparison.Ordinal);
        var wire = new JsonObject
        {
            ["sha"] = GitObjects.BlobId(file.After ?? file.Before ?? ""),
            ["filename"] = file.Path,
            ["status"] = file.Status,
            ["additions"] = file.Additions,
            ["deletions"] = file.Deletions,
            ["changes"] = file.Additions + file.Deletions,
            ["blob_url"] = $"{RepositoryWire.Page(call, repository)}/blob/{at.Sha}/{path}",
            ["raw_url"] = $"{RepositoryWire.Page(call, repository)}/raw/{at.Sha}/{path}",
            ["contents_url"] = $"{RepositoryWire.Address(call, repository)}/contents/{path}?ref={at.Sha}",
        };
        if (file.Patch is { } patch)
        {
            wire["patch"] = patch;
        }

        return wire;
    }

    private static JsonObject Signature(CommitState commit) => new()
    {
        ["name"] = commit.Author,
        ["email"] = GitObjects.EmailOf(commit.Author),
        ["date"] = Moment.Of(commit.At),
    };
}
