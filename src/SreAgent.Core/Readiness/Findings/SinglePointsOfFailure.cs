namespace SreAgent.Core.Readiness.Findings;

/// <summary>One of something that the service stops without, where a file says so in a number.</summary>
internal static class SinglePointsOfFailure
{
    public static IEnumerable<Finding> Find(Observed observed)
    {
        var redundancy = observed.Of(StatementKind.Redundancy).Where(statement => !statement.IsForTrying()).ToArray();
        return redundancy
            .Where(statement => statement.Fact("platform") != "compose" && !IsTool(statement.Fact("service") ?? ""))
            .Select(statement => One(statement, redundancy))
            .OfType<Finding>()
            .DistinctBy(finding => finding.Message, StringComparer.Ordinal);
    }

    // Makes traffic for others to be seen; nobody waits for it.
    private static bool IsTool(string service) => service.Contains("loadgen", StringComparison.OrdinalIgnoreCase) || service.Contains("load-gen", StringComparison.OrdinalIgnoreCase) || service.Contains("load-test", StringComparison.OrdinalIgnoreCase);

    private static Finding? One(Statement statement, Statement[] all)
    {
        var service = statement.Fact("service") ?? "The service";
        if (statement.Fact("multiZone") == "false")
        {
            return statement.Finding("single-point-of-failure", FindingSeverity.High, $"{service} stands in one zone; turn on its standby in a second one, or write down how long the service may be gone and how it is brought back.");
        }

        if (statement.Fact("replicas") == "1" && !IsScaled(statement, service, all))
        {
            return statement.Finding("single-point-of-failure", FindingSeverity.High, $"{service} runs one replica, so every deploy, drain and crash is an outage; run at least two and keep them on different nodes, or say why one is enough.");
        }

        return (statement.Fact("min"), statement.Fact("max")) switch
        {
            ("1", "1") => statement.Finding("single-point-of-failure", FindingSeverity.High, $"{service} is never more than one instance, so every crash is an outage; allow at least two, or say why one is enough."),
            ("0", null) when statement.At.Path.EndsWith(".toml", StringComparison.Ordinal) => statement.Finding("scales-to-zero", FindingSeverity.Low, $"{service} may run no machine at all, so the first request after a quiet time waits for a start; keep at least one running if that matters."),
            _ => null,
        };
    }

    // Somebody else decides how many: an autoscaler, or another file of values or overlay for the same service.
    private static bool IsScaled(Statement statement, string service, Statement[] all) =>
        all.Any(other => !ReferenceEquals(other, statement)
            && string.Equals(other.Fact("service"), service, StringComparison.Ordinal)
            && (IsSeveral(other.Fact("replicas")) || (other.Fact("max") is { } && other.Fact("max") != "1")));

    private static bool IsSeveral(string? count) => int.TryParse(count, out var number) && number > 1;
}
