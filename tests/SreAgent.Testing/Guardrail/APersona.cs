using SreAgent.Core.Personas;

namespace SreAgent.Testing.Guardrail;

/// <summary>Builds personas for tests.</summary>
public static class APersona
{
    /// <summary>Holds every tool there is.</summary>
    public static Persona WhoMayDoAnything { get; } = Holding("*");

    public static Persona Holding(params string[] grants) => Named("tester", grants);

    public static Persona Named(string id, params string[] grants) => new()
    {
        Id = id,
        Name = id,
        Dialect = PersonaDialect.Agent,
        Path = $"{id}.md",
        Instructions = $"You are {id}.",
        ToolGrants = grants,
    };
}

/// <summary>A fixed list of personas.</summary>
public sealed class FixedPersonas(params Persona[] personas) : IPersonaCatalogue
{
    public IReadOnlyList<Persona> All { get; } = personas;

    public Persona? Find(string idOrName) =>
        All.FirstOrDefault(persona => string.Equals(persona.Id, idOrName, StringComparison.OrdinalIgnoreCase));
}
