using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Personas;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Host.Mcp;

/// <summary>
/// Every persona is a prompt: who to be, and optionally in which mode, about which service, with which question in mind. Taking on a
/// persona gives what a conversation here would give: the shared rules, its voice and duties, the services. The tools stay those of the
/// persona this server runs as.
/// </summary>
/// <param name="prompt">Asked for only when used: most clients never take a prompt, and its fragments are files.</param>
internal sealed class PersonaPrompts(
    IPersonaCatalogue personas, IServiceCatalogue services, Func<ISystemPrompt> prompt, IToolInvoker invoker, McpCaller caller)
{
    private const string Focus = "focus";
    private const string Mode = "mode";
    private const string ServiceName = "service";

    public ListPromptsResult List(string? cursor)
    {
        Paging.RequireFirstPage(cursor);
        return new ListPromptsResult
        {
            Prompts = [.. personas.All.Select(Listed)],
            TimeToLive = TimeSpan.FromMinutes(1),
            CacheScope = CacheScope.Private,
        };
    }

    /// <exception cref="McpProtocolException">No such persona, argument, mode or service; the message lists those there are.</exception>
    public GetPromptResult Get(GetPromptRequestParams parameters)
    {
        var persona = personas.All.FirstOrDefault(persona => string.Equals(persona.Id, parameters.Name, StringComparison.Ordinal))
            ?? throw Unknown("prompt", parameters.Name, personas.All.Select(persona => persona.Id));
        var given = Given(parameters, persona);

        var mode = given.TryGetValue(Mode, out var modeName)
            ? persona.Modes.FirstOrDefault(mode => string.Equals(mode.Name, modeName, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown("mode", modeName, persona.Modes.Select(mode => mode.Name))
            : null;
        var text = new StringBuilder(prompt().For(persona, mode?.Name).TrimEnd());
        if (InFocus(persona, given) is { Count: > 0 } focus)
        {
            text.Append("\n\n# In focus\n").AppendJoin("", focus.Select(line => $"\n- {line}"));
        }

        var context = caller.Context();
        var held = invoker.ToolsFor(context).Select(tool => tool.Name);
        text.Append($"\n\n# Tools at hand\n\nThose of {context.Persona.Name}: {string.Join(", ", held)}. Anything else that is named above cannot be called here.");

        return new GetPromptResult
        {
            Description = persona.Description,
            Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = text.ToString() } }],
        };
    }

    /// <summary>What an argument of a prompt may be.</summary>
    public IReadOnlyList<string> Complete(string prompt, string argument) =>
        personas.Find(prompt) is not { } persona
            ? throw Unknown("prompt", prompt, personas.All.Select(persona => persona.Id))
            : argument switch
            {
                Focus => [.. persona.MustAnswer.Select(question => question.Id)],
                Mode => [.. persona.Modes.Select(mode => mode.Name)],
                ServiceName => [.. services.All.Select(service => service.Name)],
                _ => [],
            };

    private Prompt Listed(Persona persona) => new()
    {
        Name = persona.Id,
        Title = persona.Name,
        Description = persona.Description,
        Arguments = [.. Arguments(persona)],
    };

    private IEnumerable<PromptArgument> Arguments(Persona persona)
    {
        yield return new PromptArgument { Name = Focus, Description = "What to look at: one of this persona's questions by id, or words of your own." };
        if (persona.Modes.Count > 0)
        {
            yield return new PromptArgument { Name = Mode, Description = $"How to be: {string.Join(", ", persona.Modes.Select(mode => mode.Name))}." };
        }

        if (services.All.Count > 0)
        {
            yield return new PromptArgument { Name = ServiceName, Description = "The service it is about." };
        }
    }

    /// <summary>Forms send empty fields for what was left out.</summary>
    private Dictionary<string, string> Given(GetPromptRequestParams parameters, Persona persona)
    {
        var accepted = Arguments(persona).Select(argument => argument.Name).ToArray();
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal))
        {
            if (!accepted.Contains(name, StringComparer.Ordinal))
            {
                throw Unknown("argument", name, accepted);
            }

            if (value.ValueKind != System.Text.Json.JsonValueKind.String)
            {
                throw new McpProtocolException($"Argument '{name}' must be a string.", McpErrorCode.InvalidParams);
            }

            if (value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            {
                given[name] = text.Trim();
            }
        }

        return given;
    }

    private List<string> InFocus(Persona persona, Dictionary<string, string> given)
    {
        List<string> lines = [];
        if (given.TryGetValue(ServiceName, out var name))
        {
            var service = services.Find(name) ?? throw Unknown("service", name, services.All.Select(service => service.Name));
            lines.Add($"The service {service.Name} ({service.Environment})");
        }

        if (given.TryGetValue(Focus, out var focus))
        {
            lines.Add(persona.MustAnswer.FirstOrDefault(question => string.Equals(question.Id, focus, StringComparison.OrdinalIgnoreCase))?.Question ?? focus);
        }

        return lines;
    }

    private static McpProtocolException Unknown(string kind, string name, IEnumerable<string> there) =>
        new($"There is no {kind} '{name}'. There is: {string.Join(", ", there.DefaultIfEmpty("none"))}.", McpErrorCode.InvalidParams);
}
