using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.GitHub;

/// <summary>The <c>Integrations:GitHub</c> settings, read and checked.</summary>
internal sealed record GitHubOptions
{
    public const string Section = "Integrations:GitHub";

    public static readonly Uri PublicApi = new("https://api.github.com/");

    /// <summary>Absent when the integration is disabled.</summary>
    public ConnectionOptions? Connection { get; init; }

    /// <summary>Absent when a token, or nobody, asks.</summary>
    public GitHubAppOptions? App { get; init; }

    /// <summary>The name our comments are shown under, where GitHub does not tell it to us. Absent: it is asked.</summary>
    public string? Login { get; init; }

    /// <summary>Which repositories may be written to, and how. Empty means: those the catalogue names.</summary>
    public IReadOnlyList<RepositoryRule> Repositories { get; init; } = [];

    public static GitHubOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new GitHubOptions();
        }

        var options = new GitHubOptions
        {
            Connection = ConnectionOptions.Read(settings, PublicApi),
            App = GitHubAppOptions.Read(settings.Section(nameof(App))),
            Login = settings.Text(nameof(Login)),
            Repositories = RepositoryRule.ReadAll(settings, nameof(Repositories)),
        };
        if (options.App is not null && options.Connection is { } connection && (connection.Token is not null || connection.Username is not null || connection.Headers.ContainsKey("Authorization")))
        {
            settings.Problem(nameof(App), "and a token, a user name or an Authorization header exclude each other; keep one");
        }

        settings.RefuseUnknown();
        return options;
    }
}

/// <summary>Asking as a GitHub App instead of as a person: rights per repository, and tokens that live for an hour.</summary>
/// <param name="Id">App id or client id.</param>
/// <param name="PrivateKeyFile">PEM file of its RSA key; read anew for every token.</param>
/// <param name="InstallationId">Absent means it is looked up.</param>
/// <param name="Owner">Whose installation to look up, when there are several.</param>
internal sealed record GitHubAppOptions(string Id, string PrivateKeyFile, string? InstallationId, string? Owner)
{
    public const string Path = GitHubOptions.Section + ":App";

    public static GitHubAppOptions? Read(SettingsReader settings)
    {
        if (!settings.Exists)
        {
            return null;
        }

        var (id, key) = (settings.Text(nameof(Id)), settings.File(nameof(PrivateKeyFile)));
        var (installation, owner) = (settings.Text(nameof(InstallationId)), settings.Text(nameof(Owner)));
        if (id is null)
        {
            settings.Problem(nameof(Id), "is required: the App's id or client id");
        }

        if (key is null)
        {
            settings.Problem(nameof(PrivateKeyFile), "is required: the PEM file GitHub gave out for the App");
        }

        if (installation is not null && !installation.All(char.IsAsciiDigit))
        {
            settings.Problem(nameof(InstallationId), "must be a number; leave it out to have it looked up");
        }

        settings.RefuseUnknown();
        return id is null || key is null ? null : new GitHubAppOptions(id, key, installation, owner);
    }
}
