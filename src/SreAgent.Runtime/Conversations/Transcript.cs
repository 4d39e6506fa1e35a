using SreAgent.Core.Conversations;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// A conversation while a turn runs: the entries since it was last cleared, and the way to add one. An entry counts only once it is
/// stored, so that what a model was sent can always be found again.
/// </summary>
internal sealed class Transcript
{
    private readonly IConversationStore _store;
    private readonly TimeProvider _clock;
    private readonly List<NumberedEntry> _entries;
    private long _last;
    private Task _appending = Task.CompletedTask;

    private Transcript(IConversationStore store, TimeProvider clock, string conversationId, long last, List<NumberedEntry> entries)
    {
        _store = store;
        _clock = clock;
        ConversationId = conversationId;
        _last = last;
        _entries = entries;
    }

    public string ConversationId { get; }

    /// <summary>A snapshot; safe to read while results of parallel calls come in.</summary>
    public IReadOnlyList<NumberedEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public static async Task<Transcript> LoadAsync(IConversationStore store, TimeProvider clock, string conversationId, CancellationToken cancellationToken)
    {
        var stored = await store.MessagesAsync(conversationId, cancellationToken);
        List<NumberedEntry> entries = [];
        foreach (var entry in stored.Select(EntryJson.Read).OfType<NumberedEntry>())
        {
            if (entry.Entry is ConversationEntry.Cleared)
            {
                entries.RemoveAll(earlier => earlier.Entry is not ConversationEntry.Became);
                continue;
            }

            entries.Add(entry);
        }

        return new Transcript(store, clock, conversationId, stored.Count == 0 ? 0 : stored[^1].Sequence, entries);
    }

    /// <summary>Stores entries in order, all or none; results of parallel calls one after the other. Not cancellable: what has happened is recorded.</summary>
    public Task AppendAsync(params IReadOnlyList<ConversationEntry> added)
    {
        lock (_entries)
        {
            return _appending = AppendAfterAsync(_appending, added);
        }
    }

    private async Task AppendAfterAsync(Task before, IReadOnlyList<ConversationEntry> added)
    {
        // Whether the one before could be stored is its own caller's concern.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var numbered = added.Select((entry, i) => new NumberedEntry(_last + 1 + i, entry)).ToArray();
        var now = _clock.GetUtcNow();
        await _store.AppendAsync(ConversationId, [.. numbered.Select(entry => EntryJson.Write(entry, now))], CancellationToken.None);
        _last += numbered.Length;
        lock (_entries)
        {
            _entries.AddRange(numbered);
        }
    }
}
