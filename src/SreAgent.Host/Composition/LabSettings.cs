using SreAgent.Lab;

namespace SreAgent.Host.Composition;

/// <summary>Settings that point everything at a practice world: the integrations at its parts, and the catalogue at its services.</summary>
internal static class LabSettings
{
    private const string Environment = "practice";

    private static readonly string[] Apps = ["checkout", "inventory", "payments", "recommendations"];

    /// <param name="endpoints">Of the practice world.</param>
    /// <param name="worktrees">The folder that worktrees of its repositories live under. Absent: none are to be made.</param>
    public static IReadOnlyDictionary<string, string?> For(IReadOnlyList<LabEndpoint> endpoints, string? worktrees = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Guardrails:DefaultEnvironment"] = Environment };
        Connect(settings, endpoints, "prometheus", "Prometheus");
        Connect(settings, endpoints, "alertmanager", "Alertmanager");
        Connect(settings, endpoints, "github", "GitHub");
        Connect(settings, endpoints, "grafana", "Grafana");
        if (Connect(settings, endpoints, "fly", "Fly") is { } fly)
        {
            // One simulator speaks for Fly's three services.
            settings["Integrations:Fly:ApiUrl"] = fly.ToString();
            settings["Integrations:Fly:RegistryUrl"] = fly.ToString();
            settings["Integrations:Fly:Organization"] = "lab";
        }

        if (worktrees is not null && Find(endpoints, "git") is { } git)
        {
            Clone(settings, git.Address.LocalPath, worktrees);
        }

        foreach (var app in Apps)
        {
            Describe(settings, app);
        }

        if (Find(endpoints, "front-door") is { } door)
        {
            settings["Services:checkout:Endpoints:health:Url"] = new Uri(door.Address, "checkout/healthz").ToString();
            settings["Services:checkout:Endpoints:cart:Url"] = new Uri(door.Address, "checkout/cart/1").ToString();
            settings["Services:checkout:Endpoints:cart:Contains"] = "cart";
        }

        if (Find(endpoints, "grafana") is { } grafana)
        {
            settings["Services:checkout:Dashboard"] = new Uri(grafana.Address, "d/checkout").ToString();
        }

        return settings;
    }

    private static LabEndpoint? Find(IReadOnlyList<LabEndpoint> endpoints, string name) => endpoints.FirstOrDefault(endpoint => endpoint.Name == name);

    private static Uri? Connect(Dictionary<string, string?> settings, IReadOnlyList<LabEndpoint> endpoints, string name, string integration)
    {
        if (Find(endpoints, name) is not { } endpoint)
        {
            return null;
        }

        settings[$"Integrations:{integration}:BaseUrl"] = endpoint.Address.ToString();
        settings[$"Integrations:{integration}:Environment"] = Environment;
        if (endpoint.Token is { } token)
        {
            settings[$"Integrations:{integration}:Token"] = token;
        }

        return endpoint.Address;
    }

    private static void Clone(Dictionary<string, string?> settings, string repositories, string worktrees)
    {
        settings["Integrations:Git:Root"] = worktrees;
        settings["Integrations:Git:Environment"] = Environment;
        foreach (var app in Apps)
        {
            var repository = $"Integrations:Git:Repositories:{app}";
            settings[$"{repository}:Url"] = Path.Combine(repositories, app + ".git");
            settings[$"{repository}:ProtectedBranches:0"] = "main";
            settings[$"{repository}:DeployingBranches:0"] = "production";
        }
    }

    private static void Describe(Dictionary<string, string?> settings, string app)
    {
        var (service, selector) = ($"Services:{app}", $"service=\"{app}\"");
        settings[$"{service}:Environment"] = Environment;
        settings[$"{service}:FlyApp"] = app;
        settings[$"{service}:Repository"] = $"{Environment}/{app}";
        settings[$"{service}:MetricSelector"] = selector;
        settings[$"{service}:Owner"] = "shop";
        settings[$"{service}:Slos:availability:Objective"] = "0.995";
        settings[$"{service}:Slos:availability:Good"] = $"sum(increase(http_requests_total{{{selector},code!~\"5..\"}}[$window]))";
        settings[$"{service}:Slos:availability:Total"] = $"sum(increase(http_requests_total{{{selector}}}[$window]))";
        settings[$"{service}:Slos:availability:Window"] = "30d";
        settings[$"{service}:Slos:latency:Objective"] = "0.95";
        settings[$"{service}:Slos:latency:Good"] = $"sum(increase(http_request_duration_seconds_bucket{{{selector},le=\"0.5\"}}[$window]))";
        settings[$"{service}:Slos:latency:Total"] = $"sum(increase(http_request_duration_seconds_count{{{selector}}}[$window]))";
        settings[$"{service}:Slos:latency:Window"] = "30d";
        settings[$"{service}:Rollouts:SoakSeconds"] = "30";
    }
}
