using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.GitHub;

/// <summary>One request, as the routes see it.</summary>
internal sealed class GitHubCall(GitHubWorld world, LabJournal journal, HttpContext context, JsonElement? body, GitHubCaller caller, DateTimeOffset now)
{
    public GitHubWorld World => world;

    public GitHubCaller Caller => caller;

    /// <summary>To the second, as GitHub states moments.</summary>
    public DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());

    /// <summary>Without the slash at its end: what links in answers begin with.</summary>
    public string Root { get; } = $"{context.Request.Scheme}://{context.Request.Host}";

    public PathString Path => context.Request.Path;

    public IQueryCollection QueryValues => context.Request.Query;

    public string Accept => context.Request.Headers.Accept.ToString();

    public string Authorization => context.Request.Headers.Authorization.ToString();

    /// <summary>Empty when the request has none.</summary>
    public JsonFields Fields { get; } = new(body);

    /// <summary>The repository in the path.</summary>
    /// <exception cref="GitHubRefusal">There is none, or the caller may not know of it.</exception>
    public RepositoryState Repository
    {
        get
        {
            var name = $"{Value("owner")}/{Value("repo")}";
            return world.Find(name) is { } repository && MaySee(repository) ? repository
                : world.Renamed(name) is { } renamed && MaySee(renamed) ? throw GitHubRefusal.Moved(Root + NumberedPath(renamed) + context.Request.QueryString, HttpMethods.IsGet(context.Request.Method))
                : throw GitHubRefusal.NotFound();
        }
    }

    /// <summary>A part of the path, unescaped.</summary>
    public string Value(string name) => (context.GetRouteValue(name) as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The repository in the path, which the caller is about to change.</summary>
    /// <param name="permission">As an installation's token names it: <c>issues</c>.</param>
    public RepositoryState Writable(string permission)
    {
        var repository = Repository;
        if (caller.IsAnonymous)
        {
            throw GitHubRefusal.Of(401, "Requires authentication");
        }

        var denied = caller.AccessTo(repository.FullName) < GitHubAccess.Write || (caller.Permissions is { } granted && granted.GetValueOrDefault(permission) is not "write");
        return denied ? throw GitHubRefusal.Of(403, caller.IsApp ? "Resource not accessible by integration" : "Resource not accessible by personal access token") : repository;
    }

    public bool MaySee(RepositoryState repository) => !repository.IsPrivate || caller.AccessTo(repository.FullName) > GitHubAccess.None;

    /// <summary>The request's path, with the repository named by its number.</summary>
    public string NumberedPath(RepositoryState repository) =>
        Path.ToString().Split('/', 5) is ["", "repos", _, _, .. var rest] ? $"/repositories/{repository.Id}{(rest.Length > 0 ? $"/{rest[0]}" : "")}" : Path.ToString();

    /// <summary>Notes what the request changed.</summary>
    public void Changed(string summary) => journal.Add("github", context.Request, summary);
}
