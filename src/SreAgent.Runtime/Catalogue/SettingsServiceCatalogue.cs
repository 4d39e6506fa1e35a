using SreAgent.Core.Catalogue;
using SreAgent.Core.Integrations;

namespace SreAgent.Runtime.Catalogue;

/// <summary>The services the settings state. Those that are stated wrongly are among <see cref="Problems"/>, all at once.</summary>
internal sealed class SettingsServiceCatalogue : IServiceCatalogue, ISettingsCheck
{
    private readonly Dictionary<string, Service> _byName;

    public SettingsServiceCatalogue(IReadOnlyDictionary<string, ServiceOptions> services, string defaultEnvironment)
    {
        var problems = new List<string>();
        _byName = services.ToDictionary(pair => pair.Key, pair => ServiceReader.Read(pair.Key, pair.Value, defaultEnvironment, problems), StringComparer.OrdinalIgnoreCase);
        All = [.. _byName.Values.OrderBy(service => service.Name, StringComparer.Ordinal)];
        Problems = problems;
    }

    public IReadOnlyList<Service> All { get; }

    public IReadOnlyList<string> Problems { get; }

    public Service? Find(string name) => _byName.GetValueOrDefault(name);
}
