using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Which tools a caller holds: what its persona names, narrowed by what the surface asked for. Nothing else exists for it.</summary>
internal static class ToolGrants
{
    /// <summary>The host's own reading tools (page a result, read a skill) are part of being able to talk at all.</summary>
    public const string HostToolset = "host";

    public static bool Holds(CallContext context, Tool tool) => WhyNot(context, tool) is null;

    /// <summary>Absent when the tool is held; otherwise rule and reason.</summary>
    public static (string Rule, string Reason)? WhyNot(CallContext context, Tool tool)
    {
        var ownReading = string.Equals(tool.Toolset, HostToolset, StringComparison.Ordinal) && tool.Effect == ToolEffect.Read;
        if (!ownReading && !IsGranted(context.Persona, tool))
        {
            return ("toolset", $"Persona {context.Persona.Id} does not hold {tool.Name}; it holds {Held(context.Persona)}.");
        }

        if (!ownReading && context.Toolsets.Count > 0 && !Pattern.MatchesAny(context.Toolsets, tool.Toolset))
        {
            return ("toolset", $"{tool.Name} belongs to toolset {tool.Toolset}; only {string.Join(", ", context.Toolsets)} was asked for.");
        }

        return context.ReadOnly && tool.Effect != ToolEffect.Read
            ? ("read-only", $"{tool.Name} does more than read, and this session is read-only.")
            : null;
    }

    private static bool IsGranted(Persona persona, Tool tool) =>
        Pattern.MatchesAny(persona.ToolGrants, tool.Name) || Pattern.MatchesAny(persona.ToolGrants, tool.Toolset)
        || tool.Aliases.Any(alias => Pattern.MatchesAny(persona.ToolGrants, alias));

    private static string Held(Persona persona) => persona.ToolGrants.Count == 0 ? "no tools" : string.Join(", ", persona.ToolGrants);
}
