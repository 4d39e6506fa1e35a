using System.Security.Cryptography;
using Dapper;
using SreAgent.Core.Conversations;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>Large results in the store.</summary>
internal sealed class ResultStore(SqliteDatabase database) : IResultStore
{
    // Crockford's alphabet: no letter that reads as a digit. Thirty bits stay typeable; a handle already taken is drawn again.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int HandleLength = 6;

    /// <inheritdoc/>
    public Task<string> KeepAsync(string? conversationId, string tool, string text, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync("keep a result", durable: false, session =>
        {
            string handle;
            do
            {
                handle = "res-" + RandomNumberGenerator.GetString(Alphabet, HandleLength);
            }
            while (session.Connection.Execute(
                "INSERT INTO results (handle, conversation_id, tool, body, at) VALUES (@handle, @conversationId, @tool, @text, @at) ON CONFLICT (handle) DO NOTHING",
                new { handle, conversationId, tool, text, at = StoredTime.Of(at) }) == 0);

            return handle;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<KeptResult?> FindAsync(string handle, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find a kept result",
            session => session.Connection.QuerySingleOrDefault<ResultRow>(
                "SELECT handle AS Handle, conversation_id AS ConversationId, tool AS Tool, body AS Body, at AS At FROM results WHERE handle = @handle",
                new { handle })?.ToResult(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeptResult>> ListAsync(string? conversationId, int limit, CancellationToken cancellationToken)
    {
        var which = conversationId is null ? "" : " WHERE conversation_id = @conversationId";
        return database.ReadAsync<IReadOnlyList<KeptResult>>(
            "list kept results",
            session =>
            [
                .. session.Connection.Query<ResultRow>(
                    $"SELECT handle AS Handle, conversation_id AS ConversationId, tool AS Tool, '' AS Body, at AS At FROM results{which} ORDER BY at DESC, handle DESC LIMIT @limit",
                    new { conversationId, limit }).Select(row => row.ToResult()),
            ],
            cancellationToken);
    }

    private sealed class ResultRow
    {
        public required string Handle { get; init; }

        public string? ConversationId { get; init; }

        public required string Tool { get; init; }

        public required string Body { get; init; }

        public required string At { get; init; }

        public KeptResult ToResult() => new(Handle, ConversationId, Tool, Body, StoredTime.Read(At));
    }
}
