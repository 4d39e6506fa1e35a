namespace SreAgent.Host.Terminal.Chat;

/// <summary>How a chat begins.</summary>
/// <param name="Persona">Absent: the configured default, or whoever spoke in the resumed conversation.</param>
/// <param name="Resume">Go on with an earlier conversation.</param>
/// <param name="ConversationId">Which; the latest of this person when absent.</param>
internal sealed record ChatStart(string? Persona, bool Resume, string? ConversationId);
