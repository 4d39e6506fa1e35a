using SreAgent.Core.Rollouts;

namespace SreAgent.Integrations.Grafana;

/// <summary>What people read on the dashboard. Grafana shows annotations as HTML, so what others wrote is taken at its letters.</summary>
internal static class AnnotationText
{
    public static string Opened(RolloutRecord record) => Plain(Head(record));

    public static string Closed(RolloutRecord record, RolloutEnding ending) =>
        Plain($"{Head(record)}\n{ending.Verdict} at {ending.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {ending.Detail}");

    public static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Head(RolloutRecord record)
    {
        var approvers = record.Approvers.Count == 0 ? "" : $", approved by {string.Join(", ", record.Approvers)}";
        var commit = record.Commit is { } sha ? $" (commit {sha})" : "";
        return $"{(record.IsRollback ? "Rollback" : "Deploy")} of {record.Service} in {record.Environment}: {record.From} to {record.To}{commit}\n"
            + $"{record.Change}, asked for by {record.Requester}{approvers}";
    }
}
