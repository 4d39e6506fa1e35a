using SreAgent.Core.Actors;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// The one door to every tool: the conversation loop, the MCP server, skills, schedules and the command line all come through here.
/// Never throws for anything a call can cause; cancellation is the one exception that leaves it.
/// </summary>
public interface IToolInvoker
{
    /// <summary>The tools this caller holds, in the order of their names. Nothing else exists for it.</summary>
    IReadOnlyList<Tool> ToolsFor(CallContext context);

    /// <param name="call">As it came in, unchecked.</param>
    /// <param name="context">Who asks, as whom, from where.</param>
    /// <param name="progress">Takes short sentences while it runs.</param>
    /// <param name="cancellationToken">Stops waiting; a change already under way is recorded, not abandoned.</param>
    Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <summary>Who asks, as whom, from where. Established by the surface, never by text.</summary>
/// <param name="Actor">Whoever asked; <see cref="Actor.Missing"/> is refused everything.</param>
/// <param name="Persona">Whose grants apply.</param>
public sealed record CallContext(Actor Actor, Persona Persona)
{
    /// <summary>The conversation the call belongs to. Absent for a single call.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Hides and refuses everything but reads.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Patterns over toolset names that narrow the persona's grants further. Empty narrows nothing.</summary>
    public IReadOnlyList<string> Toolsets { get; init; } = [];
}

/// <summary>What came of a call. Everything in it is redacted.</summary>
/// <param name="Call">The call that is answered.</param>
/// <param name="Result">For surfaces. A Found's data is a <c>JsonElement</c>.</param>
/// <param name="Text">For a model: JSON, capped, with a handle to page through what was cut.</param>
/// <param name="Duration">From call to answer, the guardrail included.</param>
public sealed record ToolOutcome(ToolCall Call, ToolResult Result, string Text, TimeSpan Duration);
