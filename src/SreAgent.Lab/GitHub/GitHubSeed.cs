namespace SreAgent.Lab.GitHub;

/// <summary>What the GitHub simulator begins with.</summary>
public sealed record GitHubSeed
{
    public required IReadOnlyList<GitHubRepositorySeed> Repositories { get; init; }

    /// <summary>Who may call. Anyone else is anonymous: public repositories only, nothing written.</summary>
    public IReadOnlyList<GitHubTokenSeed> Tokens { get; init; } = [];

    /// <summary>Absent: no GitHub App is installed.</summary>
    public GitHubAppSeed? App { get; init; }

    public GitHubLimits Limits { get; init; } = new();

    /// <summary>Where what is pushed arrives. Absent: nobody pushes.</summary>
    public IRepositoryMirror? Mirror { get; init; }
}

/// <param name="FullName"><c>owner/name</c>.</param>
public sealed record GitHubRepositorySeed(string FullName)
{
    public bool IsPrivate { get; init; } = true;

    public string DefaultBranch { get; init; } = "main";

    /// <summary>Oldest first; at least one. The default branch points at the last one unless <see cref="Branches"/> says otherwise.</summary>
    public required IReadOnlyList<GitHubCommitSeed> Commits { get; init; }

    /// <summary>Name to full hash.</summary>
    public IReadOnlyDictionary<string, string> Branches { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Name to full hash.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> ProtectedBranches { get; init; } = [];

    public IReadOnlyList<GitHubCheckSeed> Checks { get; init; } = [];

    public IReadOnlyList<GitHubLabelSeed> Labels { get; init; } = [new("bug", "d73a4a"), new("incident", "b60205"), new("enhancement", "a2eeef")];

    public IReadOnlyList<GitHubIssueSeed> Issues { get; init; } = [];

    /// <summary>An earlier <c>owner/name</c>; requests to it are sent on with a 301. Absent: it was never renamed.</summary>
    public string? RenamedFrom { get; init; }
}

/// <param name="Sha">40 hex digits, as whoever built images from it knows it.</param>
/// <param name="Message">Whole message; its first line is the title.</param>
/// <param name="Author">Name or login.</param>
public sealed record GitHubCommitSeed(string Sha, string Message, string Author, DateTimeOffset At)
{
    /// <summary>Absent: the commit listed before it, or none for the first.</summary>
    public IReadOnlyList<string>? Parents { get; init; }

    /// <summary>What it changes: path to the new content, or to null where the file goes.</summary>
    public IReadOnlyDictionary<string, string?> Files { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}

/// <param name="Conclusion">success, failure, ...; null while it runs.</param>
public sealed record GitHubCheckSeed(string Sha, string Name, string? Conclusion);

/// <param name="Color">Six hex digits.</param>
public sealed record GitHubLabelSeed(string Name, string Color);

public sealed record GitHubIssueSeed(string Title, string Body, string Author, params string[] Labels)
{
    public bool IsClosed { get; init; }
}

/// <summary>A personal access token.</summary>
/// <param name="Repositories">What it may do where. Absent: write everywhere.</param>
public sealed record GitHubTokenSeed(string Token, string Login, IReadOnlyDictionary<string, GitHubAccess>? Repositories = null)
{
    /// <summary>The token of a GitHub App or of Actions: it may create check runs.</summary>
    public bool IsApp { get; init; }
}

public enum GitHubAccess
{
    None = 0,
    Read,
    Write,
}

/// <param name="Id">App id, the issuer of its JWTs.</param>
/// <param name="PublicKeyPem">Holds the signatures of its JWTs to account.</param>
/// <param name="InstallationId">The one installation; it reaches every repository.</param>
public sealed record GitHubAppSeed(long Id, string Slug, string PublicKeyPem, long InstallationId)
{
    /// <summary>As an installation token states them: <c>issues</c> to <c>write</c>.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["checks"] = "write",
        ["contents"] = "write",
        ["deployments"] = "write",
        ["issues"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "write",
        ["statuses"] = "write",
    };
}

/// <summary>GitHub's published limits; a test sets smaller ones.</summary>
public sealed record GitHubLimits
{
    /// <summary>Requests an hour and token.</summary>
    public int Core { get; init; } = 5000;

    /// <summary>Requests an hour without a token.</summary>
    public int Anonymous { get; init; } = 60;

    /// <summary>Searches a minute and token.</summary>
    public int Search { get; init; } = 30;

    /// <summary>Writes a minute and token before the secondary limit answers.</summary>
    public int Writes { get; init; } = 80;

    /// <summary>Entries of a recursive tree before it is cut.</summary>
    public int TreeEntries { get; init; } = 100_000;
}
