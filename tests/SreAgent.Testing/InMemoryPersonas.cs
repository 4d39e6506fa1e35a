using SreAgent.Core.Personas;

namespace SreAgent.Testing;

/// <summary>Personas a test wrote.</summary>
public sealed class InMemoryPersonas(params Persona[] personas) : IPersonaCatalogue
{
    public IReadOnlyList<Persona> All { get; } = [.. personas.OrderBy(persona => persona.Id, StringComparer.Ordinal)];

    public static Persona Named(string id, params string[] modes) => new()
    {
        Id = id,
        Name = char.ToUpperInvariant(id[0]) + id[1..],
        Dialect = PersonaDialect.Agent,
        Path = $"personas/{id}.md",
        Description = $"{id} for a test",
        Instructions = $"You are {id}.",
        ToolGrants = ["*"],
        Modes = [.. modes.Select(mode => new PersonaMode(mode, mode))],
    };

    public Persona? Find(string idOrName) =>
        All.FirstOrDefault(persona => string.Equals(persona.Id, idOrName, StringComparison.OrdinalIgnoreCase) || string.Equals(persona.Name, idOrName, StringComparison.OrdinalIgnoreCase));
}
