using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers.Migrations;

/// <summary>Tells the framework of a migration by its path.</summary>
internal static partial class MigrationPaths
{
    private static readonly string[] Endings = [".rb", ".py", ".sql", ".exs", ".cs", ".js", ".ts", ".cjs", ".mjs", ".xml"];

    // Without one of these in its path it is none; most files end here, before any pattern runs.
    private static readonly string[] Marks = ["migrat", "/versions/", "changelog", "liquibase", ".up.sql", "/V"];

    /// <returns>Null for a file that is no migration, and for one that only undoes another.</returns>
    public static string? FrameworkOf(string path)
    {
        if (!Endings.Any(end => path.EndsWith(end, StringComparison.Ordinal)) || !Marks.Any(mark => path.Contains(mark, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return path switch
        {
            _ when Rails().IsMatch(path) => "Rails",
            _ when Django().IsMatch(path) => "Django",
            _ when Alembic().IsMatch(path) => "Alembic",
            _ when Flyway().IsMatch(path) => "Flyway",
            _ when UpDown().IsMatch(path) => "golang-migrate",
            _ when Prisma().IsMatch(path) => "Prisma",
            _ when Ecto().IsMatch(path) => "Ecto",
            _ when EntityFramework().IsMatch(path) && !path.EndsWith(".Designer.cs", StringComparison.OrdinalIgnoreCase) => "Entity Framework",
            _ when Knex().IsMatch(path) => "Knex",
            _ when Liquibase().IsMatch(path) => "Liquibase",
            _ when PlainSql().IsMatch(path) => "SQL",
            _ => null,
        };
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"(^|/)db/(\w+_)?(migrate|post_migrate)/\d{8,}_\w+\.rb$", Options, 10_000)]
    private static partial Regex Rails();

    [GeneratedRegex(@"(^|/)migrations/\d{4}_\w+\.py$", Options, 10_000)]
    private static partial Regex Django();

    [GeneratedRegex(@"(^|/)(alembic|migrations?)(/\w+)?/versions/[\w-]+\.py$", Options, 10_000)]
    private static partial Regex Alembic();

    [GeneratedRegex(@"(^|/)V[\d_.]+__[^/]+\.sql$", Options, 10_000)]
    private static partial Regex Flyway();

    [GeneratedRegex(@"(^|/)[^/]+\.up\.sql$|(^|/)migrations?/[^/]+/up\.sql$", Options, 10_000)]
    private static partial Regex UpDown();

    [GeneratedRegex(@"(^|/)prisma/migrations/[^/]+/migration\.sql$", Options, 10_000)]
    private static partial Regex Prisma();

    [GeneratedRegex(@"(^|/)priv/(\w+/)?\w*migrations/\d{8,}_\w+\.exs$", Options, 10_000)]
    private static partial Regex Ecto();

    [GeneratedRegex(@"(^|/)Migrations/(\w+/)?\d{14}_\w+\.cs$", Options, 10_000)]
    private static partial Regex EntityFramework();

    [GeneratedRegex(@"(^|/)(db/|database/|src/)?[mM]igrations?/\d{8,}[-_][\w-]+\.(js|ts|cjs|mjs)$", Options, 10_000)]
    private static partial Regex Knex();

    [GeneratedRegex(@"(^|/)((db/)?changelog|liquibase)/.{0,200}\.(xml|sql)$|(^|/)db\.changelog[\w.-]*\.(xml|sql)$", Options, 10_000)]
    private static partial Regex Liquibase();

    // goose, dbmate, sql-migrate and sqlx keep up and down in one file or have no down; their marks tell.
    [GeneratedRegex(@"(^|/)migrations?/(\w+/)?\d+[-_][^/]*(?<!\.down)\.sql$", Options, 10_000)]
    private static partial Regex PlainSql();
}
