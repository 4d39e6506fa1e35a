using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Alertmanager;

/// <summary>Registers Alertmanager from its settings.</summary>
public static class AlertmanagerRegistration
{
    /// <summary>
    /// Always adds the integration, so that a reason can be shown; its tools only when the settings allow. Opens no connection.
    /// </summary>
    public static IServiceCollection AddAlertmanager(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = AlertmanagerOptions.Read(configuration, problems);
        services.AddSystemIntegration(provider => new AlertmanagerIntegration(options.Connection, problems, provider.GetService<IAlertmanagerApi>()));
        if (options.Connection is not { } connection || problems.Count > 0)
        {
            return services;
        }

        services.AddSystemHttpClient(AlertmanagerIntegration.SystemName, connection);
        services.AddSingleton<IAlertmanagerApi>(provider => new AlertmanagerClient(connection, provider.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<IToolset>(provider => new AlertmanagerTools(
            provider.GetRequiredService<IAlertmanagerApi>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return services;
    }
}

/// <param name="api">Absent when disabled.</param>
internal sealed class AlertmanagerIntegration(ConnectionOptions? connection, IReadOnlyList<string> problems, IAlertmanagerApi? api)
    : SystemIntegration(SystemName, connection, problems)
{
    public const string SystemName = "Alertmanager";

    protected override async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        api is null ? "" : (await api.StatusAsync(cancellationToken)).VersionInfo?.Version ?? "of unknown version";
}
