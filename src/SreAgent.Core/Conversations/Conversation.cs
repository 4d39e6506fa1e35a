namespace SreAgent.Core.Conversations;

/// <summary>A conversation as it is kept: who is spoken to, and every message so far.</summary>
/// <param name="Id">Short and typeable: <c>c-20261120-7k2m</c>.</param>
/// <param name="Persona">Id of the persona that speaks.</param>
/// <param name="Owner">Actor id of whoever started it.</param>
/// <param name="Title">Its first words.</param>
public sealed record Conversation(string Id, string Persona, string Owner, string Title, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt);

/// <summary>One stored message. The body is the runtime's own JSON; the store does not look inside.</summary>
/// <param name="Sequence">1 for the first of its conversation; no gaps.</param>
public sealed record StoredMessage(long Sequence, string Role, string Body, DateTimeOffset At);

/// <summary>
/// Keeps conversations. A message is durable when the append returns, so that a killed process resumes where it stood.
/// </summary>
public interface IConversationStore
{
    Task SaveAsync(Conversation conversation, CancellationToken cancellationToken);

    Task<Conversation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Most recently used first.</summary>
    Task<IReadOnlyList<Conversation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken);

    /// <summary>Appends in order, all or none.</summary>
    Task AppendAsync(string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken);
}

/// <summary>
/// Keeps results too large for a conversation, so that a model or a person can page through them: text by handle, for as long as the
/// conversation lives.
/// </summary>
public interface IResultStore
{
    /// <param name="conversationId">Absent for a call outside any conversation.</param>
    /// <returns>A handle such as <c>res-4q7d</c>.</returns>
    Task<string> KeepAsync(string? conversationId, string tool, string text, DateTimeOffset at, CancellationToken cancellationToken);

    Task<KeptResult?> FindAsync(string handle, CancellationToken cancellationToken);

    /// <summary>Newest first; text left out.</summary>
    Task<IReadOnlyList<KeptResult>> ListAsync(string? conversationId, int limit, CancellationToken cancellationToken);
}

public sealed record KeptResult(string Handle, string? ConversationId, string Tool, string Text, DateTimeOffset At);
