using Dapper;
using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>
/// Steps in the store. Each record is one transaction that first looks whether the change is still the caller's, and waits for the disk:
/// a step that was recorded as not begun must really not have been.
/// </summary>
internal sealed class ChangeStepStore(SqliteDatabase database) : IChangeStepStore
{
    private const string Select = """
        SELECT name AS Name, intent AS Intent, begun_at AS BegunAt, result AS Result, finished_at AS FinishedAt FROM change_steps WHERE change_id = @id
        """;

    /// <inheritdoc/>
    public Task<StepStart> BeginAsync(ChangeRequestId id, string holder, string name, string intent, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync<StepStart>("record the beginning of a step", durable: true, session =>
        {
            RefuseUnlessHeld(session, id, holder);
            if (session.Connection.QuerySingleOrDefault<StepRow>(Select + " AND name = @name", new { id = id.Value, name }) is { } row)
            {
                var step = row.ToStep();
                return step.Result is { } result ? new StepStart.Done(result) : new StepStart.Unsettled(step);
            }

            session.Connection.Execute(
                "INSERT INTO change_steps (change_id, sequence, name, intent, begun_at) " +
                "VALUES (@id, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM change_steps WHERE change_id = @id), @name, @intent, @at)",
                new { id = id.Value, name, intent, at = StoredTime.Of(at) });
            return new StepStart.Fresh();
        }, cancellationToken);

    /// <inheritdoc/>
    public Task FinishAsync(ChangeRequestId id, string holder, string name, string result, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync("record the end of a step", durable: true, session =>
        {
            RefuseUnlessHeld(session, id, holder);
            var finished = session.Connection.Execute(
                "UPDATE change_steps SET result = @result, finished_at = @at WHERE change_id = @id AND name = @name AND result IS NULL",
                new { id = id.Value, name, result, at = StoredTime.Of(at) });
            return finished == 1 ? true : throw new InvalidOperationException($"Step '{name}' of {id} was never begun, or is finished already.");
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChangeStep>> ListAsync(ChangeRequestId id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChangeStep>>(
            "list the steps of a change",
            session => [.. session.Connection.Query<StepRow>(Select + " ORDER BY sequence", new { id = id.Value }).Select(row => row.ToStep())],
            cancellationToken);

    private static void RefuseUnlessHeld(SqliteSession session, ChangeRequestId id, string holder)
    {
        var present = session.Connection.QuerySingleOrDefault<string>(
            "SELECT holder FROM change_requests WHERE id = @id AND state = 'Executing'", new { id = id.Value });
        if (!string.Equals(present, holder, StringComparison.Ordinal))
        {
            throw new ChangeTakenOverException(present is null ? $"{id} is not executing any more." : $"{id} has been taken over by {present}.");
        }
    }

    private sealed class StepRow
    {
        public required string Name { get; init; }

        public required string Intent { get; init; }

        public required string BegunAt { get; init; }

        public string? Result { get; init; }

        public string? FinishedAt { get; init; }

        public ChangeStep ToStep() => new(Name, Intent, StoredTime.Read(BegunAt), Result, StoredTime.ReadOptional(FinishedAt));
    }
}
