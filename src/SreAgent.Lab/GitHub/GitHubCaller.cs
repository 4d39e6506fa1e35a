namespace SreAgent.Lab.GitHub;

/// <summary>Who a request comes from.</summary>
/// <param name="Token">Keeps the counts of its limits; <c>anonymous</c> for nobody.</param>
/// <param name="Login">Absent for nobody.</param>
/// <param name="Repositories">What it may do where, by full name. Absent: write everywhere.</param>
internal sealed record GitHubCaller(string Token, string? Login, IReadOnlyDictionary<string, GitHubAccess>? Repositories)
{
    public static GitHubCaller Nobody { get; } = new("anonymous", Login: null, new Dictionary<string, GitHubAccess>(StringComparer.Ordinal));

    /// <summary>An installation's token: named permissions, and it may create check runs.</summary>
    public bool IsApp { get; init; }

    /// <summary><c>issues</c> to <c>write</c>. Absent: not limited by kind.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }

    public bool IsAnonymous => Login is null;

    public GitHubAccess AccessTo(string repository) => Repositories is null ? GitHubAccess.Write : Repositories.GetValueOrDefault(repository);
}
