using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git.Local;

/// <summary>The files of a commit, or of one folder of it, read from the repository; nothing is checked out.</summary>
internal sealed class CommitTree(string subject, string prefix, BorrowedRepository repository, GitCommand command, BlobReader blobs) : ISourceTree, IAsyncDisposable
{
    private const int MostOutput = 128 << 20;
    private const int MostNamed = 20;

    private Dictionary<string, string>? _hashes;

    public string Subject => subject;

    public string? Commit => repository.Head;

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var entries = await EntriesAsync(command, repository, prefix, withSizes: true, cancellationToken);
        var files = new List<SourceEntry>();
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var links = new List<string>();
        var modules = new List<string>();
        foreach (var entry in entries)
        {
            var path = entry.Path[prefix.Length..];
            if (path.Split('/').Any(part => part is "" or "." or ".."))
            {
                links.Add(path);
            }
            else if (entry.IsFile)
            {
                if (hashes.TryAdd(path, entry.Hash))
                {
                    files.Add(new SourceEntry(path, entry.Size));
                }
            }
            else
            {
                (entry.IsLink ? links : modules).Add(path);
            }
        }

        files.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        _hashes = hashes;
        return new SourceListing(files, [.. Told(links, "a link, which is not followed"), .. Told(modules, "a submodule, which is another repository")]);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        if (_hashes is null)
        {
            await ListAsync(cancellationToken);
        }

        return _hashes!.TryGetValue(path, out var hash) ? await blobs.ReadAsync(hash, most, cancellationToken) : null; // Listed above.
    }

    public ValueTask DisposeAsync() => blobs.DisposeAsync();

    /// <summary>Everything in the commit below the prefix. Sizes take git a look at every object.</summary>
    public static async Task<IEnumerable<TreeEntry>> EntriesAsync(GitCommand command, BorrowedRepository repository, string prefix, bool withSizes, CancellationToken cancellationToken)
    {
        string[] sizes = withSizes ? ["-l"] : [];
        string[] where = prefix.Length == 0 ? [] : ["--", prefix];
        var answer = await command.DoAsync(new GitCall(repository.GitDir, ["ls-tree", "-r", .. sizes, "-z", "--full-tree", repository.Head, .. where]) { MostOutput = MostOutput }, cancellationToken);
        var entries = answer.Parts.Select(TreeEntry.Read).OfType<TreeEntry>().Where(entry => entry.Path.StartsWith(prefix, StringComparison.Ordinal));
        return prefix.Length == 0 || entries.Any() ? entries : throw new ToolException($"Commit {repository.Head[..12]} has no folder {prefix.TrimEnd('/')}.");
    }

    private static IEnumerable<string> Told(List<string> paths, string reason) =>
        paths.Take(MostNamed).Select(path => $"{path}: {reason}").Concat(paths.Count > MostNamed ? [$"{paths.Count - MostNamed:N0} more: {reason}"] : []);
}
