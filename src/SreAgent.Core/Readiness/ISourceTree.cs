namespace SreAgent.Core.Readiness;

/// <summary>
/// The files under review, wherever they live: a folder, a commit of a local clone, a commit on GitHub. Read only; what lies outside the
/// root is never reached, links are never followed.
/// </summary>
public interface ISourceTree
{
    /// <summary>The path or name as it was given.</summary>
    string Subject { get; }

    /// <summary>Full hash; absent when what is read is no commit.</summary>
    string? Commit { get; }

    /// <exception cref="Tools.ToolException">The tree cannot be reached at all; a part that cannot be read is listed in the answer instead.</exception>
    Task<SourceListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>The first bytes of a file, or null when it has gone or may not be read.</summary>
    /// <param name="path">As listed.</param>
    /// <param name="most">No more than this many bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken);

    /// <summary>The same into memory of the caller's: thousands of files are read in a review, and a tree that can do without memory of its own should.</summary>
    /// <param name="path">As listed.</param>
    /// <param name="buffer">Is filled from its beginning; what does not fit is left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many bytes were read, or null when the file has gone or may not be read.</returns>
    async ValueTask<int?> ReadIntoAsync(string path, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (await ReadAsync(path, buffer.Length, cancellationToken) is not { } bytes)
        {
            return null;
        }

        bytes.CopyTo(buffer);
        return bytes.Length;
    }
}

/// <param name="Files">Regular files, in ordinal order of their paths.</param>
/// <param name="NotLookedAt">What is there and is not among the files, with the reason: links, folders that may not be opened, more files than the limit.</param>
public sealed record SourceListing(IReadOnlyList<SourceEntry> Files, IReadOnlyList<string> NotLookedAt);

/// <param name="Path">From the root, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct SourceEntry(string Path, long Size);
