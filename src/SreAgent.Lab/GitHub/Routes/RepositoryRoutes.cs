using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Repositories, branches and refs.</summary>
internal static class RepositoryRoutes
{
    public static void Map(GitHubMap map, ArchiveHost archives) => map
        .Get("/search/repositories", Search)
        .Get(GitHubMap.Repository, call => GitHubAnswer.Ok(RepositoryWire.Whole(call, call.Repository)))
        .Get(GitHubMap.Repository + "/branches", Branches)
        .Get(GitHubMap.Repository + "/branches/{**branch}", Branch)
        .Get(GitHubMap.Repository + "/tarball/{**ref}", call => Archive(call, archives))
        .Get(GitHubMap.Repository + "/git/ref/{**ref}", Ref)
        .Get(GitHubMap.Repository + "/git/matching-refs/{**ref}", MatchingRefs)
        .Post(GitHubMap.Repository + "/git/refs", CreateRef)
        .Patch(GitHubMap.Repository + "/git/refs/{**ref}", MoveRef)
        .Delete(GitHubMap.Repository + "/git/refs/{**ref}", DeleteRef);

    /// <summary>By owner, full name and words of the name; other qualifiers narrow nothing here.</summary>
    private static GitHubAnswer Search(GitHubCall call)
    {
        var search = IssueSearch.Parse(call.Query("q") is { Length: > 0 } query ? query : throw GitHubRefusal.Invalid("Search", "q", "missing"));
        var owners = search.Qualifiers.Where(part => part.Name is "org" or "user").Select(part => part.Value).ToArray();
        var found = call.World.Repositories.Where(call.MaySee)
            .Where(repository => owners.Length == 0 || owners.Contains(repository.Owner, StringComparer.OrdinalIgnoreCase))
            .Where(repository => search.Repository is not { } named || repository.FullName.Equals(named, StringComparison.OrdinalIgnoreCase))
            .Where(repository => search.Words.All(word => repository.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(repository => repository.FullName, StringComparer.Ordinal).ToArray();
        return call.Page(
            found,
            items => new { total_count = found.Length, incomplete_results = false, items },
            repository =>
            {
                var wire = RepositoryWire.Whole(call, repository);
                wire.Remove("subscribers_count");
                wire.Remove("network_count");
                wire["score"] = 1.0;
                return wire;
            });
    }

    private static GitHubAnswer Branches(GitHubCall call)
    {
        var repository = call.Repository;
        var wanted = call.Query("protected");
        var names = repository.Refs.Keys
            .Where(name => name.StartsWith("refs/heads/", StringComparison.Ordinal))
            .Select(name => name["refs/heads/".Length..])
            .Where(name => wanted is null || repository.ProtectedBranches.Contains(name, StringComparer.Ordinal) == (wanted == "true"));
        return call.Page([.. names], name =>
        {
            var sha = repository.Refs[$"refs/heads/{name}"];
            return new
            {
                name,
                commit = new { sha, url = $"{RepositoryWire.Address(call, repository)}/commits/{sha}" },
                @protected = repository.ProtectedBranches.Contains(name, StringComparer.Ordinal),
            };
        });
    }

    private static GitHubAnswer Branch(GitHubCall call)
    {
        var repository = call.Repository;
        var name = call.Value("branch");
        if (!repository.Refs.TryGetValue($"refs/heads/{name}", out var sha))
        {
            throw GitHubRefusal.Of(404, "Branch not found");
        }

        var isProtected = repository.ProtectedBranches.Contains(name, StringComparer.Ordinal);
        var address = $"{RepositoryWire.Address(call, repository)}/branches/{Uri.EscapeDataString(name)}";
        return GitHubAnswer.Ok(new
        {
            name,
            commit = CommitWire.Of(call, repository, repository.Commits[sha]),
            _links = new { self = address, html = $"{RepositoryWire.Page(call, repository)}/tree/{name}" },
            @protected = isProtected,
            protection = new { enabled = isProtected },
            protection_url = $"{address}/protection",
        });
    }

    private static GitHubAnswer Archive(GitHubCall call, ArchiveHost archives)
    {
        var repository = call.Repository;
        var commit = repository.Resolve(call.Value("ref")) ?? throw GitHubRefusal.NotFound();
        return new GitHubAnswer(302, Body: null) { Location = archives.LinkTo(repository, commit) };
    }

    private static GitHubAnswer Ref(GitHubCall call)
    {
        var name = $"refs/{call.Value("ref")}";
        return call.Repository.Refs.ContainsKey(name) ? GitHubAnswer.Ok(Wire(call, call.Repository, name)) : throw GitHubRefusal.NotFound();
    }

    private static GitHubAnswer MatchingRefs(GitHubCall call)
    {
        var repository = call.Repository;
        var prefix = $"refs/{call.Value("ref")}";
        return GitHubAnswer.Ok(repository.Refs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => Wire(call, repository, name)).ToArray());
    }

    private static GitHubAnswer CreateRef(GitHubCall call)
    {
        var repository = call.Writable("contents");
        var (name, sha) = (call.Fields.Required("Reference", "ref"), call.Fields.Required("Reference", "sha"));
        if (name.Split('/') is not ["refs", _, ..])
        {
            throw GitHubRefusal.Of(422, "Reference name must start with 'refs/' and contain at least two slashes.");
        }

        if (!repository.Commits.ContainsKey(sha))
        {
            throw GitHubRefusal.Of(422, "Object does not exist");
        }

        if (!repository.Refs.TryAdd(name, sha))
        {
            throw GitHubRefusal.Of(422, "Reference already exists");
        }

        call.Changed($"{repository.FullName}: {name} made at {sha[..7]}");
        return GitHubAnswer.Created(Wire(call, repository, name));
    }

    private static GitHubAnswer MoveRef(GitHubCall call)
    {
        var repository = call.Writable("contents");
        var name = Existing(call, repository);
        var sha = call.Fields.Required("Reference", "sha");
        var to = repository.Commits.GetValueOrDefault(sha) ?? throw GitHubRefusal.Of(422, "Object does not exist");
        if (call.Fields.Flag("force") != true && !repository.History(to).Any(commit => commit.Sha == repository.Refs[name]))
        {
            throw GitHubRefusal.Of(422, "Update is not a fast forward");
        }

        repository.Refs[name] = sha;
        call.Changed($"{repository.FullName}: {name} moved to {sha[..7]}");
        return GitHubAnswer.Ok(Wire(call, repository, name));
    }

    private static GitHubAnswer DeleteRef(GitHubCall call)
    {
        var repository = call.Writable("contents");
        var name = Existing(call, repository);
        repository.Refs.Remove(name);
        call.Changed($"{repository.FullName}: {name} deleted");
        return GitHubAnswer.NoContent;
    }

    /// <summary>The ref in the path, which is about to change; a protected branch's does not.</summary>
    private static string Existing(GitHubCall call, RepositoryState repository)
    {
        var name = $"refs/{call.Value("ref")}";
        if (!repository.Refs.ContainsKey(name))
        {
            throw GitHubRefusal.Of(422, "Reference does not exist");
        }

        return repository.ProtectedBranches.Any(branch => name == $"refs/heads/{branch}") ? throw GitHubRefusal.Of(422, "Cannot update this protected ref.") : name;
    }

    private static JsonObject Wire(GitHubCall call, RepositoryState repository, string name)
    {
        var sha = repository.Refs[name];
        return new JsonObject
        {
            ["ref"] = name,
            ["node_id"] = NodeId.Of("REF", name),
            ["url"] = $"{RepositoryWire.Address(call, repository)}/git/{name}",
            ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = sha, ["url"] = $"{RepositoryWire.Address(call, repository)}/git/commits/{sha}" },
        };
    }
}
