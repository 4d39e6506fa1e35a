using SreAgent.Core.Policy;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Git;

/// <summary>Settings of one repository, under <c>Integrations:Git:Repositories:NAME</c>.</summary>
internal sealed record RepositoryOptions
{
    private static readonly string[] UsuallyProtected = ["main", "master", "release/*", "production"];

    public required string Name { get; init; }

    /// <summary>A clone on this machine. It is only ever read: its objects save fetching them, its remote's address is taken from it.</summary>
    public string? Path { get; init; }

    /// <summary>https, ssh, file or http address, <c>user@host:path</c>, or an absolute path.</summary>
    public string? Url { get; init; }

    /// <summary>What the remote is called, in policy and in the tools' arguments.</summary>
    public string Remote { get; init; } = "origin";

    /// <summary>Absent means what the remote says.</summary>
    public string? DefaultBranch { get; init; }

    /// <summary>Pushing to them is a change that a human approves.</summary>
    public IReadOnlyList<string> ProtectedBranches { get; init; } = UsuallyProtected;

    /// <summary>Pushing to them deploys.</summary>
    public IReadOnlyList<string> DeployingBranches { get; init; } = [];

    public string Username { get; init; } = "x-access-token";

    /// <summary>Holds the password or token for an https address in its first line. Read by git's helper at each use, never by us on a command line.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A program that speaks git's credential protocol.</summary>
    public string? CredentialHelperFile { get; init; }

    /// <summary>Private key for an ssh address.</summary>
    public string? SshKeyFile { get; init; }

    public bool Deploys(string branch) => Pattern.MatchesAny(DeployingBranches, branch);

    public bool Protects(string branch) => Pattern.MatchesAny(ProtectedBranches, branch) || Deploys(branch);

    /// <returns>Absent when it cannot be used; why is in the reader's problems.</returns>
    public static RepositoryOptions? Read(string name, SettingsReader settings)
    {
        var problems = settings.Problems.Count;
        var path = Folder(settings);
        var url = settings.Text(nameof(Url));
        if (path is null == url is null && settings.Text(nameof(Path)) is null == url is null)
        {
            settings.Problem(nameof(Url), $"or {nameof(Path)} is needed, one of them");
        }

        if (url is not null && !RemoteAddress.TryParse(url, out _, out var wrong))
        {
            settings.Problem(nameof(Url), wrong);
        }

        var options = new RepositoryOptions
        {
            Name = name,
            Path = path,
            Url = url,
            Remote = Ref(settings, nameof(Remote)) ?? "origin",
            DefaultBranch = Ref(settings, nameof(DefaultBranch)),
            ProtectedBranches = Patterns(settings, nameof(ProtectedBranches)) ?? UsuallyProtected,
            DeployingBranches = Patterns(settings, nameof(DeployingBranches)) ?? [],
            Username = settings.Text(nameof(Username)) ?? "x-access-token",
            TokenFile = settings.File(nameof(TokenFile)),
            CredentialHelperFile = settings.File(nameof(CredentialHelperFile)),
            SshKeyFile = settings.File(nameof(SshKeyFile)),
        };
        options.CheckIdentity(settings);
        settings.RefuseUnknown();
        return settings.Problems.Count == problems ? options : null;
    }

    private void CheckIdentity(SettingsReader settings)
    {
        if (TokenFile is not null && CredentialHelperFile is not null)
        {
            settings.Problem(nameof(CredentialHelperFile), $"and {nameof(TokenFile)} are both given; keep one");
        }

        if (TokenFile is not null && Url is not null && RemoteAddress.TryParse(Url, out var address, out _) && !address.MayCarryCredentials)
        {
            settings.Problem(nameof(TokenFile), "is for https:// addresses: anybody in between would read it");
        }

        if (Username.Any(char.IsControl))
        {
            settings.Problem(nameof(Username), "must be one line");
        }
    }

    private static string? Folder(SettingsReader settings)
    {
        if (settings.Text(nameof(Path)) is not { } path)
        {
            return null;
        }

        if (!System.IO.Path.IsPathFullyQualified(path) || path.Any(char.IsControl) || !Directory.Exists(path))
        {
            settings.Problem(nameof(Path), "must be the absolute path of a clone that exists");
            return null;
        }

        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
    }

    private static string? Ref(SettingsReader settings, string name)
    {
        var value = settings.Text(name);
        if (value is not null && !BranchName.IsPlain(value))
        {
            settings.Problem(name, $"must be {BranchName.Rule}");
        }

        return value;
    }

    private static string[]? Patterns(SettingsReader settings, string name) =>
        settings.Map(name).Values.Select(value => value.Trim()).Where(value => value.Length > 0).ToArray() is { Length: > 0 } patterns ? patterns : null;
}
