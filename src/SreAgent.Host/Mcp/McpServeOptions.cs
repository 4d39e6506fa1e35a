namespace SreAgent.Host.Mcp;

/// <summary>What <c>sre-agent mcp</c> was asked for.</summary>
/// <param name="Persona">Whose grants apply, by id or name. Absent means <c>Agent:DefaultPersona</c> of the settings.</param>
/// <param name="Toolsets">Patterns over toolset names that narrow the grants further. Empty narrows nothing.</param>
/// <param name="ReadOnly">Hides and refuses everything but reads.</param>
public sealed record McpServeOptions(string? Persona, IReadOnlyList<string> Toolsets, bool ReadOnly);
