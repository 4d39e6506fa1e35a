using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;

namespace SreAgent.Runtime.Conversations;

/// <summary>Talks. One turn of one conversation at a time; every turn ends with exactly one <see cref="TurnEvent.Finished"/>.</summary>
public interface IConversationService
{
    /// <param name="persona">Id or name; the configured default when null.</param>
    /// <exception cref="SreAgent.Core.Tools.ToolException">There is no such persona; the message lists those there are.</exception>
    Task<Conversation> StartAsync(Actor actor, string? persona, CancellationToken cancellationToken);

    /// <summary>From here on the conversation speaks as another persona; history is kept.</summary>
    Task<Conversation> SwitchPersonaAsync(string conversationId, string persona, CancellationToken cancellationToken);

    /// <summary>Takes one message and streams what happens. Cancelling ends the turn and keeps the conversation usable.</summary>
    IAsyncEnumerable<TurnEvent> HandleAsync(InboundMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on where a conversation stopped: runs what was approved meanwhile, tells the model what was denied or expired, finishes a turn
    /// that a killed process left open. Streams only a Finished when there is nothing to go on with.
    /// </summary>
    IAsyncEnumerable<TurnEvent> ResumeAsync(string conversationId, Actor actor, CancellationToken cancellationToken);

    /// <summary>Forgets everything said, keeps the conversation's id and persona.</summary>
    Task ClearAsync(string conversationId, CancellationToken cancellationToken);

    /// <summary>What the next turn would send, by part, in estimated tokens.</summary>
    Task<ContextReport> ContextAsync(string conversationId, CancellationToken cancellationToken);
}

/// <param name="Parts">Name (instructions, tools, messages, results of one tool) and estimated tokens.</param>
/// <param name="Limit">The configured budget of one turn's input, in tokens.</param>
public sealed record ContextReport(IReadOnlyList<ContextPart> Parts, int Limit)
{
    public int Total => Parts.Sum(part => part.Tokens);
}

public sealed record ContextPart(string Name, int Tokens);
