using System.Text.Json;
using SreAgent.Core.Audit;

namespace SreAgent.Host.Commands.Audit;

/// <summary>
/// An audit entry as <c>audit export</c> writes it, one JSON object a line. Holds every field the hash covers, verbatim, so that
/// <c>audit verify FILE</c> can check an export on a machine that never saw the store.
/// </summary>
internal sealed record AuditLine(
    long Sequence, DateTimeOffset At, string Kind, string Actor, string Persona, string Environment, string Tool, string Subject, string Detail, string PreviousHash, string Hash)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static AuditLine Of(AuditEntry entry)
    {
        var record = entry.Record;
        return new AuditLine(
            entry.Sequence, record.At, record.Kind.ToString(), record.Actor, record.Persona, record.Environment, record.Tool, record.Subject, record.Detail, entry.PreviousHash, entry.Hash);
    }

    /// <summary>Null when the line is no entry at all.</summary>
    public static AuditEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditLine>(line, Json) is { } read && Enum.TryParse<AuditKind>(read.Kind, out var kind)
                ? new AuditEntry(
                    read.Sequence, new AuditRecord(read.At, kind, read.Actor, read.Persona, read.Environment, read.Tool, read.Subject, read.Detail), read.PreviousHash, read.Hash)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
