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

    private readonly Lock _lock = new();
    private readonly DocumentShelf<PersonaDocument> _shelf;
    private Snapshot? _snapshot;

    internal PersonaCatalogue(IReadOnlyList<DocumentFolder> folders, TimeProvider clock, TimeSpan? lookEvery = null)
    {
        _shelf = new DocumentShelf<PersonaDocument>(folders, IsPersonaFile, PersonaParser.Read, clock) { LookEvery = lookEvery ?? TimeSpan.FromSeconds(1) };
    }

    public IReadOnlyList<Persona> All => Current().All;

    /// <summary>Everything noticed about the files, one row a file; folders that could not be read come first.</summary>
    public IReadOnlyList<DocumentReport> Problems => [.. Reports(KnownNames.Unchecked).Where(report => report.Problems.Count > 0)];

    public Persona? Find(string idOrName)
    {
        ArgumentNullException.ThrowIfNull(idOrName);
        var snapshot = Current();
        return snapshot.ById.GetValueOrDefault(idOrName)?.Persona
            ?? snapshot.All.FirstOrDefault(persona => string.Equals(persona.Name, idOrName, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As <c>personas check</c> reports files: every file of the catalogue, also checked against what this host has.</summary>
    public IReadOnlyList<DocumentReport> Reports(KnownNames known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var snapshot = Current();
        return
        [
            .. snapshot.Shelves.FolderProblems,
            .. snapshot.Shelves.Folders.SelectMany(folder => folder.Documents)
                .Select(document => PersonaCheck.Report(document.Path, document, snapshot.Notes[document.Path], known)),
        ];
    }

    internal static bool IsPersonaFile(string fileName) => DocumentFinder.IsMarkdown(fileName) && !IsDocumentation(fileName);

    internal static bool IsDocumentation(string fileName) => NotPersonas.Contains(fileName);

    private Snapshot Current()
    {
        var shelves = _shelf.Current;
        lock (_lock)
        {
            return _snapshot is { } snapshot && ReferenceEquals(snapshot.Shelves, shelves) ? snapshot : _snapshot = Snapshot.Of(shelves);
        }
    }

    private sealed record Snapshot(
        Shelves<PersonaDocument> Shelves, IReadOnlyDictionary<string, PersonaDocument> ById, IReadOnlyList<Persona> All, ILookup<string, DocumentProblem> Notes)
    {
        public static Snapshot Of(Shelves<PersonaDocument> shelves)
        {
            var notes = new List<(string Path, DocumentProblem Problem)>();
            var byId = Precedence.Resolve(shelves, document => document.Persona.Id, (path, problem) => notes.Add((path, problem)));
            return new Snapshot(
                shelves,
                byId,
                [.. byId.Values.Select(document => document.Persona).OrderBy(persona => persona.Id, StringComparer.Ordinal)],
                notes.ToLookup(note => note.Path, note => note.Problem, StringComparer.Ordinal));
        }
    }
}
