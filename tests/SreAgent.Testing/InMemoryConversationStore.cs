using SreAgent.Core.Conversations;

namespace SreAgent.Testing;

/// <summary>Keeps conversations as long as the test runs, with the promises of the port: order, no gaps, all or none.</summary>
public sealed class InMemoryConversationStore : IConversationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredMessage>> _messages = new(StringComparer.Ordinal);

    /// <summary>Asked before each append; throws to play a full disk.</summary>
    public Action<StoredMessage>? BeforeAppend { get; set; }

    public Task SaveAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _conversations[conversation.Id] = conversation;
        }

        return Task.CompletedTask;
    }

    public Task<Conversation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_conversations.GetValueOrDefault(id));
        }
    }

    public Task<IReadOnlyList<Conversation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Conversation>>(
                [.. _conversations.Values.Where(one => owner is null || one.Owner == owner).OrderByDescending(one => one.UpdatedAt).Take(limit)]);
        }
    }

    public Task AppendAsync(string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                BeforeAppend?.Invoke(message);
            }

            if (!_messages.TryGetValue(conversationId, out var kept))
            {
                _messages[conversationId] = kept = [];
            }

            foreach (var message in messages)
            {
                if (message.Sequence != kept.Count + 1)
                {
                    throw new InvalidOperationException($"Message {message.Sequence} does not follow {kept.Count}.");
                }

                kept.Add(message);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StoredMessage>>([.. _messages.GetValueOrDefault(conversationId) ?? []]);
        }
    }
}
