using SreAgent.Core.Actors;

namespace SreAgent.Runtime.Conversations;

/// <summary>What every surface turns its input into. It decides nothing.</summary>
/// <param name="ConversationId">From <see cref="IConversationService.StartAsync"/>.</param>
/// <param name="Actor">As the surface authenticated it.</param>
/// <param name="Text">As typed.</param>
public sealed record InboundMessage(string ConversationId, Actor Actor, string Text);
