namespace SreAgent.Integrations.GitHub.Trees;

/// <summary>The files of a commit: what GitHub lists, with where the content lies once the archive has been unpacked.</summary>
internal sealed class CommitFiles
{
    private const int MostNamed = 20;

    private readonly Dictionary<string, CommitFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _skipped = new(StringComparer.Ordinal);

    /// <param name="entries">As GitHub lists them.</param>
    /// <param name="isComplete">There are no others.</param>
    /// <param name="limits">How many are kept.</param>
    public CommitFiles(IEnumerable<ListedEntry> entries, bool isComplete, TreeLimits limits)
    {
        IsComplete = isComplete;
        foreach (var entry in entries)
        {
            Take(entry, limits);
        }
    }

    /// <summary>GitHub listed every file there is.</summary>
    public bool IsComplete { get; }

    public IEnumerable<KeyValuePair<string, CommitFile>> All => _files.OrderBy(file => file.Key, StringComparer.Ordinal);

    public IEnumerable<string> NotLookedAt =>
        _skipped.OrderBy(reason => reason.Key, StringComparer.Ordinal).SelectMany(reason => reason.Value.Order(StringComparer.Ordinal).Take(MostNamed)
            .Select(path => $"{path}: {reason.Key}")
            .Concat(reason.Value.Count > MostNamed ? [$"{reason.Value.Count - MostNamed:N0} more: {reason.Key}"] : []));

    public CommitFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>A file the list was cut before, seen in the archive.</summary>
    public CommitFile? AddUnlisted(string path, long size, TreeLimits limits) =>
        !IsPlain(path) || _files.Count >= limits.Files ? Skipped(path) : _files[path] = new CommitFile(Hash: null, size);

    public void Skip(string path, string reason)
    {
        if (!_skipped.TryGetValue(reason, out var paths))
        {
            _skipped[reason] = paths = [];
        }

        paths.Add(path);
    }

    private void Take(ListedEntry entry, TreeLimits limits)
    {
        switch (entry)
        {
            case { Type: "blob", Mode: "120000" }:
                Skip(entry.Path, "a link, which is not followed");
                break;
            case { Type: "commit" }:
                Skip(entry.Path, "a submodule: another repository");
                break;
            case { Type: "blob" } when !IsPlain(entry.Path):
                Skipped(entry.Path);
                break;
            case { Type: "blob" } when _files.Count >= limits.Files:
                Skip(entry.Path, $"beyond the {limits.Files:N0} files that are looked at");
                break;
            case { Type: "blob" }:
                _files[entry.Path] = new CommitFile(entry.Hash, entry.Size);
                break;
            default:
                break; // A folder.
        }
    }

    private CommitFile? Skipped(string path)
    {
        Skip(path[..Math.Min(path.Length, 200)].ReplaceLineEndings(" "), IsPlain(path) ? "beyond the files that are looked at" : "a name that is no path within the repository");
        return null;
    }

    private static bool IsPlain(string path) =>
        path.Length is > 0 and <= 4096 && !path.Any(char.IsControl) && path.Split('/').All(part => part is not ("" or "." or ".."));
}

/// <param name="Hash">Git's own, of the content. Absent for what GitHub did not list.</param>
/// <param name="Size">Bytes.</param>
internal sealed record CommitFile(string? Hash, long Size)
{
    /// <summary>Where its content lies. Absent while it has not been stored.</summary>
    public long? At { get; set; }
}

/// <summary>An entry of a commit's tree.</summary>
/// <param name="Mode">As git has it: 100644 and 100755 are files, 120000 is a link.</param>
/// <param name="Type">blob, tree or commit.</param>
/// <param name="Hash">Git's own.</param>
internal sealed record ListedEntry(string Path, string Mode, string Type, string Hash, long Size);
