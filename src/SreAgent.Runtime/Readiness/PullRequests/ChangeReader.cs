using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Runtime.Readiness.PullRequests;

/// <summary>Reads the changed files of a pull request, before and after.</summary>
internal sealed class ChangeReader(IEnumerable<IStatementReader> readers)
{
    private const int LargestFile = 1024 * 1024;

    /// <summary>Files that say something; a change of more is a move of folders, and is told by its paths.</summary>
    private const int MostFiles = 1000;

    private readonly IStatementReader[] _readers = [.. readers];

    /// <returns>In the order of the files; those that say nothing are among them, with nothing read.</returns>
    public async Task<IReadOnlyList<ReadChange>> ReadAsync(PullRequestFacts pullRequest, ISourceTree before, ISourceTree after, CancellationToken cancellationToken)
    {
        var changes = new List<ReadChange>();
        var (earlier, now) = (await SizesAsync(before, cancellationToken), await SizesAsync(after, cancellationToken));
        foreach (var file in pullRequest.Files)
        {
            var read = changes.Count < MostFiles;
            changes.Add(new ReadChange(
                file,
                read && file.Change != PathChange.Added ? await ReadAsync(before, earlier, file.PreviousPath ?? file.Path, cancellationToken) : null,
                read && file.Change != PathChange.Removed ? await ReadAsync(after, now, file.Path, cancellationToken) : null));
        }

        return changes;
    }

    private async Task<ReadContent?> ReadAsync(ISourceTree tree, Dictionary<string, long> sizes, string path, CancellationToken cancellationToken)
    {
        if (!sizes.TryGetValue(path, out var size) || size > LargestFile)
        {
            return null;
        }

        var entry = new SourceEntry(path, size);
        var wanted = FileOrigins.Of(path) == FileOrigin.Own ? _readers.Where(reader => reader.Reads(entry)).ToArray() : [];
        var isManifest = DependencyManifest.IsManifest(path);
        return (wanted.Length == 0 && !isManifest) || await tree.ReadAsync(path, LargestFile, cancellationToken) is not { } bytes || SourceText.From(path, bytes.Span) is not { } text
            ? null
            : new ReadContent([.. wanted.Where(reader => reader.MayState(path, bytes.Span)).SelectMany(reader => reader.Read(text))], isManifest ? text : null);
    }

    private static async Task<Dictionary<string, long>> SizesAsync(ISourceTree tree, CancellationToken cancellationToken) =>
        (await tree.ListAsync(cancellationToken)).Files.ToDictionary(file => file.Path, file => file.Size, StringComparer.Ordinal);
}
