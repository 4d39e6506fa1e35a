namespace SreAgent.Core.Readiness.Findings;

/// <summary>Migrations without a way back, most of all those that lose data: the old version cannot run after them.</summary>
internal static class OneWayUpgrades
{
    // Old migrations have long been applied everywhere; the newest tell how it is done today.
    private const int Recent = 10;

    public static IEnumerable<Finding> Find(Observed observed)
    {
        foreach (var folder in observed.Of(StatementKind.Migration).GroupBy(migration => Folder(migration), StringComparer.Ordinal))
        {
            var recent = folder.OrderByDescending(migration => migration.At.Path, StringComparer.Ordinal).Take(Recent).ToArray();
            var oneWay = recent.Where(migration => migration.Fact("reversible") == "false").ToArray();
            var destroys = oneWay.Where(migration => migration.Fact("destroys") is not null).ToArray();
            if (destroys is [var worst, ..])
            {
                yield return worst.Finding("irreversible-migration", FindingSeverity.High,
                    $"{worst.Fact("name")} {worst.Fact("destroys")} and has no way back{Others(destroys.Length, recent.Length)}; stop using it in one release and remove it in a later one, and write down how to restore what was there.");
            }
            else if (oneWay is [var first, ..])
            {
                yield return first.Finding("irreversible-migration", FindingSeverity.Medium,
                    $"{first.Fact("name")} has no way back{Others(oneWay.Length, recent.Length)}; add one, or write down that the previous version runs on the new schema.");
            }
        }
    }

    private static string Others(int count, int of) => count == 1 ? "" : $" ({count} of the newest {of} in this folder have none)";

    private static string Folder(Statement migration)
    {
        var path = migration.At.Path;
        var folder = path[..(path.LastIndexOf('/') + 1)];

        // One folder a migration: they belong together one level up.
        return path.EndsWith("/migration.sql", StringComparison.Ordinal) || path.EndsWith("/up.sql", StringComparison.Ordinal) ? folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)] : folder;
    }
}
