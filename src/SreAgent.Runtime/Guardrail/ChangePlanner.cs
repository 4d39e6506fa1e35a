using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>A plan that may be put before a human, or the answer that ends the call before anybody is asked.</summary>
internal abstract record Planning
{
    private Planning()
    {
    }

    internal sealed record Planned(ChangePlan Plan, ChangeDigest Digest) : Planning;

    internal sealed record Stopped(ToolResult Result) : Planning;
}

/// <summary>Finds out what a call would do, checks its preflight, and binds it to a digest. Used when asking and again when executing.</summary>
internal sealed class ChangePlanner(GuardrailLimits limits)
{
    public async Task<Planning> PlanAsync(AdmittedCall call, string policyVersion, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ChangePlan plan;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limits.PlanTimeout);
        try
        {
            plan = call.Tool.Plan is { } make ? await make(call.Arguments, new ToolRun(progress), deadline.Token) : PlanOfUnplanned(call);
        }
        catch (ToolException exception)
        {
            return Stopped($"{call.Tool.Name} was not run: what it would do could not be established. {exception.Message}", exception.Retryable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Stopped($"{call.Tool.Name} was not run: what it would do could not be established within {limits.PlanTimeout.TotalSeconds:0} s (Guardrails:PlanTimeoutSeconds).", retryable: true);
        }

        if (plan.Preflight.Where(check => !check.Passed).ToArray() is { Length: > 0 } failed)
        {
            return Stopped(
                $"{call.Tool.Name} was not put up for approval: {string.Join(" ", failed.Select(check => $"{check.Name}: {check.Detail}"))}", retryable: false);
        }

        return new Planning.Planned(plan, call.Tool.DigestOf(call.Arguments, call.Scope, policyVersion, plan.BoundState));
    }

    /// <summary>For a read or write that a rule sends to a human: the call itself is all there is to show.</summary>
    private static ChangePlan PlanOfUnplanned(AdmittedCall call) =>
        new(
            $"Run {call.Tool.Name}, which policy sends to a human.",
            call.Tool.Name,
            Current: "",
            Wanted: call.Arguments.Value.GetRawText(),
            BlastRadius: call.Tool.Effect == ToolEffect.Read ? "Reads only." : "Leaves a mark people read.",
            Undo: call.Tool.Effect == ToolEffect.Read ? "Nothing to undo." : "By hand, in the system it writes to.",
            Fingerprint: "");

    private static Planning.Stopped Stopped(string explanation, bool retryable) => new(new ToolResult.Failed(explanation, retryable));
}
