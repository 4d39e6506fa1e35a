using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Grafana as the host registers it, over a network of the test's own.</summary>
internal sealed class GrafanaWired : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _provider;

    private GrafanaWired(ServiceProvider provider) => _provider = provider;

    public GrafanaTools Tools => Toolsets.OfType<GrafanaTools>().Single();

    public IReadOnlyList<IToolset> Toolsets => [.. _provider.GetServices<IToolset>()];

    public IGrafanaApi Api => _provider.GetRequiredService<IGrafanaApi>();

    public IReadOnlyList<IRolloutRecorder> Recorders => [.. _provider.GetServices<IRolloutRecorder>()];

    public IIntegration Integration => _provider.GetServices<IIntegration>().Single();

    public IReadOnlyList<string> Problems => [.. _provider.GetServices<ISettingsCheck>().SelectMany(check => check.Problems)];

    /// <param name="network">Stands in for it.</param>
    /// <param name="now">Noon when absent.</param>
    /// <param name="more">Settings under <c>Integrations:Grafana</c> besides the address.</param>
    public static GrafanaWired Over(HttpMessageHandler network, DateTimeOffset? now = null, params (string Name, string Value)[] more) =>
        With(network, now, [("BaseUrl", "http://grafana.test/g"), ("Token", "glsa_unit"), .. more]);

    public static GrafanaWired With(HttpMessageHandler? network, DateTimeOffset? now, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new FixedClock(now ?? Noon));
        services.AddGrafana(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => $"Integrations:Grafana:{setting.Name}", setting => (string?)setting.Value, StringComparer.Ordinal))
            .Build());
        if (network is not null)
        {
            services.AddHttpClient("Grafana").ConfigurePrimaryHttpMessageHandler(() => network);
        }

        return new GrafanaWired(services.BuildServiceProvider());
    }

    public void Dispose() => _provider.Dispose();
}
