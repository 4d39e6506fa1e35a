using System.Globalization;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>What keeps the service up, or brings it back, and is taken away or made smaller.</summary>
internal static class SafeguardImpact
{
    private static readonly string[] Counts = ["replicas", "min"];

    private static readonly (StatementKind Kind, string Id, FindingSeverity Severity, string What)[] Kinds =
    [
        (StatementKind.Backup, "backup-removed", FindingSeverity.Critical, "A backup"),
        (StatementKind.HealthCheck, "health-check-removed", FindingSeverity.High, "A health check"),
        (StatementKind.Rollback, "rollback-removed", FindingSeverity.High, "A way back"),
        (StatementKind.Redundancy, "redundancy-removed", FindingSeverity.High, "Redundancy"),
        (StatementKind.OnCallRouting, "on-call-routing-removed", FindingSeverity.High, "A route for pages"),
        (StatementKind.DependencyBehaviour, "dependency-handling-removed", FindingSeverity.Medium, "Handling of a failing dependency"),
        (StatementKind.Shutdown, "shutdown-handling-removed", FindingSeverity.Medium, "Handling of shutdown"),
        (StatementKind.RunbookLink, "runbook-removed", FindingSeverity.Medium, "A link to a runbook"),
        (StatementKind.ResourceLimit, "resource-limit-removed", FindingSeverity.Medium, "A resource limit"),
        (StatementKind.Owner, "owner-removed", FindingSeverity.Medium, "An owner"),
        (StatementKind.Telemetry, "telemetry-removed", FindingSeverity.Medium, "Telemetry"),
    ];

    public static IEnumerable<Finding> Of(ILookup<StatementKind, Statement> before, ILookup<StatementKind, Statement> after) =>
        Kinds.SelectMany(kind => Removed(kind, before[kind.Kind], after[kind.Kind])).Concat(Fewer(before[StatementKind.Redundancy], after[StatementKind.Redundancy]));

    /// <summary>What is worded anew is not removed: as many as there are fewer, no more.</summary>
    private static IEnumerable<Finding> Removed((StatementKind Kind, string Id, FindingSeverity Severity, string What) kind, IEnumerable<Statement> before, IEnumerable<Statement> after) =>
        StatementName.Beyond(before, after).Take(Math.Max(0, before.Count() - after.Count()))
            .Select(statement => ProductionImpact.At(statement, kind.Id, kind.Severity, $"{kind.What} is taken away: {statement.Text.TrimEnd('.')}. Say what takes its place."));

    private static IEnumerable<Finding> Fewer(IEnumerable<Statement> before, IEnumerable<Statement> after)
    {
        var now = after.ToLookup(StatementName.Of, StringComparer.Ordinal);
        foreach (var statement in before)
        {
            if (Count(statement) is { } was && now[StatementName.Of(statement)].FirstOrDefault() is { } same && Count(same) is { } @is && @is < was)
            {
                yield return ProductionImpact.At(
                    same, "redundancy-lowered", @is <= 1 ? FindingSeverity.High : FindingSeverity.Medium,
                    string.Create(CultureInfo.InvariantCulture, $"There were {was}, now {@is}: {same.Text.TrimEnd('.')}. Say what happens when one of them is lost."));
            }
        }
    }

    private static int? Count(Statement statement) =>
        Counts.Select(field => int.TryParse(statement.Fields.GetValueOrDefault(field), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null).FirstOrDefault(count => count is not null);
}
