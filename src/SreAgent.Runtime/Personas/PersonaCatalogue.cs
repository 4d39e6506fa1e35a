using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>The personas of the shipped, configured and user's folders, read when first asked for and again when a file changes.</summary>
public sealed class PersonaCatalogue : IPersonaCatalogue
{
    // Markdown that lies beside personas and is none.
    private static readonly HashSet<string> NotPersonas = new(StringComparer.OrdinalIgnoreCase)
    {
        "README.md", "AGENTS.md", "CLAUDE.md", "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "SECURITY.md", "LICENSE.md", "SKILL.md",
    };

    private readonly DocumentIndex<PersonaDocument> _index;

    internal PersonaCatalogue(IReadOnlyList<DocumentFolder> folders, TimeProvider clock, TimeSpan? lookEvery = null)
    {
        var shelf = new DocumentShelf<PersonaDocument>(folders, IsPersonaFile, PersonaParser.Read, clock) { LookEvery = lookEvery ?? TimeSpan.FromSeconds(1) };
        _index = new DocumentIndex<PersonaDocument>(shelf, document => document.Persona.Id);
    }

    public IReadOnlyList<Persona> All => [.. _index.Current.All.Select(document => document.Persona)];

    /// <summary>Everything noticed about the files, one row a file; folders that could not be read come first.</summary>
    public IReadOnlyList<DocumentReport> Problems => [.. Reports(KnownNames.Unchecked).Where(report => report.Problems.Count > 0)];

    public Persona? Find(string idOrName)
    {
        ArgumentNullException.ThrowIfNull(idOrName);
        var indexed = _index.Current;
        return indexed.ByName.GetValueOrDefault(idOrName)?.Persona
            ?? indexed.All.FirstOrDefault(document => string.Equals(document.Persona.Name, idOrName, StringComparison.OrdinalIgnoreCase))?.Persona;
    }

    /// <summary>As <c>personas check</c> reports files: every file of the catalogue, also checked against what this host has.</summary>
    public IReadOnlyList<DocumentReport> Reports(KnownNames known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return _index.Reports((path, document, notes) => PersonaCheck.Report(path, document, notes, known));
    }

    internal static bool IsPersonaFile(string fileName) => DocumentFinder.IsMarkdown(fileName) && !IsDocumentation(fileName);

    internal static bool IsDocumentation(string fileName) => NotPersonas.Contains(fileName);
}
