using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Alertmanager;
using SreAgent.Integrations.Prometheus;

namespace SreAgent.Integrations.Tests;

/// <summary>The integrations as the host registers them, over the given settings.</summary>
internal sealed class Wired : IDisposable
{
    private readonly ServiceProvider _provider;

    private Wired(ServiceProvider provider) => _provider = provider;

    public PrometheusTools Prometheus => _provider.GetServices<IToolset>().OfType<PrometheusTools>().Single();

    public AlertmanagerTools Alertmanager => _provider.GetServices<IToolset>().OfType<AlertmanagerTools>().Single();

    public IReadOnlyList<IToolset> Toolsets => [.. _provider.GetServices<IToolset>()];

    public IIntegration Integration(string name) => _provider.GetServices<IIntegration>().Single(integration => integration.Name == name);

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <param name="settings">Path and value, such as <c>Integrations:Prometheus:BaseUrl</c>.</param>
    /// <param name="clock">The real one when absent.</param>
    /// <param name="primary">Stands in for the network when given.</param>
    public static Wired With(Dictionary<string, string?> settings, TimeProvider? clock = null, HttpMessageHandler? primary = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddPrometheus(configuration).AddAlertmanager(configuration);
        if (primary is not null)
        {
            services.AddHttpClient("Prometheus").ConfigurePrimaryHttpMessageHandler(() => primary);
            services.AddHttpClient("Alertmanager").ConfigurePrimaryHttpMessageHandler(() => primary);
        }

        return new Wired(services.BuildServiceProvider());
    }

    public static Wired Prom(Uri address, TimeProvider? clock = null) => Prom(address.ToString(), clock);

    public static Wired Prom(string address, TimeProvider? clock = null, params (string Name, string Value)[] more) =>
        With(
            more.Append(("BaseUrl", address)).ToDictionary(setting => $"Integrations:Prometheus:{setting.Item1}", setting => (string?)setting.Item2, StringComparer.Ordinal),
            clock);

    public static Wired Stubbed(HttpMessageHandler primary, TimeProvider? clock = null) =>
        With(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Integrations:Prometheus:BaseUrl"] = "http://prometheus.test:9090",
                ["Integrations:Alertmanager:BaseUrl"] = "http://alertmanager.test:9093",
            },
            clock,
            primary);

    public void Dispose() => _provider.Dispose();
}
