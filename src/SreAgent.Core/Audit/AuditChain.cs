using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Audit;

/// <summary>
/// Ties each audit entry to the one before: hash = SHA-256, lower-case hex, over the RFC 8785 form of the entry including the previous
/// hash. Changing, removing or reordering an entry breaks every later link. Cutting off the newest entries is seen only by whoever keeps
/// an earlier export or head hash.
/// </summary>
public static class AuditChain
{
    public static string Genesis { get; } = new('0', 64);

    public static AuditEntry Link(long sequence, AuditRecord record, string previousHash) =>
        new(sequence, record, previousHash, HashOf(sequence, record, previousHash));

    /// <summary>True when the entry's hash is what its content gives.</summary>
    public static bool IsIntact(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return string.Equals(entry.Hash, HashOf(entry.Sequence, entry.Record, entry.PreviousHash), StringComparison.Ordinal);
    }

    /// <summary>Checks a chain given oldest first.</summary>
    public static async Task<AuditVerification> VerifyAsync(IAsyncEnumerable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        long count = 0;
        var previous = Genesis;
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            count++;
            if (entry.Sequence != count || !string.Equals(entry.PreviousHash, previous, StringComparison.Ordinal) || !IsIntact(entry))
            {
                return new AuditVerification(count, BrokenAt: entry.Sequence);
            }

            previous = entry.Hash;
        }

        return new AuditVerification(count, BrokenAt: null);
    }

    private static string HashOf(long sequence, AuditRecord record, string previousHash)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sequence", sequence.ToString());
            writer.WriteString("at", record.At.ToUniversalTime().ToString("O"));
            writer.WriteString("kind", record.Kind.ToString());
            writer.WriteString("actor", record.Actor);
            writer.WriteString("persona", record.Persona);
            writer.WriteString("environment", record.Environment);
            writer.WriteString("tool", record.Tool);
            writer.WriteString("subject", record.Subject);
            writer.WriteString("detail", record.Detail);
            writer.WriteString("previousHash", previousHash);
            writer.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalize(JsonElement.Parse(buffer.WrittenSpan))));
    }
}

/// <param name="Entries">How many were read, the broken one included.</param>
/// <param name="BrokenAt">Sequence of the first entry that does not hold; absent when all do.</param>
public sealed record AuditVerification(long Entries, long? BrokenAt)
{
    public bool Ok => BrokenAt is null;
}
