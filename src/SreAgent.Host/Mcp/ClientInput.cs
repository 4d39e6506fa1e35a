namespace SreAgent.Host.Mcp;

/// <summary>
/// What the client writes, with its end held back until what was asked is answered: the protocol library drops every answer that is ready
/// after the end of input, and a script that writes its requests and closes wants them. Reads can be cancelled, which a console's cannot.
/// </summary>
internal sealed class ClientInput(Stream input, PendingRequests pending) : Stream
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(600);

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
        if (read == 0)
        {
            await pending.SettleAsync(Grace, cancellationToken);
        }

        return read;
    }

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
