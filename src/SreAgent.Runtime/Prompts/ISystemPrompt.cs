using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Prompts;

/// <summary>What a model is told before anything else: the shared rules, who it is, what it knows how to do.</summary>
public interface ISystemPrompt
{
    /// <param name="persona">Who speaks.</param>
    /// <param name="mode">One of the persona's modes; absent for its usual self.</param>
    string For(Persona persona, string? mode);
}
