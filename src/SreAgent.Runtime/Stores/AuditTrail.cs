using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SreAgent.Core.Audit;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>
/// The audit trail in the store. Written with prepared statements rather than a mapper: every tool call waits for an append. Reading the
/// head and writing the next link share one transaction that holds the write lock, so the chain has one order across all processes.
/// </summary>
internal sealed class AuditTrail(SqliteDatabase database) : IAuditTrail
{
    // Read in pages, so that no reader holds a snapshot (and the write-ahead log) for as long as somebody takes to look.
    private const int Page = 500;

    private const string Columns = "sequence, at, kind, actor, persona, environment, tool, subject, detail, previous_hash, hash";
    private const string Head = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1";
    private const string From = $"SELECT {Columns} FROM audit WHERE sequence >= @from ORDER BY sequence LIMIT @limit";
    private const string Latest = $"SELECT {Columns} FROM audit ORDER BY sequence DESC LIMIT @limit";
    private const string Insert =
        $"INSERT INTO audit ({Columns}) VALUES (@sequence, @at, @kind, @actor, @persona, @environment, @tool, @subject, @detail, @previous_hash, @hash)";

    /// <inheritdoc/>
    public Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return database.WriteAsync("append to the audit trail", durable, session =>
        {
            var (sequence, hash) = ReadHead(session);
            var entry = AuditChain.Link(sequence + 1, record, hash);
            Write(session, entry);
            return entry;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(long fromSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AuditEntry> page;
        do
        {
            var from = fromSequence;
            page = await database.ReadAsync("read the audit trail", session =>
            {
                var command = session.Prepared(From);
                command.Parameters.Clear();
                command.Parameters.AddWithValue("@from", from);
                command.Parameters.AddWithValue("@limit", Page);
                return ReadAll(command);
            }, cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
            }

            // A damaged trail may hold any sequence; going on from the last one seen always makes progress.
            fromSequence = page is [.., var last] ? last.Sequence + 1 : fromSequence;
        }
        while (page.Count == Page);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> LatestAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync("read the audit trail", session =>
        {
            var command = session.Prepared(Latest);
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@limit", limit);
            return ReadAll(command);
        }, cancellationToken);

    private static (long Sequence, string Hash) ReadHead(SqliteSession session)
    {
        using var reader = session.Prepared(Head).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : (0, AuditChain.Genesis);
    }

    private static void Write(SqliteSession session, AuditEntry entry)
    {
        var command = session.Prepared(Insert);
        command.Parameters.Clear();
        Add("@sequence", entry.Sequence);
        Add("@at", StoredTime.Of(entry.Record.At));
        Add("@kind", entry.Record.Kind.ToString());
        Add("@actor", entry.Record.Actor);
        Add("@persona", entry.Record.Persona);
        Add("@environment", entry.Record.Environment);
        Add("@tool", entry.Record.Tool);
        Add("@subject", entry.Record.Subject);
        Add("@detail", entry.Record.Detail);
        Add("@previous_hash", entry.PreviousHash);
        Add("@hash", entry.Hash);
        command.ExecuteNonQuery();

        void Add(string name, object value) => command.Parameters.AddWithValue(name, value);
    }

    private static IReadOnlyList<AuditEntry> ReadAll(SqliteCommand command)
    {
        var entries = new List<AuditEntry>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            entries.Add(Read(reader));
        }

        return entries;
    }

    /// <summary>Takes a row as it is found. What this program could not have written comes out as no time or no kind, which the chain tells apart.</summary>
    private static AuditEntry Read(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        new AuditRecord(
            StoredTime.TryRead(reader.GetString(1), out var at) ? at : DateTimeOffset.MinValue,
            Enum.TryParse<AuditKind>(reader.GetString(2), out var kind) ? kind : (AuditKind)(-1),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            reader.GetString(6),
            reader.GetString(7),
            reader.GetString(8)),
        reader.GetString(9),
        reader.GetString(10));
}
