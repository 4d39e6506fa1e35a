namespace SreAgent.Host.Mcp;

/// <summary>
/// What the client writes, with its end held back until what was asked is answered: the protocol library drops every answer that is ready
/// after the end of input, and a script that writes its requests and closes wants them. Reads can be cancelled, which a console's cannot.
/// </summary>
internal sealed class ClientInput(Stream input, PendingMessages pending) : Stream
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);

    private bool _lineHasText;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await input.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
        pending.Read(LinesIn(buffer.Span[..read], atEnd: read == 0));
        if (read == 0)
        {
            await pending.SettleAsync(Grace, cancellationToken);
        }

        return read;
    }

    /// <summary>Lines that end here and are not blank; at the end of input, the one that was not ended.</summary>
    private int LinesIn(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        var lines = 0;
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            lines += _lineHasText || !IsBlank(bytes[..end]) ? 1 : 0;
            _lineHasText = false;
            bytes = bytes[(end + 1)..];
        }

        _lineHasText |= !IsBlank(bytes);
        return lines + (atEnd && _lineHasText ? 1 : 0);
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(" \t\r"u8) < 0;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
