using System.Text;
using System.Text.Json.Nodes;
using SreAgent.Lab.Git;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Files and folders at a ref.</summary>
internal static class ContentRoutes
{
    /// <summary>GitHub breaks its base64 into lines of this length.</summary>
    private const int LineLength = 60;

    public static void Map(GitHubMap map) => map.Get(GitHubMap.Repository + "/contents/{**path}", Contents);

    private static GitHubAnswer Contents(GitHubCall call)
    {
        var repository = call.Repository;
        var path = call.Value("path").Trim('/');
        var reference = call.Query("ref") ?? repository.DefaultBranch;
        var commit = repository.Resolve(reference) ?? throw GitHubRefusal.Of(404, $"No commit found for the ref {reference}");
        if (commit.Files.TryGetValue(path, out var content))
        {
            return call.Accept.Contains("raw", StringComparison.Ordinal)
                ? GitHubAnswer.Text(content, "application/vnd.github.raw+json")
                : GitHubAnswer.Ok(File(call, repository, reference, path, content));
        }

        var prefix = path.Length == 0 ? "" : path + "/";
        var below = commit.Files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(file => file.Key[prefix.Length..].Split('/')[0], StringComparer.Ordinal);
        return below.Count == 0
            ? throw GitHubRefusal.NotFound()
            : GitHubAnswer.Ok(below.Select(entry => commit.Files.TryGetValue(prefix + entry.Key, out var file)
                ? Entry(call, repository, reference, prefix + entry.Key, "file", GitObjects.BlobId(file), Encoding.UTF8.GetByteCount(file))
                : Entry(call, repository, reference, prefix + entry.Key, "dir", GitObjects.TreeId(entry.Select(one => KeyValuePair.Create(one.Key[(prefix.Length + entry.Key.Length + 1)..], one.Value))), size: 0)).ToArray());
    }

    private static JsonObject File(GitHubCall call, RepositoryState repository, string reference, string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var wire = Entry(call, repository, reference, path, "file", GitObjects.BlobId(content), bytes.Length);
        wire["encoding"] = "base64";
        wire["content"] = string.Concat(Convert.ToBase64String(bytes).Chunk(LineLength).Select(line => new string(line) + "\n"));
        return wire;
    }

    private static JsonObject Entry(GitHubCall call, RepositoryState repository, string reference, string path, string type, string sha, int size)
    {
        var self = $"{RepositoryWire.Address(call, repository)}/contents/{path}?ref={reference}";
        var git = $"{RepositoryWire.Address(call, repository)}/git/{(type == "dir" ? "trees" : "blobs")}/{sha}";
        var page = $"{RepositoryWire.Page(call, repository)}/{(type == "dir" ? "tree" : "blob")}/{reference}/{path}";
        return new JsonObject
        {
            ["type"] = type,
            ["size"] = size,
            ["name"] = path.Split('/')[^1],
            ["path"] = path,
            ["sha"] = sha,
            ["url"] = self,
            ["git_url"] = git,
            ["html_url"] = page,
            ["download_url"] = type == "dir" ? null : $"{RepositoryWire.Page(call, repository)}/raw/{reference}/{path}",
            ["_links"] = new JsonObject { ["self"] = self, ["git"] = git, ["html"] = page },
        };
    }
}
