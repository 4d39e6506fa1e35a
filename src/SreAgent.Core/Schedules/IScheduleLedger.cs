namespace SreAgent.Core.Schedules;

/// <summary>
/// What schedules have done, shared by every process on one store: a due moment is run by one of them, once, also when two serve at the
/// same time.
/// </summary>
public interface IScheduleLedger
{
    /// <summary>Takes a due moment.</summary>
    /// <returns>False when it has been taken before.</returns>
    Task<bool> ClaimAsync(string schedule, DateTimeOffset due, string holder, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Says how a run ended. A claimed run that never does was interrupted.</summary>
    Task FinishAsync(string schedule, DateTimeOffset due, string outcome, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<ScheduleRun>> ListAsync(string schedule, int limit, CancellationToken cancellationToken);

    /// <summary>Up to when everything of a subject has been seen to. Null when nothing has.</summary>
    Task<DateTimeOffset?> SeenUntilAsync(string schedule, string subject, CancellationToken cancellationToken);

    Task SeeUntilAsync(string schedule, string subject, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <param name="Due">When it should have begun.</param>
/// <param name="Holder">Which process took it.</param>
/// <param name="FinishedAt">Absent while it runs, and for ever when its process died.</param>
/// <param name="Outcome">One sentence. Present when finished.</param>
public sealed record ScheduleRun(string Schedule, DateTimeOffset Due, string Holder, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Outcome);
