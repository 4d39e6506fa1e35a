using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>The documents of a shelf by name: made when first asked for, and anew when what lies on the shelf has changed.</summary>
internal sealed class DocumentIndex<T>(DocumentShelf<T> shelf, Func<T, string> nameOf)
    where T : class
{
    private readonly Lock _lock = new();
    private IndexedDocuments<T>? _indexed;

    public IndexedDocuments<T> Current
    {
        get
        {
            var shelves = shelf.Current;
            lock (_lock)
            {
                return _indexed is { } indexed && ReferenceEquals(indexed.Shelves, shelves) ? indexed : _indexed = Make(shelves);
            }
        }
    }

    /// <param name="report">Makes a row of a file, its document and what its place among the others gives to remark.</param>
    /// <returns>One row a file; folders that could not be read come first.</returns>
    public IReadOnlyList<DocumentReport> Reports(Func<string, ShelvedDocument<T>, IEnumerable<DocumentProblem>, DocumentReport> report)
    {
        var indexed = Current;
        return
        [
            .. indexed.Shelves.FolderProblems,
            .. indexed.Shelves.Folders.SelectMany(folder => folder.Documents).Select(document => report(document.Path, document, indexed.Notes[document.Path])),
        ];
    }

    private IndexedDocuments<T> Make(Shelves<T> shelves)
    {
        var notes = new List<(string Path, DocumentProblem Problem)>();
        var byName = Precedence.Resolve(shelves, nameOf, (path, problem) => notes.Add((path, problem)));
        return new IndexedDocuments<T>(
            shelves, byName, [.. byName.Values.OrderBy(nameOf, StringComparer.Ordinal)],
            notes.ToLookup(note => note.Path, note => note.Problem, StringComparer.Ordinal));
    }
}

/// <param name="ByName">Those that won their name, without case.</param>
/// <param name="All">The same, in the order of their names.</param>
/// <param name="Notes">By path: what a document's place among the others gives to remark.</param>
internal sealed record IndexedDocuments<T>(
    Shelves<T> Shelves, IReadOnlyDictionary<string, T> ByName, IReadOnlyList<T> All, ILookup<string, DocumentProblem> Notes)
    where T : class;
