using SreAgent.Core.Conversations;

namespace SreAgent.Testing;

/// <summary>Keeps large results as long as the test runs. Handles count up: <c>res-1</c>.</summary>
public sealed class InMemoryResultStore : IResultStore
{
    private readonly Lock _gate = new();
    private readonly List<KeptResult> _kept = [];

    public Task<string> KeepAsync(string? conversationId, string tool, string text, DateTimeOffset at, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var handle = $"res-{_kept.Count + 1}";
            _kept.Add(new KeptResult(handle, conversationId, tool, text, at));
            return Task.FromResult(handle);
        }
    }

    public Task<KeptResult?> FindAsync(string handle, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_kept.Find(kept => kept.Handle == handle));
        }
    }

    public Task<IReadOnlyList<KeptResult>> ListAsync(string? conversationId, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<KeptResult>>(
                [.. _kept.Where(kept => conversationId is null || kept.ConversationId == conversationId).Reverse().Take(limit).Select(kept => kept with { Text = "" })]);
        }
    }
}
