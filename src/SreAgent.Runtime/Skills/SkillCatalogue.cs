using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>The skills of the shipped, configured and user's folders, read when first asked for and again when a file changes.</summary>
public sealed class SkillCatalogue : ISkillCatalogue
{
    private readonly Lock _lock = new();
    private readonly DocumentShelf<SkillDocument> _shelf;
    private Snapshot? _snapshot;

    internal SkillCatalogue(IReadOnlyList<DocumentFolder> folders, TimeProvider clock, TimeSpan? lookEvery = null)
    {
        _shelf = new DocumentShelf<SkillDocument>(folders, DocumentFinder.IsSkill, SkillParser.Read, clock) { LookEvery = lookEvery ?? TimeSpan.FromSeconds(1) };
    }

    public IReadOnlyList<Skill> All => Current().All;

    /// <summary>Everything noticed about the files, one row a file; folders that could not be read come first.</summary>
    public IReadOnlyList<DocumentReport> Problems => [.. Reports(KnownNames.Unchecked).Where(report => report.Problems.Count > 0)];

    public Skill? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Current().ByName.GetValueOrDefault(name)?.Skill;
    }

    public Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(skill);
        ArgumentNullException.ThrowIfNull(relativePath);
        return Task.Run(() => SkillFiles.Read(skill, relativePath), cancellationToken);
    }

    /// <summary>As <c>skills check</c> reports files: every file of the catalogue, also checked against what this host has.</summary>
    public IReadOnlyList<DocumentReport> Reports(KnownNames known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var snapshot = Current();
        return
        [
            .. snapshot.Shelves.FolderProblems,
            .. snapshot.Shelves.Folders.SelectMany(folder => folder.Documents)
                .Select(document => SkillCheck.Report(document.Path, document, snapshot.Notes[document.Path], known)),
        ];
    }

    private Snapshot Current()
    {
        var shelves = _shelf.Current;
        lock (_lock)
        {
            return _snapshot is { } snapshot && ReferenceEquals(snapshot.Shelves, shelves) ? snapshot : _snapshot = Snapshot.Of(shelves);
        }
    }

    private sealed record Snapshot(
        Shelves<SkillDocument> Shelves, IReadOnlyDictionary<string, SkillDocument> ByName, IReadOnlyList<Skill> All, ILookup<string, DocumentProblem> Notes)
    {
        public static Snapshot Of(Shelves<SkillDocument> shelves)
        {
            var notes = new List<(string Path, DocumentProblem Problem)>();
            var byName = Precedence.Resolve(shelves, document => document.Skill.Name, (path, problem) => notes.Add((path, problem)));
            return new Snapshot(
                shelves,
                byName,
                [.. byName.Values.Select(document => document.Skill).OrderBy(skill => skill.Name, StringComparer.Ordinal)],
                notes.ToLookup(note => note.Path, note => note.Problem, StringComparer.Ordinal));
        }
    }
}
