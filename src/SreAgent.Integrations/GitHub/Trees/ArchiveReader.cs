using System.Buffers;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace SreAgent.Integrations.GitHub.Trees;

/// <summary>
/// Unpacks a commit's archive into <see cref="StoredFiles"/>. The archive is only a fast way to bytes that the commit's own list names: a file
/// is kept when git's hash of it is the listed one. Attributes may change files in an archive or keep them out of it.
/// </summary>
internal sealed class ArchiveReader(CommitFiles files, StoredFiles stored, TreeLimits limits)
{
    private static readonly IReadOnlySet<TarEntryType> Regular = new HashSet<TarEntryType> { TarEntryType.RegularFile, TarEntryType.V7RegularFile, TarEntryType.ContiguousFile };

    private long _unpacked;

    /// <summary>Why it was not read to its end. Absent when it was.</summary>
    public string? Stopped { get; private set; }

    /// <exception cref="InvalidDataException">It is no archive, or damaged.</exception>
    public async Task ReadAsync(Stream packed, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(limits.FileBytes);
        try
        {
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            await using var tar = new TarReader(unpacked, leaveOpen: true);
            while (Stopped is null && await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                await TakeAsync(entry, buffer, cancellationToken);
            }
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The archive ends early.", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task TakeAsync(TarEntry entry, byte[] buffer, CancellationToken cancellationToken)
    {
        // The reader passes over what is not read, and that is unpacked as well.
        _unpacked += entry.Length;
        if (_unpacked > limits.UnpackedBytes)
        {
            Stopped = $"the archive unpacks to more than {limits.UnpackedBytes >> 20:N0} MB and was not read further";
            return;
        }

        if (!Regular.Contains(entry.EntryType) || PathOf(entry.Name) is not { } path || FileAt(path, entry.Length) is not { At: null } file || entry.Length > limits.FileBytes)
        {
            return;
        }

        if (stored.Length + entry.Length > limits.StoredBytes)
        {
            Stopped = $"the files have more than {limits.StoredBytes >> 20:N0} MB together, of which only the first were kept";
            return;
        }

        var content = buffer.AsMemory(0, (int)entry.Length);
        if (entry.DataStream is { } data)
        {
            await data.ReadExactlyAsync(content, cancellationToken);
        }

        if (file.Hash is null || file.Hash == GitHash(content.Span))
        {
            file.At = await stored.AddAsync(content, cancellationToken);
        }
    }

    private CommitFile? FileAt(string path, long size) =>
        files.Find(path) ?? (files.IsComplete ? null : files.AddUnlisted(path, size, limits));

    /// <summary>Everything lies in one folder, named after the repository and the commit.</summary>
    private static string? PathOf(string name) => name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && slash + 1 < name.Length ? name[(slash + 1)..] : null;

    /// <summary>As git names content ("git help hash-object"); nothing here rests on its strength.</summary>
    private static string GitHash(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
