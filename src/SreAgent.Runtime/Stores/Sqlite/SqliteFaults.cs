using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SreAgent.Runtime.Stores.Sqlite;

/// <summary>Turns what SQLite and the file system say into a sentence somebody can act on.</summary>
internal static class SqliteFaults
{
    public static bool IsBusy(SqliteException exception) => exception.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>True when the connection should not be used again.</summary>
    public static bool EndsSession(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    public static StoreUnavailableException From(string doing, string path, SqliteException exception) =>
        new($"Could not {doing} in {path}: SQLite says '{Words(exception)}' (code {exception.SqliteExtendedErrorCode}). Nothing was written. {Remedy(exception)}", exception)
        {
            Retryable = IsBusy(exception),
        };

    public static StoreUnavailableException From(string doing, string path, Exception exception) =>
        new($"Could not {doing} in {path}: {exception.Message} Nothing was written. See that its folder exists and this user may write there, or set Store:Path to another file.", exception);

    /// <summary>What SQLite said, without the frame the library puts around it: <c>SQLite Error 13: 'database or disk is full'.</c></summary>
    private static string Words(SqliteException exception)
    {
        const string Frame = "SQLite Error ";
        var message = exception.Message;
        var start = message.IndexOf('\'', StringComparison.Ordinal) + 1;
        return message.StartsWith(Frame, StringComparison.Ordinal) && message.EndsWith("'.", StringComparison.Ordinal) ? message[start..^2] : message;
    }

    private static string Remedy(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "Free space on that disk.",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            "See that the file and its folder exist and this user may write to both, or set Store:Path to another file.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            "Another process holds the database: wait and try again, or find it (lsof on the file); Store:BusyTimeout sets how long to wait.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            "The file is damaged or is no SQLite database: restore it from a backup, or move it aside and a new one is started.",
        raw.SQLITE_IOERR => "Look at the disk and the system's log.",
        _ => "This should not happen; please report it with this message.",
    };
}
