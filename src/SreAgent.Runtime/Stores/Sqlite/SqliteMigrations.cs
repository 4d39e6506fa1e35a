using System.Globalization;
using System.Reflection;

namespace SreAgent.Runtime.Stores.Sqlite;

/// <summary>
/// Brings a database up to this program's schema, forward only: the embedded files <c>0001_name.sql</c>, <c>0002_name.sql</c>, in
/// order, all within one write transaction, so that two processes starting at once migrate once.
/// </summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Migrations.";

    private static readonly (int Version, string Name, string Resource)[] All = [.. Embedded()];

    /// <summary>The schema this program knows.</summary>
    public static int Newest => All[^1].Version;

    /// <summary>Whether the database needs <see cref="Apply"/>. Needs no lock.</summary>
    /// <exception cref="StoreUnavailableException">A newer program wrote it.</exception>
    public static bool AreDue(SqliteSession session) => VersionOf(session) < Newest;

    /// <summary>Call within a write transaction.</summary>
    public static void Apply(SqliteSession session, DateTimeOffset now)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");
        var current = VersionOf(session);
        foreach (var (version, name, resource) in All.Where(migration => migration.Version > current))
        {
            session.Execute(TextOf(resource));
            var insert = session.Prepared("INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)");
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("@version", version);
            insert.Parameters.AddWithValue("@name", name);
            insert.Parameters.AddWithValue("@at", StoredTime.Of(now));
            insert.ExecuteNonQuery();
        }
    }

    private static int VersionOf(SqliteSession session)
    {
        if (session.Prepared("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'").ExecuteScalar() is null)
        {
            return 0;
        }

        var version = Convert.ToInt32(
            session.Prepared("SELECT COALESCE(MAX(version), 0) FROM schema_version").ExecuteScalar(), CultureInfo.InvariantCulture);
        return version <= Newest ? version : throw new StoreUnavailableException(
            $"The database {session.Path} was written by a newer sre-agent (schema {version}; this one knows up to {Newest}). " +
            "Nothing was changed. Run the newer program, or point Store:Path at another file.");
    }

    private static IEnumerable<(int Version, string Name, string Resource)> Embedded() =>
        from resource in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        let start = resource.IndexOf(Prefix, StringComparison.Ordinal)
        where start >= 0 && resource.EndsWith(".sql", StringComparison.Ordinal)
        let name = resource[(start + Prefix.Length)..^".sql".Length]
        let version = int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture)
        orderby version
        select (version, name, resource);

    private static string TextOf(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!; // Listed by the same assembly.
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
