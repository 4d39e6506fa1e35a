using SreAgent.Core.Changes;

namespace SreAgent.Core.Rollouts;

/// <summary>
/// A place where people look for what was changed: an annotation on dashboards, a deployment beside the code. A recorder that fails never
/// fails the change; what it could not write is said. Both methods throw <see cref="Tools.ToolException"/>.
/// </summary>
public interface IRolloutRecorder
{
    /// <summary>As evidence names it: <c>grafana</c>.</summary>
    string Name { get; }

    /// <summary>Whether there is anywhere to record this; GitHub needs the service's repository and a commit, say.</summary>
    bool Takes(RolloutRecord record);

    /// <summary>Opens the record and returns whatever is needed to close it.</summary>
    Task<string> OpenAsync(RolloutRecord record, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the record a process opened before it died, by the change's id. Null when it did not get that far.
    /// </summary>
    Task<string?> FindAsync(RolloutRecord record, CancellationToken cancellationToken);

    /// <summary>Closes it. Closing twice with the same ending leaves one record.</summary>
    Task CloseAsync(RolloutRecord record, string handle, RolloutEnding ending, CancellationToken cancellationToken);
}

/// <param name="Change">Shown in the record, so that one leads to the other.</param>
/// <param name="Commit">Absent when the image does not say.</param>
/// <param name="Repository"><c>owner/name</c>. Absent when the catalogue has none.</param>
/// <param name="Dashboard">The service's dashboard as the catalogue has it. Absent when it has none.</param>
public sealed record RolloutRecord(
    ChangeRequestId Change,
    string Service,
    string Environment,
    bool IsRollback,
    string From,
    string To,
    string? Commit,
    string? Repository,
    string? Dashboard,
    string Requester,
    IReadOnlyList<string> Approvers,
    DateTimeOffset StartedAt);

/// <param name="At">When verification ended.</param>
/// <param name="Verdict">Failed also when carrying it out failed.</param>
/// <param name="Detail">One sentence.</param>
public sealed record RolloutEnding(DateTimeOffset At, VerificationVerdict Verdict, string Detail);
