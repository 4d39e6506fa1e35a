using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// A persona the host itself acts as (a person calling a tool by hand). No file defines it and nobody can talk to it; a request it raised
/// is readmitted under it.
/// </summary>
public sealed record HostPersona(Persona Persona);
