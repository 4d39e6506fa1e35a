namespace SreAgent.Core.Readiness.Findings;

/// <summary>Alerts that wake somebody and do not say what to do. One finding a file: the remedy is the same for all its rules.</summary>
internal static class AlertsWithoutRunbook
{
    private const int MostNames = 3;

    private static readonly string[] Informs = ["info", "informational", "none", "debug", "notice"];

    public static IEnumerable<Finding> Find(Observed observed)
    {
        // Of an alarm that a program makes only the call is read, and not what it says.
        foreach (var file in observed.Of(StatementKind.AlertRule).Where(alert => alert.Fact("in") is null && !Informs.Contains(alert.Fact("severity") ?? "", StringComparer.OrdinalIgnoreCase)).GroupBy(alert => alert.At.Path, StringComparer.Ordinal))
        {
            var alerts = file.Where(alert => !IsAlwaysOn(alert)).ToArray();
            var without = alerts.Where(alert => alert.Fact("runbook") is null).ToArray();
            if (without.Length == 0)
            {
                continue;
            }

            var names = string.Join(", ", without.Take(MostNames).Select(alert => alert.Fact("name")));
            var severity = without.Any(Pages) ? FindingSeverity.Medium : FindingSeverity.Low;
            yield return without[0].Finding("alert-without-runbook", severity,
                $"{(without.Length == 1 ? $"Alert {names} leads" : $"{without.Length} of {alerts.Length} alerts ({names}{(without.Length > MostNames ? ", ..." : "")}) lead")} to no runbook; give each a link to what to check and what to do.");
        }
    }

    private static bool Pages(Statement alert) => alert.Fact("severity") is { } severity && severity.ToLowerInvariant() is "critical" or "page" or "pager" or "high" or "p1" or "p2" or "1" or "error";

    // Fires all the time, to show that alerting works.
    private static bool IsAlwaysOn(Statement alert) => alert.Fact("expr") is { } expression && expression.Replace(" ", "", StringComparison.Ordinal) is "vector(1)" || string.Equals(alert.Fact("name"), "Watchdog", StringComparison.Ordinal);
}
