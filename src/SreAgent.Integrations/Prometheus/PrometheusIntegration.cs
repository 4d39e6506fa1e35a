using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Metrics;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Prometheus;

/// <summary>Registers Prometheus from its settings.</summary>
public static class PrometheusRegistration
{
    /// <summary>
    /// Always adds the integration, so that a reason can be shown; its tools and its <see cref="IMetricSource"/> only when the settings allow. Opens no connection.
    /// </summary>
    public static IServiceCollection AddPrometheus(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = PrometheusOptions.Read(configuration, problems);
        services.AddSystemIntegration(provider => new PrometheusIntegration(options.Connection, problems, provider.GetService<IPrometheusApi>()));
        if (options.Connection is not { } connection || problems.Count > 0)
        {
            return services;
        }

        services.AddSystemHttpClient(PrometheusIntegration.SystemName, connection);
        services.AddSingleton<IPrometheusApi>(provider => new PrometheusClient(connection, provider.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<IMetricSource>(provider => new PrometheusMetricSource(provider.GetRequiredService<IPrometheusApi>(), connection));
        services.AddSingleton<IToolset>(provider => new PrometheusTools(
            provider.GetRequiredService<IPrometheusApi>(), options, provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return services;
    }
}

/// <param name="api">Absent when disabled.</param>
internal sealed class PrometheusIntegration(ConnectionOptions? connection, IReadOnlyList<string> problems, IPrometheusApi? api)
    : SystemIntegration(SystemName, connection, problems)
{
    public const string SystemName = "Prometheus";

    protected override async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        api is null ? "" : (await api.BuildInfoAsync(cancellationToken)).Data.Version ?? "of unknown version";
}
