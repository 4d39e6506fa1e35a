using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>Who the caller is, what it has left, and a GitHub App's way to a token.</summary>
internal static class AccountRoutes
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    public static void Map(GitHubMap map, GitHubGate gate) => map
        .Get("/user", User)
        .Get("/app", App)
        .Get("/rate_limit", call => RateLimits(call, gate))
        .Get(GitHubMap.Repository + "/installation", Installation)
        .Post("/app/installations/{installation}/access_tokens", call => Token(call, gate));

    private static GitHubAnswer App(GitHubCall call)
    {
        var app = SignedByApp(call);
        var (owner, since) = (call.World.Repositories[0].Owner, call.World.Repositories[0].CreatedAt);
        return GitHubAnswer.Ok(new
        {
            id = app.Id,
            slug = app.Slug,
            node_id = NodeId.Of("A", app.Id),
            owner = UserWire.Of(call, owner),
            name = app.Slug,
            description = (string?)null,
            external_url = $"{call.Root}/{owner}",
            html_url = $"{call.Root}/apps/{app.Slug}",
            created_at = Moment.Of(since),
            updated_at = Moment.Of(since),
            permissions = app.Permissions,
            events = Array.Empty<string>(),
        });
    }

    private static GitHubAnswer User(GitHubCall call)
    {
        if (call.Caller.IsApp)
        {
            throw GitHubRefusal.Of(403, "Resource not accessible by integration");
        }

        var wire = UserWire.Of(call, call.Caller.Login ?? throw GitHubRefusal.Of(401, "Requires authentication"));
        foreach (var (name, value) in new Dictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["name"] = call.Caller.Login,
            ["company"] = null,
            ["blog"] = "",
            ["location"] = null,
            ["email"] = null,
            ["hireable"] = null,
            ["bio"] = null,
            ["public_repos"] = call.World.Repositories.Count,
            ["public_gists"] = 0,
            ["followers"] = 0,
            ["following"] = 0,
            ["created_at"] = Moment.Of(call.Now),
            ["updated_at"] = Moment.Of(call.Now),
        })
        {
            wire[name] = value;
        }

        return GitHubAnswer.Ok(wire);
    }

    private static GitHubAnswer RateLimits(GitHubCall call, GitHubGate gate)
    {
        var (core, search) = (gate.Count(call.Caller, "core", 0), gate.Count(call.Caller, "search", 0));
        return GitHubAnswer.Ok(new { resources = new { core = Wire(core), search = Wire(search) }, rate = Wire(core) });

        static object Wire(RateLimit limit) => new { limit = limit.Limit, remaining = limit.Remaining, reset = limit.ResetsAt.ToUnixTimeSeconds(), used = limit.Used };
    }

    private static GitHubAnswer Installation(GitHubCall call)
    {
        var app = SignedByApp(call);
        var repository = call.World.Find(call.Value("owner"), call.Value("repo")) ?? throw GitHubRefusal.NotFound();
        return GitHubAnswer.Ok(new
        {
            id = app.InstallationId,
            account = UserWire.Of(call, repository.Owner),
            repository_selection = "all",
            access_tokens_url = $"{call.Root}/app/installations/{app.InstallationId}/access_tokens",
            repositories_url = $"{call.Root}/installation/repositories",
            html_url = $"{call.Root}/settings/installations/{app.InstallationId}",
            app_id = app.Id,
            app_slug = app.Slug,
            target_id = call.World.UserId(repository.Owner),
            target_type = "User",
            permissions = app.Permissions,
            events = Array.Empty<string>(),
            created_at = Moment.Of(repository.CreatedAt),
            updated_at = Moment.Of(repository.CreatedAt),
            single_file_name = (string?)null,
            suspended_by = (string?)null,
            suspended_at = (string?)null,
        });
    }

    private static GitHubAnswer Token(GitHubCall call, GitHubGate gate)
    {
        var app = SignedByApp(call);
        if (call.Value("installation") != app.InstallationId.ToString())
        {
            throw GitHubRefusal.NotFound();
        }

        var permissions = Narrowed(call, app);
        var names = call.Fields.Names("repositories");
        if (names?.FirstOrDefault(name => !call.World.Repositories.Exists(repository => repository.Name == name)) is not null)
        {
            throw GitHubRefusal.Of(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
        }

        var reached = call.World.Repositories.Where(repository => names is null || names.Contains(repository.Name, StringComparer.Ordinal)).ToArray();
        var token = $"ghs_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18))}";
        var until = call.Now + TokenLife;
        gate.Install(
            new GitHubCaller(token, $"{app.Slug}[bot]", reached.ToDictionary(repository => repository.FullName, _ => GitHubAccess.Write, StringComparer.Ordinal)) { IsApp = true, Permissions = permissions },
            until);
        return GitHubAnswer.Created(new { token, expires_at = Moment.Of(until), permissions, repository_selection = names is null ? "all" : "selected" });
    }

    private static IReadOnlyDictionary<string, string> Narrowed(GitHubCall call, GitHubAppSeed app)
    {
        if (call.Fields.Field("permissions") is not { ValueKind: JsonValueKind.Object } asked)
        {
            return app.Permissions;
        }

        var narrowed = asked.EnumerateObject().ToDictionary(permission => permission.Name, permission => permission.Value.GetString() ?? "", StringComparer.Ordinal);
        return narrowed.All(permission => app.Permissions.GetValueOrDefault(permission.Key) is { } granted && (granted == "write" || granted == permission.Value))
            ? narrowed
            : throw GitHubRefusal.Of(422, "The permissions requested are not granted to this installation.");
    }

    /// <summary>The App whose JWT the request carries.</summary>
    private static GitHubAppSeed SignedByApp(GitHubCall call)
    {
        var parts = (call.Authorization.Split(' ') is [_, var jwt] ? jwt : "").Split('.');
        if (call.World.App is not { } app || parts.Length != 3)
        {
            throw GitHubRefusal.Of(401, "A JSON web token could not be decoded");
        }

        return AppJwtCheck.Complaint(parts, app, call.Now) is { } complaint ? throw GitHubRefusal.Of(401, complaint) : app;
    }
}
