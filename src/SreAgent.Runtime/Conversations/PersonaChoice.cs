using Microsoft.Extensions.Options;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Personas;

namespace SreAgent.Runtime.Conversations;

/// <summary>Finds the persona somebody asked for: by id or name, with one of its modes after a colon (<c>sre-commander:firefighter</c>).</summary>
internal sealed class PersonaChoice(IPersonaCatalogue catalogue, IOptions<AgentOptions> options)
{
    /// <exception cref="ToolException">There is no such persona or mode.</exception>
    public ChosenPersona Choose(string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return new ChosenPersona(Default(), Mode: null);
        }

        if (catalogue.Find(wanted.Trim()) is { } exact)
        {
            return new ChosenPersona(exact, Mode: null);
        }

        var colon = wanted.LastIndexOf(':');
        if (colon > 0 && catalogue.Find(wanted[..colon].Trim()) is { } persona)
        {
            var name = wanted[(colon + 1)..].Trim();
            var mode = persona.Modes.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ToolException($"{persona.Name} has no mode '{name}'. It has: {Listed(persona.Modes.Select(candidate => candidate.Name))}.");
            return new ChosenPersona(persona, mode.Name);
        }

        throw new ToolException($"There is no persona '{wanted}'. There are: {Listed(catalogue.All.Select(candidate => candidate.Id))}.");
    }

    /// <param name="missing">Set when the conversation's persona is gone and the default speaks instead.</param>
    public ChosenPersona Current(Conversation conversation, Transcript transcript, out string? missing)
    {
        missing = null;
        if (catalogue.Find(conversation.Persona) is not { } persona)
        {
            var instead = Default();
            missing = $"The persona '{conversation.Persona}' is not there any more; {instead.Name} answers.";
            return new ChosenPersona(instead, Mode: null);
        }

        var became = transcript.Entries.Select(entry => entry.Entry).OfType<ConversationEntry.Became>().LastOrDefault();
        return new ChosenPersona(persona, string.Equals(became?.Persona, persona.Id, StringComparison.Ordinal) ? became?.Mode : null);
    }

    /// <summary>Who the first message of a conversation nobody asked a persona for is for; null for whoever speaks already.</summary>
    public Routing? Route(Conversation conversation, Transcript transcript, string text)
    {
        var begun = transcript.Entries.Any(entry => entry.Entry is ConversationEntry.Said or ConversationEntry.Became);
        return !options.Value.RoutePersonas || begun || catalogue.Find(conversation.Persona) is not { } usual ? null : PersonaRouter.Route(text, catalogue.All, usual);
    }

    private Persona Default()
    {
        if (options.Value.DefaultPersona is { Length: > 0 } named)
        {
            return catalogue.Find(named)
                ?? throw new ToolException($"{AgentOptions.Section}:DefaultPersona names '{named}', which does not exist. There are: {Listed(catalogue.All.Select(persona => persona.Id))}.");
        }

        return catalogue.All.Count > 0 ? catalogue.All[0] : throw new ToolException("There is no persona at all: the personas folder is empty or none of its files loads. Run 'sre-agent personas check'.");
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } listed ? listed : "none";
}

/// <param name="Mode">Absent for its usual self.</param>
internal sealed record ChosenPersona(Persona Persona, string? Mode);
