using System.Globalization;
using SreAgent.Core.Policy;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Stores;

/// <summary>The kill switch in the store, so that turning it anywhere stops every process that shares the store.</summary>
internal sealed class KillSwitch(SqliteDatabase database) : IKillSwitch
{
    private const string Read = "SELECT stopped FROM kill_switch WHERE id = 1";
    private const string Write =
        "INSERT INTO kill_switch (id, stopped, actor, reason, at) VALUES (1, @stopped, @actor, @reason, @at) " +
        "ON CONFLICT (id) DO UPDATE SET stopped = excluded.stopped, actor = excluded.actor, reason = excluded.reason, at = excluded.at";

    /// <inheritdoc/>
    public Task<bool> IsOnAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read the kill switch",
            session => Convert.ToInt64(session.Prepared(Read).ExecuteScalar() ?? 0L, CultureInfo.InvariantCulture) != 0,
            cancellationToken);

    /// <inheritdoc/>
    public Task TurnAsync(bool stopped, string actor, string reason, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync("turn the kill switch", durable: true, session =>
        {
            var command = session.Prepared(Write);
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@stopped", stopped ? 1 : 0);
            command.Parameters.AddWithValue("@actor", actor);
            command.Parameters.AddWithValue("@reason", reason);
            command.Parameters.AddWithValue("@at", StoredTime.Of(at));
            return command.ExecuteNonQuery();
        }, cancellationToken);
}
