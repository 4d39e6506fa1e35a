using SreAgent.Core.Catalogue;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Fly;

/// <summary>From what people say to an application's name on Fly.</summary>
internal sealed class AppNames(IServiceCatalogue services)
{
    /// <summary>For looking: a service of the catalogue, else an application by its own name.</summary>
    public string Seen(string name) => services.Find(name) is null ? name : Changed(name);

    /// <summary>The service an application is. Null when the catalogue has none.</summary>
    public string? ServiceOf(string? app) => services.All.FirstOrDefault(service => service.FlyApp is not null && string.Equals(service.FlyApp, app, StringComparison.Ordinal))?.Name;

    /// <summary>For changing: a service of the catalogue only, since environment and error budget hang on it.</summary>
    public string Changed(string service)
    {
        var found = services.Find(service)
            ?? throw new ToolException($"There is no service '{service}' in the settings' Services; known: {(services.All.Count == 0 ? "none" : string.Join(", ", services.All.Select(known => known.Name)))}.");
        return found.FlyApp ?? throw new ToolException($"Services:{found.Name}:FlyApp is not set, so it is not known which application on Fly the service is.");
    }
}
