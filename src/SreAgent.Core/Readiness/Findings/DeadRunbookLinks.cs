namespace SreAgent.Core.Readiness.Findings;

/// <summary>Links to runbooks that lead to a file of this repository which is not there.</summary>
public static class DeadRunbookLinks
{
    /// <summary>The statements that may be evidence: a link that leads nowhere helps nobody who is paged.</summary>
    public static IReadOnlyList<Statement> LeftOut(IReadOnlyList<Statement> statements, SourceListing listing)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(listing);
        if (!statements.Any(statement => statement.Kind == StatementKind.RunbookLink))
        {
            return statements;
        }

        var paths = new RepositoryPaths(listing);
        return [.. statements.Where(statement => statement.Kind != StatementKind.RunbookLink || Dead(statement, paths) is null)];
    }

    internal static IEnumerable<Finding> Find(Observed observed) =>
        from link in observed.Of(StatementKind.RunbookLink)
        let target = Dead(link, observed.Paths)
        where target is not null
        select link.Finding("dead-runbook-link", FindingSeverity.Medium,
            $"{(link.Fact("alert") is { } alert ? $"The runbook of alert {alert}" : "A link to a runbook")} leads to {target}, which is not in the repository; write it there or mend the link.");

    // Where it leads in vain; null when it leads somewhere, or elsewhere.
    private static string? Dead(Statement link, RepositoryPaths paths) =>
        RepositoryLink.Target(link.Fact("link") ?? "", link.At.Path, link.Fact("relative") == "true") is { } target && !paths.Has(target) ? target : null;
}
