using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SreAgent.Core.Audit;

/// <summary>
/// The audit trail as JSON lines: one entry a line, oldest first, with the fields <c>sequence</c>, <c>at</c>, <c>kind</c>, <c>actor</c>,
/// <c>persona</c>, <c>environment</c>, <c>tool</c>, <c>subject</c>, <c>detail</c>, <c>previousHash</c> and <c>hash</c>. The chain can be
/// verified from the file alone, long after and far from the store it came from.
/// </summary>
public static class AuditExport
{
    // Line breaks and quotes are escaped by any encoder; this one leaves the rest readable and searchable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>How many entries were written.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<AuditEntry> entries, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(output);
        long count = 0;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            await output.WriteAsync((LineOf(entry) + "\n").AsMemory(), cancellationToken);
            count++;
        }

        await output.FlushAsync(cancellationToken);
        return count;
    }

    /// <summary>Reads an export back. Blank lines are skipped, unknown fields ignored.</summary>
    /// <exception cref="InvalidDataException">A line is no entry; the message names the line.</exception>
    public static async IAsyncEnumerable<AuditEntry> ReadAsync(TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        for (var line = 1; await input.ReadLineAsync(cancellationToken) is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return EntryOf(text, line);
            }
        }
    }

    private static string LineOf(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence", entry.Sequence);
            writer.WriteString("at", entry.Record.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("kind", entry.Record.Kind.ToString());
            writer.WriteString("actor", entry.Record.Actor);
            writer.WriteString("persona", entry.Record.Persona);
            writer.WriteString("environment", entry.Record.Environment);
            writer.WriteString("tool", entry.Record.Tool);
            writer.WriteString("subject", entry.Record.Subject);
            writer.WriteString("detail", entry.Record.Detail);
            writer.WriteString("previousHash", entry.PreviousHash);
            writer.WriteString("hash", entry.Hash);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static AuditEntry EntryOf(string text, int line)
    {
        try
        {
            var entry = JsonElement.Parse(text);
            return new AuditEntry(
                entry.GetProperty("sequence").GetInt64(),
                new AuditRecord(
                    entry.GetProperty("at").GetDateTimeOffset(),
                    Enum.TryParse<AuditKind>(Text("kind"), out var kind) ? kind : (AuditKind)(-1),
                    Text("actor"),
                    Text("persona"),
                    Text("environment"),
                    Text("tool"),
                    Text("subject"),
                    Text("detail")),
                Text("previousHash"),
                Text("hash"));

            string Text(string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Line {line} is no audit entry: {exception.Message}"), exception);
        }
    }
}
