namespace SreAgent.Core.Personas;

/// <summary>The personas that can be spoken to now. Reads are snapshots; a reload that fails keeps the last good copy.</summary>
public interface IPersonaCatalogue
{
    /// <summary>By id. Ordered by id.</summary>
    IReadOnlyList<Persona> All { get; }

    /// <summary>By id or name, without case.</summary>
    Persona? Find(string idOrName);
}
