namespace SreAgent.Core.Readiness.Findings;

/// <summary>What a reader should know beyond the questions. Rather silent than wrong.</summary>
public static class FindingRules
{
    private static readonly Func<Observed, IEnumerable<Finding>>[] Rules =
    [
        ExposedSecrets.Find,
        UntestedRecovery.Find,
        SinglePointsOfFailure.Find,
        OneWayUpgrades.Find,
        DeadRunbookLinks.Find,
        AlertsWithoutRunbook.Find,
        UnmeasuredClaims.Find,
        ManualSteps.Find,
    ];

    /// <returns>Most severe first, then by rule and place.</returns>
    public static IReadOnlyList<Finding> Find(IReadOnlyList<Statement> statements, SourceListing listing)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(listing);
        var observed = new Observed(statements, listing);
        return [.. Rules.SelectMany(rule => rule(observed)).OrderByDescending(finding => finding.Severity)];
    }
}
