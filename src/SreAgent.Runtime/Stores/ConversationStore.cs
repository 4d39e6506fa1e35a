using Dapper;
using SreAgent.Core.Conversations;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>Conversations in the store.</summary>
internal sealed class ConversationStore(SqliteDatabase database) : IConversationStore
{
    private const string Select =
        "SELECT id AS Id, persona AS Persona, owner AS Owner, title AS Title, started_at AS StartedAt, updated_at AS UpdatedAt FROM conversations";

    private const string Upsert = """
        INSERT INTO conversations (id, persona, owner, title, started_at, updated_at) VALUES (@id, @persona, @owner, @title, @started, @updated)
        ON CONFLICT (id) DO UPDATE SET persona = excluded.persona, owner = excluded.owner, title = excluded.title, updated_at = excluded.updated_at
        """;

    /// <inheritdoc/>
    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return database.WriteAsync("save a conversation", durable: false, session => session.Connection.Execute(Upsert, new
        {
            id = conversation.Id,
            persona = conversation.Persona,
            owner = conversation.Owner,
            title = conversation.Title,
            started = StoredTime.Of(conversation.StartedAt),
            updated = StoredTime.Of(conversation.UpdatedAt),
        }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Conversation?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "find a conversation",
            session => session.Connection.QuerySingleOrDefault<ConversationRow>(Select + " WHERE id = @id", new { id })?.ToConversation(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Conversation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        var whose = owner is null ? "" : " WHERE owner = @owner";
        return database.ReadAsync<IReadOnlyList<Conversation>>(
            "list conversations",
            session =>
            [
                .. session.Connection.Query<ConversationRow>($"{Select}{whose} ORDER BY updated_at DESC, id DESC LIMIT @limit", new { owner, limit })
                    .Select(row => row.ToConversation()),
            ],
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such conversation, or it has gone on elsewhere meanwhile. Nothing was appended.</exception>
    public Task AppendAsync(string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
        {
            return Task.CompletedTask;
        }

        return database.WriteAsync("append to a conversation", durable: false, session =>
        {
            var at = messages.Max(message => message.At);
            if (session.Connection.Execute(
                "UPDATE conversations SET updated_at = CASE WHEN updated_at > @at THEN updated_at ELSE @at END WHERE id = @conversationId",
                new { conversationId, at = StoredTime.Of(at) }) == 0)
            {
                throw new InvalidOperationException($"There is no conversation {conversationId}.");
            }

            var last = session.Connection.ExecuteScalar<long>(
                "SELECT COALESCE(MAX(sequence), 0) FROM messages WHERE conversation_id = @conversationId", new { conversationId });
            for (var i = 0; i < messages.Count; i++)
            {
                if (messages[i].Sequence != last + 1 + i)
                {
                    throw new InvalidOperationException(
                        $"Conversation {conversationId} continues with message {last + 1 + i}, not {messages[i].Sequence}: it has gone on elsewhere meanwhile. Load it again.");
                }
            }

            return session.Connection.Execute(
                "INSERT INTO messages (conversation_id, sequence, role, body, at) VALUES (@conversationId, @sequence, @role, @body, @at)",
                messages.Select(message => new
                {
                    conversationId,
                    sequence = message.Sequence,
                    role = message.Role,
                    body = message.Body,
                    at = StoredTime.Of(message.At),
                }));
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StoredMessage>>(
            "read a conversation",
            session =>
            [
                .. session.Connection.Query<MessageRow>(
                    "SELECT sequence AS Sequence, role AS Role, body AS Body, at AS At FROM messages WHERE conversation_id = @conversationId ORDER BY sequence",
                    new { conversationId }).Select(row => new StoredMessage(row.Sequence, row.Role, row.Body, StoredTime.Read(row.At))),
            ],
            cancellationToken);

    private sealed class ConversationRow
    {
        public required string Id { get; init; }

        public required string Persona { get; init; }

        public required string Owner { get; init; }

        public required string Title { get; init; }

        public required string StartedAt { get; init; }

        public required string UpdatedAt { get; init; }

        public Conversation ToConversation() => new(Id, Persona, Owner, Title, StoredTime.Read(StartedAt), StoredTime.Read(UpdatedAt));
    }

    private sealed class MessageRow
    {
        public long Sequence { get; init; }

        public required string Role { get; init; }

        public required string Body { get; init; }

        public required string At { get; init; }
    }
}
