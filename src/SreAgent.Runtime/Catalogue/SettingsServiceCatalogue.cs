using SreAgent.Core.Catalogue;

namespace SreAgent.Runtime.Catalogue;

/// <summary>The settings' <c>Services</c> section: one block a service, keyed by its name.</summary>
public sealed class ServiceOptions
{
    public const string Section = "Services";

    /// <summary>Name of an environment under <c>Guardrails:Environments</c>; the default environment when left out.</summary>
    public string? Environment { get; set; }

    /// <summary>PromQL label matchers without braces: <c>job="checkout"</c>.</summary>
    public string? MetricSelector { get; set; }

    public string? Owner { get; set; }

    /// <summary>Path or address.</summary>
    public string? Runbook { get; set; }

    public string? Dashboard { get; set; }

    public string? Repository { get; set; }

    public string? FlyApp { get; set; }

    /// <summary>Path of its fly.toml.</summary>
    public string? FlyToml { get; set; }
}

internal sealed class SettingsServiceCatalogue : IServiceCatalogue
{
    private readonly Dictionary<string, Service> _byName;

    public SettingsServiceCatalogue(IReadOnlyDictionary<string, ServiceOptions> services, string defaultEnvironment)
    {
        _byName = services.ToDictionary(
            pair => pair.Key,
            pair => new Service
            {
                Name = pair.Key,
                Environment = pair.Value.Environment ?? defaultEnvironment,
                MetricSelector = pair.Value.MetricSelector,
                Owner = pair.Value.Owner,
                Runbook = pair.Value.Runbook,
                Dashboard = pair.Value.Dashboard,
                Repository = pair.Value.Repository,
                FlyApp = pair.Value.FlyApp,
                FlyToml = pair.Value.FlyToml,
            },
            StringComparer.OrdinalIgnoreCase);
        All = [.. _byName.Values.OrderBy(service => service.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<Service> All { get; }

    public Service? Find(string name) => _byName.GetValueOrDefault(name);
}
