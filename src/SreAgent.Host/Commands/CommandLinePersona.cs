using SreAgent.Core.Personas;

namespace SreAgent.Host.Commands;

/// <summary>
/// As whom a person calls a tool by hand: holds every tool, speaks to no model. Policy and approvals apply to it as to any other.
/// </summary>
public static class CommandLinePersona
{
    public static Persona Value { get; } = new()
    {
        Id = "command-line",
        Name = "Command line",
        Dialect = PersonaDialect.Agent,
        Path = "",
        Description = "A person calling a tool by hand.",
        Instructions = "",
        ToolGrants = ["*"],
    };
}
