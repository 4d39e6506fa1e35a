using System.Globalization;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>Counts what is read, after decompression, and stops at a limit: an answer must not be able to fill our memory.</summary>
internal sealed class LimitedStream(Stream inner, long limit, string limitSetting) : Stream
{
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await UnpackedAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Brotli's decoder has an exception of its own for what gzip and deflate call invalid data.</summary>
    private async ValueTask<int> UnpackedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private int Counted(int read)
    {
        Count += read;
        return Count <= limit ? read : throw new ToolException(string.Create(
            CultureInfo.InvariantCulture,
            $"The answer is larger than {limit >> 20} MB and was not read further. Narrow the question (fewer series, a shorter window, an aggregation) or raise {limitSetting}."));
    }
}
