using Microsoft.Win32.SafeHandles;
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

    /// <summary>The lengths of listed files that are not empty.</summary>
    private Dictionary<string, long> _listed = new(StringComparer.Ordinal);

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

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        var listing = await Task.Run(() => List(cancellationToken), cancellationToken);
        _listed = listing.Files.Where(file => file.Size > 0).ToDictionary(file => file.Path, file => file.Size, StringComparer.Ordinal);
        return listing;
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (LengthOf(path) is not { } length)
        {
            return ValueTask.FromResult((ReadOnlyMemory<byte>?)null);
        }

        var bytes = new byte[Math.Min(length, most)];
        return ValueTask.FromResult(Read(path, bytes) is { } count ? bytes.AsMemory(0, count) : (ReadOnlyMemory<byte>?)null);
    }

    public ValueTask<int?> ReadIntoAsync(string path, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            (_listed.TryGetValue(path, out var listed) ? listed : LengthOf(path)) is { } length ? Read(path, buffer.Span[..(int)Math.Min(length, buffer.Length)]) : null);
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

    /// <summary>Null when it is not to be read.</summary>
    private long? LengthOf(string path)
    {
        try
        {
            if (!IsPlain(path) || _checkout?.Tracked.Contains(path) == false)
            {
                return null;
            }

            // A link has no length of its own, and neither has what is never opened.
            var full = Path.Combine(_root, path);
            return new FileInfo(full).Length is var length && length == 0 && HasLink(full) ? null : length;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return null;
        }
    }

    private int? Read(string path, Span<byte> bytes)
    {
        // What has no length is not opened: it may be a pipe, which would wait for somebody to write.
        if (bytes.Length == 0)
        {
            return 0;
        }

        try
        {
            var full = Path.Combine(_root, path);
            using var file = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return IsItself(full, file) ? Fill(file, bytes) : null;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            return null;
        }
    }

    private static int Fill(SafeFileHandle file, Span<byte> bytes)
    {
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes[read..], read) is > 0 and var count)
        {
            read += count;
        }

        return read;
    }

    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Whether no step below the root was a link. The system is asked about what was opened, where it tells: a name can change its meaning meanwhile.</summary>
    private bool IsItself(string full, SafeFileHandle file) => RealPath.OfOpen(file) is { } real ? string.Equals(real, full, StringComparison.Ordinal) : !HasLink(full);

    /// <summary>As a listing writes it: relative, and no step goes up.</summary>
    private static bool IsPlain(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\0', StringComparison.Ordinal)
        && (Path.DirectorySeparatorChar == '/' || !path.AsSpan().ContainsAny('\\', ':'))
        && path.Split('/').All(part => part is not ("" or "." or ".."));

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
