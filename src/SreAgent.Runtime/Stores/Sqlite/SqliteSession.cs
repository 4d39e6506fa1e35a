using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SreAgent.Runtime.Stores.Sqlite;

/// <summary>One open connection with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // How long SQLite itself waits for a lock, in milliseconds. Short, because that wait cannot be cancelled; the longer one is ours.
    private const int NativeWait = 50;

    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private bool _durable;

    /// <exception cref="SqliteException">The file cannot be opened, is no database, or is locked.</exception>
    public SqliteSession(string path, TimeSpan busyTimeout, bool writes)
    {
        Path = path;
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            Connection.Open();
            Execute($"PRAGMA busy_timeout = {NativeWait}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
            if (!writes)
            {
                Execute("PRAGMA query_only = ON");
            }
        }
        catch
        {
            Connection.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public SqliteConnection Connection { get; }

    /// <summary>A statement that is compiled once. The caller sets its parameters each time.</summary>
    public SqliteCommand Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        return command;
    }

    /// <summary>Runs statements without parameters or results. Waits for no lock longer than SQLite does by itself.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(Connection.Handle, sql);
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(Connection.Handle).utf8_to_string(), code, raw.sqlite3_extended_errcode(Connection.Handle));
        }
    }

    /// <param name="durable">Whether the commit waits for the disk. A durable commit makes all earlier ones durable, too.</param>
    public void Begin(bool durable)
    {
        if (durable != _durable)
        {
            Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _durable = durable;
        }

        Execute("BEGIN IMMEDIATE");
    }

    public void Commit() => Execute("COMMIT");

    /// <summary>Takes back an open transaction, if SQLite has not already done so.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Connection.Handle) == 0)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        Connection.Dispose();
    }
}
