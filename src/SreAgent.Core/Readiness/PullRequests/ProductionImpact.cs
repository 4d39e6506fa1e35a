using System.Globalization;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>
/// What a difference does in production: stored state it migrates, infrastructure it touches, watchers and safeguards it takes away, what it
/// comes to depend on. Found from what the changed files state before and after, not from their lines.
/// </summary>
public static class ProductionImpact
{
    private const int MostNamed = 5;

    /// <returns>Most severe first, then by path.</returns>
    public static IReadOnlyList<Finding> Of(PullRequestFacts pullRequest, IReadOnlyList<ReadChange> changes)
    {
        ArgumentNullException.ThrowIfNull(pullRequest);
        ArgumentNullException.ThrowIfNull(changes);
        var before = changes.SelectMany(change => change.Before?.Statements ?? []).ToLookup(statement => statement.Kind);
        var after = changes.SelectMany(change => change.After?.Statements ?? []).ToLookup(statement => statement.Kind);
        return
        [
            .. Secrets(before, after)
                .Concat(Migrations(before, after))
                .Concat(WatcherImpact.Alerts(before[StatementKind.AlertRule], after[StatementKind.AlertRule]))
                .Concat(WatcherImpact.Objectives(before[StatementKind.SloObjective], after[StatementKind.SloObjective]))
                .Concat(SafeguardImpact.Of(before, after))
                .Concat(Runbooks(pullRequest.Files))
                .Concat(Infrastructure(pullRequest.Files))
                .Concat(DependencyImpact.Of(changes, after[StatementKind.Dependency].Except(before[StatementKind.Dependency], StatementName.Same)))
                .OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Path, StringComparer.Ordinal).ThenBy(finding => finding.Line),
        ];
    }

    private static IEnumerable<Finding> Secrets(ILookup<StatementKind, Statement> before, ILookup<StatementKind, Statement> after) =>
        StatementName.Beyond(after[StatementKind.ExposedSecret], before[StatementKind.ExposedSecret])
            .Select(secret => At(secret, "secret-added", FindingSeverity.Critical, $"A secret ({secret.Fields.GetValueOrDefault("secret") ?? "of unknown kind"}) comes in with this change. Take it out, and replace it: whoever can read the branch has it."));

    private static IEnumerable<Finding> Migrations(ILookup<StatementKind, Statement> before, ILookup<StatementKind, Statement> after) =>
        StatementName.Beyond(after[StatementKind.Migration], before[StatementKind.Migration]).Select(migration =>
        {
            var says = migration.Text.TrimEnd('.');
            return migration.Fields.GetValueOrDefault("destroys") is { } destroys
                ? At(migration, "migration-irreversible", FindingSeverity.High, $"A migration that {destroys}: {says}. What is lost does not come back with the version before it; say how to recover.")
                : migration.Fields.GetValueOrDefault("reversible") == "false"
                ? At(migration, "migration-irreversible", FindingSeverity.High, $"A migration without a way back: {says}. The version before it cannot simply be put back; say how to recover.")
                : At(migration, "migration-added", FindingSeverity.Medium, $"A migration: {says}. Make sure the version that runs now works with it too.");
        });

    private static IEnumerable<Finding> Runbooks(IEnumerable<ChangedPath> files) =>
        files.Where(file => file.Change == PathChange.Removed && OperationalPath.IsRunbook(file.Path))
            .Select(file => new Finding("runbook-removed", FindingSeverity.Medium, "A runbook is deleted. Whoever is paged may follow a link to it.") { Path = file.Path });

    private static IEnumerable<Finding> Infrastructure(IEnumerable<ChangedPath> files) =>
        files.GroupBy(file => OperationalPath.InfrastructureOf(file.Path), StringComparer.Ordinal).Where(sort => sort.Key is not null).Select(sort =>
        {
            ChangedPath[] all = [.. sort];
            var named = string.Join(", ", all.Take(MostNamed).Select(file => file.Path));
            var more = all.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - MostNamed} more") : "";
            var removed = all.Any(file => file.Change == PathChange.Removed);
            return new Finding(
                "infrastructure-changed", removed ? FindingSeverity.High : FindingSeverity.Medium,
                $"{sort.Key} {(removed ? "changes, and a part of it is deleted" : "changes")}: {named}{more}. It takes effect where it is applied, not where the code is deployed.")
            {
                Path = all[0].Path,
            };
        });

    internal static Finding At(Statement statement, string id, FindingSeverity severity, string message) =>
        new(id, severity, message) { Path = statement.At.Path, Line = statement.At.Line };
}
