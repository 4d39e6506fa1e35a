using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Where humans decide. Only surfaces call it, with an actor their own authentication established; there is no tool that reaches it (G5).
/// </summary>
public interface IApprovalDesk
{
    /// <summary>Records a yes, after checking that this human may give it, for this environment, from this surface.</summary>
    /// <param name="overrideDenial">The approver knowingly lifts an overridable denial: a freeze, a spent error budget.</param>
    Task<ApprovalOutcome> ApproveAsync(ChangeRequestId id, Actor approver, bool overrideDenial, CancellationToken cancellationToken);

    /// <summary>Records a no. The reason goes back to the model.</summary>
    Task<ApprovalOutcome> DenyAsync(ChangeRequestId id, Actor denier, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Executes an approved request: policy and fingerprint taken again, approval spent, change run, verified, recorded. Whoever calls,
    /// however often, it happens at most once; a later caller is told what became of it.
    /// </summary>
    /// <returns>As the tool invoker answers: redacted, capped, worded once for every surface. The call is the one that was held, under its own id.</returns>
    Task<ToolOutcome> ExecuteAsync(ChangeRequestId id, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>The request, shown: arguments and texts redacted.</summary>
    Task<ChangeRequest?> ShowAsync(ChangeRequestId id, CancellationToken cancellationToken);

    /// <summary>What an executing or finished change has done, in order, redacted. Empty for changes that keep no steps.</summary>
    Task<IReadOnlyList<ChangeStep>> StepsAsync(ChangeRequestId id, CancellationToken cancellationToken);

    /// <summary>Newest first, redacted. Marks overdue ones expired on the way.</summary>
    Task<IReadOnlyList<ChangeRequest>> ListAsync(ChangeRequestQuery query, CancellationToken cancellationToken);
}

/// <summary>What came of a decision.</summary>
/// <param name="Accepted">Whether it was recorded.</param>
/// <param name="Rule">The rule that refused it; empty when accepted.</param>
/// <param name="Message">For the human who decided. Redacted.</param>
/// <param name="Request">As it stands now. Absent when there is no such request.</param>
public sealed record ApprovalOutcome(bool Accepted, string Rule, string Message, ChangeRequest? Request);
