using System.Globalization;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;

namespace SreAgent.Host.Mcp.Resources;

/// <summary>
/// <c>evidence://res-4q7d</c>: results kept because they were too large for an answer. Those of this user's conversations, and of calls
/// made outside any.
/// </summary>
internal sealed class EvidenceResources(IResultStore results, IConversationStore conversations, Actor actor) : IResourceFamily
{
    private const int Newest = 20;

    public string Scheme => "evidence";

    /// <summary>A kept result never changes.</summary>
    public TimeSpan FreshFor => TimeSpan.FromHours(1);

    public ResourceTemplate Template { get; } = new()
    {
        UriTemplate = "evidence://{handle}",
        Name = "evidence",
        Title = "Evidence",
        Description = "A tool's whole answer, kept under the handle a shortened answer names.",
        MimeType = "application/json",
    };

    public async Task<IReadOnlyList<Resource>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await MineAsync(cancellationToken)).Select(kept => new Resource
        {
            Uri = $"evidence://{kept.Handle}",
            Name = $"{kept.Handle} ({kept.Tool})",
            Description = $"Answer of {kept.Tool} at {kept.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
                + (kept.ConversationId is { } conversation ? $", conversation {conversation}." : "."),
            MimeType = "application/json",
        }),
    ];

    public async Task<ResourceText?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await results.FindAsync(Uri.UnescapeDataString(path.TrimEnd('/')), cancellationToken) is { } kept && await IsMineAsync(kept, cancellationToken)
            ? new ResourceText(kept.Text, "application/json")
            : null;

    public async Task<IReadOnlyList<string>> CompleteAsync(
        string variable, IReadOnlyDictionary<string, string> filled, CancellationToken cancellationToken) =>
        [.. (await MineAsync(cancellationToken)).Select(kept => kept.Handle)];

    private async Task<IReadOnlyList<KeptResult>> MineAsync(CancellationToken cancellationToken)
    {
        var mine = new List<KeptResult>();
        foreach (var kept in await results.ListAsync(conversationId: null, Newest * 5, cancellationToken))
        {
            if (mine.Count < Newest && await IsMineAsync(kept, cancellationToken))
            {
                mine.Add(kept);
            }
        }

        return mine;
    }

    private async Task<bool> IsMineAsync(KeptResult kept, CancellationToken cancellationToken) =>
        kept.ConversationId is null
        || (await conversations.FindAsync(kept.ConversationId, cancellationToken) is { } conversation
            && string.Equals(conversation.Owner, actor.Id, StringComparison.Ordinal));
}
