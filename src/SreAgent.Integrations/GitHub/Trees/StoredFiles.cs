using Microsoft.Win32.SafeHandles;

namespace SreAgent.Integrations.GitHub.Trees;

/// <summary>
/// The content of many files in one temporary file that only this user may read and that goes with it: nothing in an archive gets to name a
/// file on this machine.
/// </summary>
internal sealed class StoredFiles : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sre-agent-{Guid.NewGuid():n}.tree");
    private readonly SafeFileHandle _file;

    public StoredFiles()
    {
        using var made = new FileStream(_path, Private());
        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_path); // The open handle keeps it; a process that dies leaves nothing behind.
        }
    }

    /// <summary>Bytes in it.</summary>
    public long Length { get; private set; }

    /// <returns>Where it lies.</returns>
    public async ValueTask<long> AddAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var at = Length;
        await RandomAccess.WriteAsync(_file, content, at, cancellationToken);
        Length += content.Length;
        return at;
    }

    public async ValueTask<int> ReadAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = 0;
        while (read < buffer.Length && await RandomAccess.ReadAsync(_file, buffer[read..], at + read, cancellationToken) is > 0 and var count)
        {
            read += count;
        }

        return read;
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
