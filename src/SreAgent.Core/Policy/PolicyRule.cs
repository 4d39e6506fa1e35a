using SreAgent.Core.Tools;

namespace SreAgent.Core.Policy;

/// <summary>What a matching rule asks for. Ordered by strictness: the strictest matching rule decides.</summary>
public enum PolicyVerdict
{
    Allow = 0,
    NeedsApproval,
    Deny,
}

/// <summary>
/// One line of policy. It matches when every condition it states matches; a condition it does not state matches everything.
/// Patterns use <c>*</c> for any run of characters and are compared without case.
/// </summary>
public sealed record PolicyRule
{
    /// <summary>Shown whenever it decides.</summary>
    public required string Name { get; init; }

    public required PolicyVerdict Verdict { get; init; }

    /// <summary>Told to the person and the model.</summary>
    public required string Reason { get; init; }

    public IReadOnlyList<ToolEffect> Effects { get; init; } = [];

    /// <summary>Patterns over tool names.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public IReadOnlyList<string> Environments { get; init; } = [];

    public IReadOnlyList<string> Personas { get; init; } = [];

    /// <summary>Patterns over actor ids: <c>schedule:*</c>.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>All must hold.</summary>
    public IReadOnlyList<ArgumentPredicate> Arguments { get; init; } = [];

    /// <summary>Matches while any of these freezes is in force.</summary>
    public IReadOnlyList<Freeze> During { get; init; } = [];

    /// <summary>Matches when the target service's error budget is in this state.</summary>
    public ErrorBudgetState? ErrorBudget { get; init; }

    /// <summary>
    /// A Deny that an approver may lift with an explicit, recorded override. Only freezes and spent error budgets should say so (G9).
    /// </summary>
    public bool Overridable { get; init; }
}
