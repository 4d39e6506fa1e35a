using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Code;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Redaction;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>Registers GitHub from its settings.</summary>
public static class GitHubRegistration
{
    /// <summary>
    /// Always adds the integration, so that a reason can be shown; its tools, the code host and the recorder of deployments only when the
    /// settings allow. Opens no connection.
    /// </summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = GitHubOptions.Read(configuration, problems);
        services.AddSystemIntegration(provider => new GitHubIntegration(
            options, problems, provider.GetService<IGitHubApi>(), provider.GetService<InstallationTokens>()));
        if (options.Connection is not { } connection || problems.Count > 0)
        {
            return services;
        }

        AddConnection(services, connection, options.App);
        services.AddSingleton(provider => new WritePolicy(options.Repositories, provider.GetService<IServiceCatalogue>()));
        services.AddSingleton<ICodeHost>(provider => new GitHubCodeHost(provider.GetRequiredService<IGitHubApi>(), connection));
        services.AddSingleton(provider => new GitHubRepositoryTrees(provider.GetRequiredService<IGitHubApi>()));
        services.AddSingleton<IRepositoryTrees>(provider => provider.GetRequiredService<GitHubRepositoryTrees>());
        services.AddSingleton<IPullRequests>(provider => provider.GetRequiredService<GitHubRepositoryTrees>());
        services.AddSingleton<IReviewPublisher>(provider => new GitHubReviewPublisher(
            provider.GetRequiredService<IGitHubApi>(), provider.GetRequiredService<WritePolicy>(), new OutgoingText(provider.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues),
            new GitHubViewer(provider.GetRequiredService<IGitHubApi>(), provider.GetService<InstallationTokens>(), options.Login)));
        services.AddSingleton<IRolloutRecorder>(provider => new GitHubDeploymentRecorder(
            provider.GetRequiredService<IGitHubApi>(), provider.GetRequiredService<WritePolicy>(), provider.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues));
        services.AddSingleton<IToolset>(provider => new GitHubTools(
            provider.GetRequiredService<IGitHubApi>(), connection, provider.GetRequiredService<WritePolicy>(),
            new OutgoingText(provider.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues), provider.GetService<IServiceCatalogue>(), Clock(provider)));
        return services;
    }

    private static void AddConnection(IServiceCollection services, ConnectionOptions connection, GitHubAppOptions? app)
    {
        services.AddSingleton(provider => new RateLimits(Clock(provider)));
        services.AddSingleton<IGitHubApi>(provider => new GitHubClient(connection, provider.GetRequiredService<IHttpClientFactory>(), Clock(provider)));
        var client = services.AddSystemHttpClient(GitHubIntegration.SystemName, connection);
        if (app is not null)
        {
            services.AddSingleton(provider => new InstallationTokens(app, connection, provider.GetRequiredService<IHttpClientFactory>(), Clock(provider)));
            client.AddHttpMessageHandler(provider => new InstallationHandler(provider.GetRequiredService<InstallationTokens>()));
        }

        services.AddPlainHttpClient(GitHubArchives.ClientName, GitHubArchives.AsNobody(connection));
        client.AddHttpMessageHandler(provider => new GitHubManners(connection, provider.GetRequiredService<RateLimits>(), Clock(provider)));
    }

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;
}

/// <param name="api">Absent when disabled.</param>
/// <param name="app">Absent when it does not ask as an App.</param>
internal sealed class GitHubIntegration(GitHubOptions options, IReadOnlyList<string> problems, IGitHubApi? api, InstallationTokens? app)
    : SystemIntegration(SystemName, options.Connection, problems, "Token, TokenFile or App")
{
    public const string SystemName = "GitHub";

    protected override async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (api is null)
        {
            return "";
        }

        // Tells whether the credentials hold, with any kind of them, and costs nothing.
        var limits = await api.RateLimitsAsync(cancellationToken);
        var core = limits?.Resources?.GetValueOrDefault("core");
        var left = core is null ? "no rate limit" : $"{core.Remaining:N0} of {core.Limit:N0} requests left this hour";
        return $"as {await WhoAsync(api, cancellationToken)}, {left},";
    }

    private async Task<string> WhoAsync(IGitHubApi api, CancellationToken cancellationToken)
    {
        if (app is not null)
        {
            var self = await app.AppAsync(cancellationToken);
            return $"the App {self.Slug ?? self.Name}";
        }

        if (options.Connection is { Token: null, Username: null })
        {
            return "nobody (public repositories only; set Token, TokenFile or App)";
        }

        try
        {
            return (await api.UserAsync(cancellationToken)).Login;
        }
        catch (ToolException)
        {
            return "a token without a user"; // Such as an Actions token: rate_limit has just accepted it.
        }
    }
}
