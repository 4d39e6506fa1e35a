using Dapper;
using SreAgent.Core.Schedules;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>What schedules have done, in the store.</summary>
internal sealed class ScheduleLedger(SqliteDatabase database) : IScheduleLedger
{
    /// <inheritdoc/>
    public Task<bool> ClaimAsync(string schedule, DateTimeOffset due, string holder, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "take a due moment",
            durable: true,
            session => session.Connection.Execute(
                "INSERT INTO schedule_runs (schedule, due, holder, started_at) VALUES (@schedule, @due, @holder, @at) ON CONFLICT (schedule, due) DO NOTHING",
                new { schedule, due = StoredTime.Of(due), holder, at = StoredTime.Of(at) }) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task FinishAsync(string schedule, DateTimeOffset due, string outcome, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "finish a scheduled run",
            durable: false,
            session => session.Connection.Execute(
                "UPDATE schedule_runs SET finished_at = @at, outcome = @outcome WHERE schedule = @schedule AND due = @due",
                new { schedule, due = StoredTime.Of(due), outcome, at = StoredTime.Of(at) }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScheduleRun>> ListAsync(string schedule, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ScheduleRun>>(
            "list scheduled runs",
            session =>
            [
                .. session.Connection.Query<Row>(
                    "SELECT due AS Due, holder AS Holder, started_at AS StartedAt, finished_at AS FinishedAt, outcome AS Outcome "
                    + "FROM schedule_runs WHERE schedule = @schedule ORDER BY due DESC LIMIT @limit",
                    new { schedule, limit }).Select(row => row.ToRun(schedule)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> SeenUntilAsync(string schedule, string subject, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read how far a schedule has seen",
            session => session.Connection.QuerySingleOrDefault<string>(
                "SELECT seen_until FROM schedule_marks WHERE schedule = @schedule AND subject = @subject", new { schedule, subject }) is { } until
                ? StoredTime.Read(until)
                : (DateTimeOffset?)null,
            cancellationToken);

    /// <inheritdoc/>
    public Task SeeUntilAsync(string schedule, string subject, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "note how far a schedule has seen",
            durable: false,
            session => session.Connection.Execute(
                "INSERT INTO schedule_marks (schedule, subject, seen_until) VALUES (@schedule, @subject, @until) "
                + "ON CONFLICT (schedule, subject) DO UPDATE SET seen_until = excluded.seen_until",
                new { schedule, subject, until = StoredTime.Of(until) }),
            cancellationToken);

    private sealed class Row
    {
        public required string Due { get; init; }

        public required string Holder { get; init; }

        public required string StartedAt { get; init; }

        public string? FinishedAt { get; init; }

        public string? Outcome { get; init; }

        public ScheduleRun ToRun(string schedule) =>
            new(schedule, StoredTime.Read(Due), Holder, StoredTime.Read(StartedAt), FinishedAt is null ? null : StoredTime.Read(FinishedAt), Outcome);
    }
}
