namespace SreAgent.Core.Changes;

/// <summary>
/// An approved change while it runs. A tool method that takes one is told what it is part of, and keeps there what it has done, so that
/// another process can go on where this one died.
/// </summary>
/// <param name="Id">The change request.</param>
/// <param name="Requester">Actor id of whoever asked.</param>
/// <param name="Approvers">Actor ids of those who said yes.</param>
/// <param name="Environment">Where it acts.</param>
/// <param name="Plan">What the approvers read.</param>
/// <param name="StartedAt">When the approval was spent; the same after a resume.</param>
/// <param name="Steps">What has been done so far, durably.</param>
public sealed record ChangeExecution(
    ChangeRequestId Id,
    string Requester,
    IReadOnlyList<string> Approvers,
    string Environment,
    ChangePlan Plan,
    DateTimeOffset StartedAt,
    IChangeSteps Steps);
