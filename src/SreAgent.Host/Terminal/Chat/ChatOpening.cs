using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;
using SreAgent.Host.Commands;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>Starts a conversation, or finds the one to go on with.</summary>
internal sealed class ChatOpening(IConversationService conversations, IConversationStore store)
{
    private const int Suggested = 5;

    /// <exception cref="UsageException">There is no such conversation, or none at all.</exception>
    public async Task<Conversation> OpenAsync(ChatStart start, Actor actor, CancellationToken cancellationToken)
    {
        if (!start.Resume)
        {
            return await conversations.StartAsync(actor, start.Persona, cancellationToken);
        }

        var conversation = start.ConversationId is { } id ? await FindAsync(id, actor, cancellationToken) : await LatestAsync(actor, cancellationToken);
        return start.Persona is { } persona && persona != conversation.Persona
            ? await conversations.SwitchPersonaAsync(conversation.Id, persona, cancellationToken)
            : conversation;
    }

    private async Task<Conversation> FindAsync(string id, Actor actor, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is { } conversation)
        {
            return conversation;
        }

        var recent = await store.ListAsync(actor.Id, Suggested, cancellationToken);
        var listed = string.Concat(recent.Select(known => $"{Environment.NewLine}  {known.Id}  {SafeText.Line(known.Title, 60)}"));
        throw new UsageException($"There is no conversation '{SafeText.Line(id, 40)}'.{(listed.Length > 0 ? " The latest:" + listed : "")}");
    }

    private async Task<Conversation> LatestAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(actor.Id, 1, cancellationToken) is [var latest, ..]
            ? latest
            : throw new UsageException("There is no earlier conversation to resume. 'sre-agent' starts one.");
}
