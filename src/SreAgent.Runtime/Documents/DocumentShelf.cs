using System.Collections.Immutable;
using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>A file as it was last read.</summary>
/// <typeparam name="T">Persona or skill.</typeparam>
/// <param name="Value">Null when the file did not load.</param>
internal sealed record ShelvedDocument<T>(string Path, T? Value, IReadOnlyList<DocumentProblem> Problems)
    where T : class;

/// <summary>
/// Keeps what was read from some folders and reads again only what changed. Nothing is read before the first question, and files are
/// looked at (not read) at most once per interval: that works on mounted folders, where change notifications do not arrive.
/// A file that no longer loads keeps its last good copy and reports why.
/// </summary>
internal sealed class DocumentShelf<T>(IReadOnlyList<DocumentFolder> folders, Func<string, bool> isWanted, Func<string, ShelvedDocument<T>> read, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (FileIdentity Identity, ShelvedDocument<T> Document)> _files = new(StringComparer.Ordinal);
    private Shelves<T>? _current;
    private long _lookedAt;

    /// <summary>How often files are looked at; zero looks at every question.</summary>
    public TimeSpan LookEvery { get; init; } = Interval;

    /// <summary>The same object until something changed.</summary>
    public Shelves<T> Current
    {
        get
        {
            lock (_lock)
            {
                if (_current is null || clock.GetElapsedTime(_lookedAt) >= LookEvery)
                {
                    Look();
                    _lookedAt = clock.GetTimestamp();
                }

                return _current!;
            }
        }
    }

    private void Look()
    {
        var changed = _current is null;
        var folderProblems = new List<DocumentReport>();
        var byFolder = ImmutableArray.CreateBuilder<(DocumentFolder, IReadOnlyList<ShelvedDocument<T>>)>(folders.Count);
        foreach (var folder in folders)
        {
            var documents = new List<ShelvedDocument<T>>();
            foreach (var path in Files(folder, folderProblems))
            {
                changed |= Refresh(path);
                documents.Add(_files[path].Document);
            }

            byFolder.Add((folder, documents));
        }

        var present = byFolder.SelectMany(pair => pair.Item2).Select(document => document.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _files.Keys.Where(path => !present.Contains(path)).ToArray())
        {
            changed = true;
            _files.Remove(gone);
        }

        if (changed || !folderProblems.SequenceEqual(_current!.FolderProblems, ReportComparer.Instance))
        {
            _current = new Shelves<T>(byFolder.ToImmutable(), folderProblems);
        }
    }

    private IReadOnlyList<string> Files(DocumentFolder folder, List<DocumentReport> problems)
    {
        try
        {
            if (Directory.Exists(folder.Path))
            {
                return DocumentFinder.Find(folder.Path, isWanted);
            }

            if (folder.MustExist)
            {
                Report($"The folder ({folder.Source}) does not exist.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report($"The folder ({folder.Source}) cannot be read: {exception.Message}");
        }

        if (folder.Path.Length == 0)
        {
            return [];
        }

        // A folder that vanishes under a running host is a mount that went away, not a wish to forget everybody.
        var prefix = folder.Path.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return [.. _files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        void Report(string message) =>
            problems.Add(new DocumentReport(folder.Path, null, null, null, Loaded: false, [new ReportedProblem(0, "warning", message)]));
    }

    private bool Refresh(string path)
    {
        FileIdentity identity;
        try
        {
            identity = FileIdentity.Of(path);
        }
        catch (IOException)
        {
            // Links in a circle; reading it reports that.
            identity = default;
        }

        if (_files.TryGetValue(path, out var known) && known.Identity == identity)
        {
            return false;
        }

        var document = read(path);
        if (document.Value is null && known.Document?.Value is { } lastGood)
        {
            document = new ShelvedDocument<T>(path, lastGood,
                [.. document.Problems, new DocumentProblem(0, ProblemSeverity.Warning, "The file no longer loads; the last good copy stays in use until it does.")]);
        }

        _files[path] = (identity, document);
        return true;
    }

    private sealed class ReportComparer : IEqualityComparer<DocumentReport>
    {
        public static readonly ReportComparer Instance = new();

        public bool Equals(DocumentReport? x, DocumentReport? y) => x?.Path == y?.Path && x!.Problems.SequenceEqual(y!.Problems);

        public int GetHashCode(DocumentReport obj) => obj.Path.GetHashCode(StringComparison.Ordinal);
    }
}

/// <summary>Everything on the shelf at one moment.</summary>
/// <param name="Folders">In the order of precedence, each with its files in the order of their paths.</param>
/// <param name="FolderProblems">One row for each folder that could not be read.</param>
internal sealed record Shelves<T>(ImmutableArray<(DocumentFolder Folder, IReadOnlyList<ShelvedDocument<T>> Documents)> Folders, IReadOnlyList<DocumentReport> FolderProblems)
    where T : class;
