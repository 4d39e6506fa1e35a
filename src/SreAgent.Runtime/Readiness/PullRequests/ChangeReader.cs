using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Runtime.Readiness.Reading;

namespace SreAgent.Runtime.Readiness.PullRequests;

/// <summary>Reads the changed files of a pull request, before and after.</summary>
internal sealed class ChangeReader(IEnumerable<IStatementReader> readers)
{
    private const int LargestFile = 1024 * 1024;

    /// <summary>As many as a code host names; of more, the facts say that they are cut.</summary>
    private const int MostFiles = 3000;

    private readonly IStatementReader[] _readers = [.. readers];

    /// <returns>In the order of the files; those that say nothing are among them, with nothing read.</returns>
    public async Task<IReadOnlyList<ReadChange>> ReadAsync(PullRequestFacts pullRequest, ISourceTree before, ISourceTree after, CancellationToken cancellationToken)
    {
        var changes = new List<ReadChange>();
        var (earlier, now) = (await Side.OfAsync(before, cancellationToken), await Side.OfAsync(after, cancellationToken));
        foreach (var file in pullRequest.Files)
        {
            var read = changes.Count < MostFiles;
            changes.Add(new ReadChange(
                file,
                read && file.Change != PathChange.Added ? await ReadAsync(earlier, file.PreviousPath ?? file.Path, cancellationToken) : null,
                read && file.Change != PathChange.Removed ? await ReadAsync(now, file.Path, cancellationToken) : null));
        }

        return changes;
    }

    private async Task<ReadContent?> ReadAsync(Side side, string path, CancellationToken cancellationToken)
    {
        if (!side.Sizes.TryGetValue(path, out var size) || size > LargestFile)
        {
            return null;
        }

        var entry = new SourceEntry(path, size);
        var wanted = FileOrigins.Of(path) == FileOrigin.Own ? _readers.Where(reader => reader.Reads(entry)).ToArray() : [];
        var isManifest = DependencyManifest.IsManifest(path);
        return (wanted.Length == 0 && !isManifest) || await side.Tree.ReadAsync(path, LargestFile, cancellationToken) is not { } bytes || SourceText.From(path, bytes.Span) is not { } text
            ? null
            : new ReadContent(
                MigrationPairs.Resolve([.. wanted.Where(reader => reader.MayState(bytes.Span)).SelectMany(reader => reader.Read(text))], side.Listing), isManifest ? text : null);
    }

    private sealed record Side(ISourceTree Tree, SourceListing Listing, Dictionary<string, long> Sizes)
    {
        public static async Task<Side> OfAsync(ISourceTree tree, CancellationToken cancellationToken)
        {
            var listing = await tree.ListAsync(cancellationToken);
            return new Side(tree, listing, listing.Files.ToDictionary(file => file.Path, file => file.Size, StringComparer.Ordinal));
        }
    }
}
