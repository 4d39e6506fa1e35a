using SreAgent.Core.Actors;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Policy;

/// <summary>Everything a rule may look at. Facts are fetched before; deciding is pure.</summary>
public sealed record PolicyQuestion
{
    public required Tool Tool { get; init; }

    public required ToolArguments Arguments { get; init; }

    public required string Environment { get; init; }

    public required string Persona { get; init; }

    public required Actor Actor { get; init; }

    public required DateTimeOffset Now { get; init; }

    public ErrorBudgetState ErrorBudget { get; init; }

    /// <summary>An approver has explicitly lifted overridable denials for this one call.</summary>
    public bool Overridden { get; init; }
}

/// <summary>What policy says to one call.</summary>
/// <param name="Verdict">The strictest of all matching rules.</param>
/// <param name="Rules">Names of the rules that gave that verdict, in the order they were written.</param>
/// <param name="Reason">Their reasons.</param>
/// <param name="Overridable">A Deny that an approver may lift.</param>
public sealed record PolicyDecision(PolicyVerdict Verdict, IReadOnlyList<string> Rules, string Reason, bool Overridable)
{
    /// <summary>Decided by the host itself, not by a written rule: shadow mode does not soften it.</summary>
    public bool BuiltIn { get; init; }
}
