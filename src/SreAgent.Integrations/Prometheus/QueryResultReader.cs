using System.Buffers;
using System.Text.Json;

namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// Reads a query result while it arrives, in one buffer, handing every sample on at once: memory does not grow with the answer.
/// Fields it does not know are passed over, wherever they stand.
/// </summary>
internal sealed partial class QueryResultReader
{
    private const int BufferSize = 128 * 1024;

    /// <exception cref="JsonException">The body is not JSON, not a Prometheus answer, or stops before its end.</exception>
    public static async Task<QueryEnvelope> ReadAsync(Stream body, ISampleSink sink, CancellationToken cancellationToken)
    {
        var reader = new QueryResultReader(sink);
        var state = default(JsonReaderState);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var kept = 0;
            while (true)
            {
                var read = await body.ReadAsync(buffer.AsMemory(kept), cancellationToken);
                var consumed = reader.TakeAll(buffer.AsSpan(0, kept + read), isFinal: read == 0, ref state);
                if (read == 0)
                {
                    return reader.Envelope();
                }

                kept += read - consumed;
                buffer.AsSpan(consumed, kept).CopyTo(buffer);
                if (kept == buffer.Length)
                {
                    buffer = Grown(buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>For the one token that is longer than a whole buffer.</summary>
    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    /// <returns>How many bytes were used up; the rest is the beginning of a token.</returns>
    private int TakeAll(ReadOnlySpan<byte> bytes, bool isFinal, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(bytes, isFinal, state);
        while (json.Read())
        {
            // Nearly every token of a large result is a time or a value; these two do not go through the whole table.
            if (_place != Place.Sample || _skippingAt != NotSkipping)
            {
                Take(ref json);
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                sink.Sample(_time, Value(ref json));
            }
            else if (json.TokenType == JsonTokenType.Number)
            {
                Number(ref json);
            }
            else
            {
                Take(ref json);
            }
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }
}
