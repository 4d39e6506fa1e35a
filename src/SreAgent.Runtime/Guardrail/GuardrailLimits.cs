namespace SreAgent.Runtime.Guardrail;

/// <summary>Deadlines of the guardrail, from settings.</summary>
/// <param name="ReadTimeout">Of one read, write or plan.</param>
/// <param name="ChangeTimeout">Of one change, and again of its verification.</param>
internal sealed record GuardrailLimits(TimeSpan ReadTimeout, TimeSpan ChangeTimeout)
{
    /// <summary>A request Executing for longer than this belongs to a process that died.</summary>
    public TimeSpan StaleAfter => (ChangeTimeout * 2) + TimeSpan.FromMinutes(1);
}
