using SreAgent.Core.Policy;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Stage 3: fetches the facts the rules may look at, then decides.</summary>
internal sealed class PolicyGate(IErrorBudgetSource errorBudgets, TimeProvider clock)
{
    /// <param name="policy">The policy in force now.</param>
    /// <param name="call">The call to decide.</param>
    /// <param name="overridden">An approver has lifted overridable denials for this call.</param>
    /// <param name="cancellationToken">Stops fetching facts.</param>
    public async Task<PolicyRuling> DecideAsync(GuardrailPolicy policy, AdmittedCall call, bool overridden, CancellationToken cancellationToken)
    {
        var looksAtBudget = policy.Rules.Any(rule => rule.ErrorBudget is not null);
        var written = PolicyEvaluator.Decide(policy, new PolicyQuestion
        {
            Tool = call.Tool,
            Arguments = call.Arguments,
            Environment = call.Environment,
            Persona = call.Context.Persona.Id,
            Actor = call.Context.Actor,
            Now = clock.GetUtcNow(),
            ErrorBudget = looksAtBudget && call.Service is { } service ? await errorBudgets.StateOfAsync(service, cancellationToken) : ErrorBudgetState.Unknown,
            Overridden = overridden,
        });
        var applied = PolicyEvaluator.Apply(policy.Mode, call.Tool, written);
        return new PolicyRuling(applied, applied.Verdict == written.Verdict ? null : written);
    }
}

/// <summary>What policy says to a call.</summary>
/// <param name="Decision">What applies.</param>
/// <param name="WouldHaveBeen">In shadow mode, what enforcing would have decided, where that differs.</param>
internal sealed record PolicyRuling(PolicyDecision Decision, PolicyDecision? WouldHaveBeen);

/// <summary>Stands where no SLO engine is configured: every budget is unknown, and says so.</summary>
internal sealed class UnknownErrorBudget : IErrorBudgetSource
{
    public Task<ErrorBudgetState> StateOfAsync(string service, CancellationToken cancellationToken) => Task.FromResult(ErrorBudgetState.Unknown);
}
