using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.Trees;

/// <summary>The files of a folder as they are on disk. Of a clean checkout, those that belong to its commit.</summary>
internal sealed class FolderSourceTree : ISourceTree
{
    /// <summary>Files and folders together.</summary>
    public const int Most = 250_000;

    private readonly string _root;
    private readonly CleanCheckout? _checkout;
    private readonly int _most;

    /// <param name="subject">As it was given.</param>
    /// <param name="folder">Exists. May itself be reached through a link.</param>
    /// <param name="checkout">Absent when the files on disk are no commit.</param>
    /// <param name="most">Files and folders together.</param>
    public FolderSourceTree(string subject, string folder, CleanCheckout? checkout = null, int most = Most)
    {
        Subject = subject;
        _root = Path.TrimEndingDirectorySeparator(RealPath.Of(folder));
        _checkout = checkout;
        _most = most;
    }

    public string Subject { get; }

    public string? Commit => _checkout?.Commit;

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.Run(() => List(cancellationToken), cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        try
        {
            return IsPlain(path) ? await ReadInsideAsync(Path.Combine(_root, path), most, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private SourceListing List(CancellationToken cancellationToken)
    {
        if (!CanOpen(_root))
        {
            throw new ToolException($"'{Subject}' may not be opened by the user this runs as.");
        }

        var listing = new FolderListing(_root, _most).Walk(cancellationToken);
        if (_checkout is null)
        {
            return listing;
        }

        var tracked = listing.Files.Where(file => _checkout.Tracked.Contains(file.Path)).ToArray();
        var ignored = listing.Files.Count - tracked.Length;
        return ignored == 0 ? listing : new SourceListing(tracked, [.. listing.NotLookedAt, $"{ignored:N0} files that git ignores: they are no part of commit {_checkout.Commit}"]);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadInsideAsync(string full, int most, CancellationToken cancellationToken)
    {
        if (HasLink(full) || Directory.Exists(full))
        {
            return null;
        }

        // What has no length is not opened: it may be a pipe, which would wait for somebody to write.
        var length = new FileInfo(full).Length;
        if (length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        using var file = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (RealPath.OfOpen(file) is { } real && !IsInside(real))
        {
            return null;
        }

        var bytes = new byte[Math.Min(length, most)];
        var read = 0;
        while (read < bytes.Length && await RandomAccess.ReadAsync(file, bytes.AsMemory(read), read, cancellationToken) is > 0 and var count)
        {
            read += count;
        }

        return bytes.AsMemory(0, read);
    }

    /// <summary>As a listing writes it: relative, and no step goes up.</summary>
    private static bool IsPlain(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\0', StringComparison.Ordinal)
        && (Path.DirectorySeparatorChar == '/' || !path.AsSpan().ContainsAny('\\', ':'))
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private bool IsInside(string real) => real.StartsWith(_root.EndsWith(Path.DirectorySeparatorChar) ? _root : _root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Whether any step below the root is a link.</summary>
    private bool HasLink(string full)
    {
        for (var place = full; place.Length > _root.Length; place = Path.GetDirectoryName(place)!)
        {
            if (File.GetAttributes(place).HasFlag(FileAttributes.ReparsePoint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CanOpen(string folder)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            _ = entries.MoveNext();
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
