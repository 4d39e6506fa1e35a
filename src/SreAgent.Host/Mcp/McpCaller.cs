using Microsoft.Extensions.Configuration;
using SreAgent.Core.Actors;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Mcp;

/// <summary>
/// Who calls through this server. Over stdio that is the operating-system user who started the process: the client and its model act on
/// that user's behalf, and nothing in a request can name anybody else (G5).
/// </summary>
internal sealed class McpCaller
{
    private readonly IPersonaCatalogue _personas;
    private readonly McpServeOptions _options;
    private Persona _persona;

    private McpCaller(IPersonaCatalogue personas, Persona persona, McpServeOptions options, Actor actor)
    {
        _personas = personas;
        _persona = persona;
        _options = options;
        Actor = actor;
    }

    public Actor Actor { get; }

    /// <exception cref="ToolException">There is no such persona; the message lists those there are.</exception>
    public static McpCaller Of(IPersonaCatalogue personas, McpServeOptions options, IConfiguration? settings, Actor actor)
    {
        var wanted = options.Persona ?? settings?["Agent:DefaultPersona"];
        var persona = wanted is not null ? personas.Find(wanted) : personas.All is [var only] ? only : null;
        return persona is null
            ? throw new ToolException(NoPersona(wanted, personas.All))
            : new McpCaller(personas, persona, options, actor);
    }

    /// <summary>Taken anew for every request, so that a reloaded persona file counts from the next call on.</summary>
    public CallContext Context()
    {
        _persona = _personas.Find(_persona.Id) ?? _persona;
        return new CallContext(Actor, _persona) { ReadOnly = _options.ReadOnly, Toolsets = _options.Toolsets };
    }

    private static string NoPersona(string? wanted, IReadOnlyList<Persona> all)
    {
        var there = all.Count == 0 ? "There are no personas at all." : $"There are: {string.Join(", ", all.Select(persona => persona.Id))}.";
        return wanted is null
            ? $"No persona was named: pass --persona or set Agent:DefaultPersona. {there}"
            : $"There is no persona '{wanted}'. {there}";
    }
}
