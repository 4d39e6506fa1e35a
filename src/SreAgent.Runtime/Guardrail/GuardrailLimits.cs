namespace SreAgent.Runtime.Guardrail;

/// <summary>Deadlines of the guardrail, from settings.</summary>
/// <param name="ReadTimeout">Of one read or write.</param>
/// <param name="PlanTimeout">Of finding out what a change would do, its preflight included.</param>
/// <param name="ChangeTimeout">Of one change, and again of its verification.</param>
internal sealed record GuardrailLimits(TimeSpan ReadTimeout, TimeSpan PlanTimeout, TimeSpan ChangeTimeout)
{
    /// <summary>A change that died longer ago than this began is not gone on with: the world has moved on, and somebody must look.</summary>
    public TimeSpan StaleAfter => (ChangeTimeout * 2) + TimeSpan.FromMinutes(1);
}
