using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Who we are to GitHub: the login our comments are shown under. Asked once.</summary>
/// <param name="app">Present when we ask as an App.</param>
/// <param name="login">From the settings, for a token that GitHub does not tell it: an Actions token.</param>
internal sealed class GitHubViewer(IGitHubApi api, InstallationTokens? app, string? login)
{
    private string? _login = login;

    /// <summary>As an App or with its token: checks may be written in place of statuses.</summary>
    public bool IsApp => app is not null;

    /// <exception cref="ToolException">GitHub does not say, and no setting does.</exception>
    public async Task<string> LoginAsync(CancellationToken cancellationToken) => _login ??= await AskAsync(cancellationToken);

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        if (app is not null)
        {
            var self = await app.AppAsync(cancellationToken);
            return self.Slug is { } slug ? $"{slug}[bot]"
                : throw new ToolException($"GitHub does not tell the App's slug, so its comments could not be told from others'. Set {GitHubOptions.Section}:{nameof(GitHubOptions.Login)} to the name they are shown under.");
        }

        try
        {
            return (await api.UserAsync(cancellationToken)).Login;
        }
        catch (ToolException e) when (!e.Retryable)
        {
            throw new ToolException(
                $"GitHub does not say whose token this is, so our comments could not be told from others'; nothing was written. Set {GitHubOptions.Section}:{nameof(GitHubOptions.Login)} to the name they are shown under: github-actions[bot] for the token of a workflow. ({e.Message})", e);
        }
    }
}
