using System.Text;
using System.Text.Json.Nodes;
using SreAgent.Lab.Git;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Git's own objects: the tree of a commit, and the content of a file by its hash.</summary>
internal static class TreeRoutes
{
    public static void Map(GitHubMap map, GitHubGate gate) => map
        .Get(GitHubMap.Repository + "/git/trees/{**tree}", call => Tree(call, gate.Limits.TreeEntries))
        .Get(GitHubMap.Repository + "/git/blobs/{sha}", Blob);

    private static GitHubAnswer Tree(GitHubCall call, int most)
    {
        var repository = call.Repository;
        var asked = call.Value("tree");
        var commit = repository.Resolve(asked) ?? repository.Commits.Values.FirstOrDefault(one => GitObjects.TreeId(one.Files) == asked) ?? throw GitHubRefusal.NotFound();
        var entries = Entries(call, repository, commit.Files, recursive: call.Query("recursive") is not null).OrderBy(entry => $"{entry["path"]}", StringComparer.Ordinal).ToArray();
        var sha = GitObjects.TreeId(commit.Files);
        return GitHubAnswer.Ok(new
        {
            sha,
            url = $"{RepositoryWire.Address(call, repository)}/git/trees/{sha}",
            tree = entries.Take(most).ToArray(),
            truncated = entries.Length > most,
        });
    }

    private static IEnumerable<JsonObject> Entries(GitHubCall call, RepositoryState repository, IEnumerable<KeyValuePair<string, string>> files, bool recursive)
    {
        foreach (var (path, content) in files.Where(file => recursive || !file.Key.Contains('/', StringComparison.Ordinal)))
        {
            var id = GitObjects.BlobId(content);
            yield return new JsonObject
            {
                ["path"] = path,
                ["mode"] = "100644",
                ["type"] = "blob",
                ["sha"] = id,
                ["size"] = Encoding.UTF8.GetByteCount(content),
                ["url"] = $"{RepositoryWire.Address(call, repository)}/git/blobs/{id}",
            };
        }

        foreach (var folder in files.SelectMany(file => Folders(file.Key)).Where(folder => recursive || !folder.Contains('/', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            var id = GitObjects.TreeId(files.Where(file => file.Key.StartsWith($"{folder}/", StringComparison.Ordinal)).Select(file => KeyValuePair.Create(file.Key[(folder.Length + 1)..], file.Value)));
            yield return new JsonObject
            {
                ["path"] = folder,
                ["mode"] = "040000",
                ["type"] = "tree",
                ["sha"] = id,
                ["url"] = $"{RepositoryWire.Address(call, repository)}/git/trees/{id}",
            };
        }
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static GitHubAnswer Blob(GitHubCall call)
    {
        var repository = call.Repository;
        var sha = call.Value("sha");
        var content = repository.Commits.Values.SelectMany(commit => commit.Files.Values).FirstOrDefault(text => GitObjects.BlobId(text) == sha) ?? throw GitHubRefusal.NotFound();
        var bytes = Encoding.UTF8.GetBytes(content);
        return GitHubAnswer.Ok(new
        {
            sha,
            node_id = NodeId.Of("B", repository.Id),
            size = bytes.Length,
            url = $"{RepositoryWire.Address(call, repository)}/git/blobs/{sha}",
            content = Convert.ToBase64String(bytes),
            encoding = "base64",
        });
    }
}
