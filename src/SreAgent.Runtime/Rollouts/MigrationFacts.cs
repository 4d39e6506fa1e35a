using System.Text.RegularExpressions;
using SreAgent.Core.Changes;
using SreAgent.Core.Code;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>
/// Whether a rollout carries a change of schema, by where frameworks keep them. It can miss one that is kept elsewhere, and says so.
/// </summary>
internal static partial class MigrationFacts
{
    public static PlanFact Of(Looked<CommitRange> range, Looked<RolloutMethod> method, bool isRollback)
    {
        var command = method.Value?.Facts.FirstOrDefault(fact => fact.Name.Contains("release", StringComparison.OrdinalIgnoreCase) && fact.Name.Contains("command", StringComparison.OrdinalIgnoreCase));
        var runs = command is null ? "" : isRollback ? " The release command is not run again." : " A release command runs before any instance is changed, and may migrate.";
        if (range.Value is not { } between)
        {
            return new PlanFact("migrations", $"Not looked at: {range.Problem}{runs}");
        }

        var files = between.Files.Where(file => IsMigration(file.Path)).Select(file => file.Path).ToArray();
        var cut = between.FilesCut ? " The list of changed files was cut, so there may be more." : "";
        if (files.Length == 0)
        {
            return new PlanFact("migrations", $"None among {between.Files.Count} changed files, by the folders frameworks keep them in.{cut}{runs}");
        }

        var effect = isRollback
            ? "These came with what runs now and stay as they are: be sure the older image runs against them."
            : "Rolling back will not undo them: be sure the image that runs now works against what they leave behind.";
        return new PlanFact("migrations", $"{files.Length} changed: {string.Join(", ", files.Take(10))}{(files.Length > 10 ? ", …" : "")}. {effect}{cut}{runs}");
    }

    public static bool IsMigration(string path) => Known().IsMatch(path);

    /// <summary>Rails, Django, EF Core, Prisma, Laravel, Knex, Ecto, golang-migrate, goose (folders); Alembic, Flyway, Liquibase, and dumped schemas (files).</summary>
    [GeneratedRegex(
        @"(^|/)(migrations?|migrate|changesets|changelogs?/db|db/changelog|alembic/versions|flyway|liquibase)/[^/].*\.(sql|rb|py|cs|js|ts|php|exs|go|xml|ya?ml|json|java|kt)$|(^|/)(V\d[\d._]*__.+\.(sql|java)|db/(schema|structure)\.(rb|sql)|schema\.(sql|prisma))$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Known();
}
