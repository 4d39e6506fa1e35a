namespace SreAgent.Core.Readiness.Findings;

/// <summary>Links to runbooks that lead to a file of this repository which is not there.</summary>
internal static class DeadRunbookLinks
{
    public static IEnumerable<Finding> Find(Observed observed) =>
        from link in observed.Of(StatementKind.RunbookLink)
        let target = RepositoryLink.Target(link.Fact("link") ?? "", link.At.Path, link.Fact("relative") == "true")
        where target is not null && !RepositoryLink.Exists(target, observed.Paths)
        select link.Finding("dead-runbook-link", FindingSeverity.Medium,
            $"{(link.Fact("alert") is { } alert ? $"The runbook of alert {alert}" : "A link to a runbook")} leads to {target}, which is not in the repository; write it there or mend the link.");
}
