using System.Text.Json;
using SreAgent.Core.Actors;

namespace SreAgent.Core.Changes;

/// <summary>A stored wish to change production: exactly one call, exactly one target state, waiting for or carrying a human's decision.</summary>
public sealed record ChangeRequest
{
    public required ChangeRequestId Id { get; init; }

    public required ChangeRequestState State { get; init; }

    public required string Tool { get; init; }

    /// <summary>The checked arguments, verbatim: what will be executed. Shown redacted.</summary>
    public required JsonElement Arguments { get; init; }

    public required CallScope Scope { get; init; }

    /// <summary>Where the requester reached us.</summary>
    public required Surface RequestedVia { get; init; }

    public required ChangeDigest Digest { get; init; }

    public required ChangePlan Plan { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>Why the policy asked: the names of the rules that did.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The conversation that waits for it. Absent for a single call.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The model's call id within that conversation.</summary>
    public string? CallId { get; init; }

    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>What became of it, in words: the human's reason for a denial, the tool's answer, what verification saw.</summary>
    public string? Outcome { get; init; }

    /// <summary>When a human said yes or no.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Actor id of whoever said no.</summary>
    public string? DeniedBy { get; init; }

    /// <summary>When the approval was spent and the change began.</summary>
    public DateTimeOffset? ExecutedAt { get; init; }

    /// <summary>When it reached its final state. Absent while it is open or running, and for an interrupted one: nobody knows.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Who executes it. Absent before, and in requests executed before there were leases.</summary>
    public ChangeLease? Lease { get; init; }

    /// <summary>The failed change whose remedy this is. Absent for what somebody asked for.</summary>
    public ChangeRequestId? RemedyOf { get; init; }

    public bool IsOpen => State is ChangeRequestState.Pending or ChangeRequestState.Approved;
}

/// <summary>One human's yes.</summary>
/// <param name="Approver">Actor id, established by the surface's own authentication.</param>
/// <param name="Via">That surface.</param>
/// <param name="SelfApproved">The approver is the requester, which the environment explicitly allows.</param>
/// <param name="Override">The approver also lifted a freeze or a spent error budget, knowingly (G9).</param>
public sealed record Approval(string Approver, Surface Via, DateTimeOffset At, bool SelfApproved, bool Override)
{
    /// <summary>
    /// Given when the approver said yes to another change, which named this one as what runs should it fail (G10). Absent for a yes to this
    /// request itself.
    /// </summary>
    public ChangeRequestId? InAdvanceWith { get; init; }
}
