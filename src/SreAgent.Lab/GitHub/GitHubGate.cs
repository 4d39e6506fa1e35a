using Microsoft.AspNetCore.Http;

namespace SreAgent.Lab.GitHub;

/// <summary>What GitHub looks at before any route: who calls, how, and how often.</summary>
internal sealed class GitHubGate(GitHubSeed seed, TimeProvider clock)
{
    private const string ApiVersion = "2022-11-28";

    private readonly Dictionary<string, (DateTimeOffset Since, int Used)> _windows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GitHubCaller Caller, DateTimeOffset Until)> _installed = new(StringComparer.Ordinal);

    /// <summary>What is left of a window may be set, so that a test sees the end of it.</summary>
    public GitHubLimits Limits { get; set; } = seed.Limits;

    /// <summary>The caller behind the request's credentials.</summary>
    /// <exception cref="GitHubRefusal">They are wrong, or the request is malformed.</exception>
    public GitHubCaller Admit(HttpRequest request)
    {
        if (request.Headers.UserAgent.Count == 0)
        {
            throw GitHubRefusal.Of(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
        }

        if (request.Headers.TryGetValue("X-GitHub-Api-Version", out var version) && version != ApiVersion)
        {
            throw GitHubRefusal.Of(400, $"\"{version}\" is not a valid REST API version. Supported versions: {ApiVersion}.");
        }

        var words = request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => GitHubCaller.Nobody,
            [var scheme, var token] when scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase) || scheme.Equals("token", StringComparison.OrdinalIgnoreCase) => Known(token),
            _ => throw GitHubRefusal.Of(401, "Bad credentials"),
        };
    }

    /// <summary>Lets an installation's token in until it expires.</summary>
    public void Install(GitHubCaller caller, DateTimeOffset until) => _installed[caller.Token] = (caller, until);

    /// <summary>Counts a request and says where its caller stands.</summary>
    /// <param name="cost">0 where asking costs nothing.</param>
    public RateLimit Count(GitHubCaller caller, string resource, int cost)
    {
        var length = resource is "search" or "writes" ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);
        var limit = resource switch
        {
            "search" => Limits.Search,
            "writes" => Limits.Writes,
            _ => caller.IsAnonymous ? Limits.Anonymous : Limits.Core,
        };
        var key = $"{resource} {caller.Token}";
        var now = clock.GetUtcNow();
        var (since, used) = _windows.TryGetValue(key, out var window) && now < window.Since + length ? window : (now, 0);
        _windows[key] = (since, Math.Min(used + cost, limit));
        return new RateLimit(resource, limit, Math.Min(used + cost, limit), IsExceeded: cost > 0 && used >= limit, since + length);
    }

    /// <summary>A JWT is let through to the routes that take one; they hold it against the App's key.</summary>
    private GitHubCaller Known(string token)
    {
        if (seed.Tokens.FirstOrDefault(known => known.Token == token) is { } personal)
        {
            return new GitHubCaller(token, personal.Login, personal.Repositories) { IsApp = personal.IsApp };
        }

        if (_installed.TryGetValue(token, out var installed) && clock.GetUtcNow() < installed.Until)
        {
            return installed.Caller;
        }

        return token.Split('.').Length == 3 ? GitHubCaller.Nobody with { Token = "app" } : throw GitHubRefusal.Of(401, "Bad credentials");
    }
}

/// <param name="IsExceeded">This request is one too many.</param>
internal sealed record RateLimit(string Resource, int Limit, int Used, bool IsExceeded, DateTimeOffset ResetsAt)
{
    public int Remaining => Limit - Used;
}
