using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>A call whose tool exists and is held, whose arguments fit, and whose place of action is known.</summary>
internal sealed record AdmittedCall(ToolCall Call, CallContext Context, Tool Tool, ToolArguments Arguments, string Environment)
{
    public CallScope Scope => new(Environment, Context.Persona.Id, Context.Actor.Id);

    public string? Service => Arguments.GetString("service");
}

/// <summary>What admission says: an admitted call, or the answer that ends it.</summary>
internal abstract record Admission
{
    private Admission()
    {
    }

    internal sealed record Admitted(AdmittedCall Call) : Admission;

    internal sealed record Refused(ToolResult Result) : Admission;
}
