namespace SreAgent.Core.Policy;

/// <summary>
/// The policy in force now, kill switch included. Read for every decision, never cached by callers; throws when it cannot be read, and
/// then nothing runs (G1).
/// </summary>
public interface IPolicySource
{
    Task<GuardrailPolicy> CurrentAsync(CancellationToken cancellationToken);
}

/// <summary>The switch that turns every non-Read into Deny, shared by every process and replica.</summary>
public interface IKillSwitch
{
    Task<bool> IsOnAsync(CancellationToken cancellationToken);

    Task TurnAsync(bool stopped, string actor, string reason, DateTimeOffset at, CancellationToken cancellationToken);
}
