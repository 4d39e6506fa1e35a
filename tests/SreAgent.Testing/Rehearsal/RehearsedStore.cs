using SreAgent.Core.Conversations;

namespace SreAgent.Testing.Rehearsal;

/// <summary>Conversations in memory.</summary>
public sealed class RehearsedStore : IConversationStore
{
    private readonly Dictionary<string, Conversation> _conversations = [];
    private readonly List<(string Id, StoredMessage Message)> _messages = [];

    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        _conversations[conversation.Id] = conversation;
        return Task.CompletedTask;
    }

    public Task<Conversation?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_conversations.GetValueOrDefault(id));

    public Task<IReadOnlyList<Conversation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Conversation>>([.. _conversations.Values.Where(known => owner is null || known.Owner == owner).Take(limit)]);

    public Task AppendAsync(string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        _messages.AddRange(messages.Select(message => (conversationId, message)));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredMessage>>([.. _messages.Where(kept => kept.Id == conversationId).Select(kept => kept.Message)]);
}
