using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Grafana;

/// <summary>Registers Grafana from its settings.</summary>
public static class GrafanaRegistration
{
    /// <summary>
    /// Always adds the integration, so that a reason can be shown; its tools and its <see cref="IRolloutRecorder"/> only when the settings
    /// allow. Opens no connection.
    /// </summary>
    public static IServiceCollection AddGrafana(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = GrafanaOptions.Read(configuration, problems);
        services.AddSystemIntegration(provider => new GrafanaIntegration(options.Connection, problems, provider.GetService<IGrafanaApi>()));
        if (options.Connection is not { } connection || problems.Count > 0)
        {
            return services;
        }

        var client = services.AddSystemHttpClient(GrafanaIntegration.SystemName, connection);
        if (options.OrganizationId is { } organization)
        {
            client.ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("X-Grafana-Org-Id", organization.ToString(CultureInfo.InvariantCulture)));
        }

        services.AddSingleton<IGrafanaApi>(provider => new GrafanaClient(connection, options.RenderTimeout, provider.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<IToolset>(provider => new GrafanaTools(
            provider.GetRequiredService<IGrafanaApi>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddSingleton<IRolloutRecorder>(provider => new GrafanaRolloutRecorder(provider.GetRequiredService<IGrafanaApi>()));
        return services;
    }
}

/// <param name="api">Absent when disabled.</param>
internal sealed class GrafanaIntegration(ConnectionOptions? connection, IReadOnlyList<string> problems, IGrafanaApi? api)
    : SystemIntegration(SystemName, connection, problems)
{
    public const string SystemName = "Grafana";

    /// <summary>Health says address and version to anybody; the search after it is what proves the token.</summary>
    protected override async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (api is null)
        {
            return "";
        }

        var health = await api.HealthAsync(cancellationToken);
        if (health.Database is { } database && database != "ok")
        {
            throw new ToolException($"Grafana answers, but says of its database: {database}. Its own log says more.");
        }

        await api.SearchAsync(new DashboardSearch(Words: null, Tags: [], Limit: 1), cancellationToken);
        return health.Version ?? "of unknown version";
    }
}
