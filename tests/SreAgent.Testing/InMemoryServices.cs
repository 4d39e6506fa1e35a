using SreAgent.Core.Catalogue;

namespace SreAgent.Testing;

/// <summary>Services a test wrote.</summary>
public sealed class InMemoryServices(params Service[] services) : IServiceCatalogue
{
    public IReadOnlyList<Service> All { get; } = services;

    public Service? Find(string name) => All.FirstOrDefault(service => string.Equals(service.Name, name, StringComparison.OrdinalIgnoreCase));
}
