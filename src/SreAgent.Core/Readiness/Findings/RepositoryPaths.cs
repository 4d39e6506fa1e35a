namespace SreAgent.Core.Readiness.Findings;

/// <summary>What there is in the reviewed tree for a link to lead to.</summary>
internal sealed class RepositoryPaths
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RepositoryPaths(SourceListing listing)
    {
        foreach (var file in listing.Files)
        {
            _files.Add(file.Path);
            _names.Add(file.Path[(file.Path.LastIndexOf('/') + 1)..]);
            for (var cut = file.Path.LastIndexOf('/'); cut > 0 && _folders.Add(file.Path[..cut]);)
            {
                cut = file.Path.LastIndexOf('/', cut - 1);
            }
        }
    }

    /// <summary>As a file, a folder, or a page whose ending is left out. A bare name is looked for everywhere: it may count from any folder.</summary>
    public bool Has(string target) =>
        target.TrimEnd('/') is var bare
        && (_files.Contains(bare) || _files.Contains(bare + ".md") || _folders.Contains(bare) || (!bare.Contains('/', StringComparison.Ordinal) && _names.Contains(bare)));
}
