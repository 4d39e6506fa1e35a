namespace SreAgent.Core.Readiness;

/// <summary>
/// In which order what answers a part is cited. What the rules rank higher comes first, and of what is set up the first of every sort before the second of
/// any: ten alert rules tell less than an alert rule, a dashboard and a scrape target.
/// </summary>
internal static class Citing
{
    /// <summary>Where prose ranks; what is set up ranks before it.</summary>
    public const int Prose = 1_000;

    /// <summary>Where what is set up ranks that shows less than prose.</summary>
    public const int AfterProse = 2_000;

    private const int FewestWords = 4;

    // Shown to readers: it runs there, and nowhere else.
    private static readonly string[] Shown = ["docs/", "doc/", "documentation/", "getting-started/"];

    public static IEnumerable<StatementReading> InOrder(List<(int Rank, StatementReading Statement)> answers)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var ranked = new List<(int Tier, int Nth, int Rank, StatementReading Statement)>(answers.Count);
        foreach (var (rank, statement) in answers.OrderBy(answer => answer.Rank).ThenBy(answer => answer.Statement.Standing).ThenBy(answer => answer.Statement.Operational ? 0 : 1).ThenBy(answer => NewestFirst(answer.Statement)))
        {
            var tier = statement.IsProse ? 1 : rank >= AfterProse || IsElsewhere(statement) ? 2 : 0;
            // A word or two say less than a sentence.
            var nth = statement.WordCount < FewestWords ? 1 : 0;
            if (tier != 1)
            {
                var sort = statement.Statement.At.Kind ?? "";
                nth = seen[sort] = seen.GetValueOrDefault(sort) + 1;
            }

            ranked.Add((tier, nth, rank, statement));
        }

        return ranked.OrderBy(answer => answer.Tier).ThenBy(answer => answer.Tier == 1 ? answer.Rank : answer.Nth).ThenBy(answer => answer.Tier == 1 ? answer.Nth : answer.Rank).Select(answer => answer.Statement);
    }

    // Migrations are numbered or dated: the last tells how it is done today.
    private static int NewestFirst(StatementReading statement) => statement.Statement.Kind == StatementKind.Migration ? -statement.Order : statement.Order;

    private static bool IsElsewhere(StatementReading statement) =>
        statement.Standing > 0 || Array.Exists(Shown, folder => $"/{statement.Statement.At.Path}".Contains($"/{folder}", StringComparison.OrdinalIgnoreCase));
}
