using System.Globalization;
using System.Text.RegularExpressions;
using SreAgent.Core.Time;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>Alerts and objectives that a change takes away or makes easier to live with.</summary>
internal static partial class WatcherImpact
{
    private static readonly string[] Severities = ["none", "info", "information", "low", "warning", "warn", "ticket", "medium", "high", "error", "page", "critical", "emergency"];

    public static IEnumerable<Finding> Alerts(IEnumerable<Statement> before, IEnumerable<Statement> after)
    {
        var now = after.ToLookup(StatementName.Of, StringComparer.Ordinal);
        foreach (var alert in StatementName.Beyond(before, now.SelectMany(same => same)))
        {
            yield return ProductionImpact.At(alert, "alert-removed", FindingSeverity.High, $"The alert {StatementName.Of(alert)} is gone. Say what tells of that trouble instead.");
        }

        foreach (var alert in before)
        {
            if (now[StatementName.Of(alert)].FirstOrDefault() is { } same && Loosened(alert.Fields, same.Fields) is { } how)
            {
                yield return ProductionImpact.At(same, "alert-loosened", FindingSeverity.Medium, $"The alert {StatementName.Of(alert)} {how}. It fires later, or wakes nobody; say why that is enough.");
            }
            else if (now[StatementName.Of(alert)].FirstOrDefault() is { } kept && alert.Fields.ContainsKey("runbook") && !kept.Fields.ContainsKey("runbook"))
            {
                yield return ProductionImpact.At(alert, "runbook-removed", FindingSeverity.Medium, $"The alert {StatementName.Of(alert)} loses its runbook.");
            }
        }
    }

    public static IEnumerable<Finding> Objectives(IEnumerable<Statement> before, IEnumerable<Statement> after)
    {
        var now = after.ToLookup(StatementName.Of, StringComparer.Ordinal);
        foreach (var slo in StatementName.Beyond(before, now.SelectMany(same => same)))
        {
            yield return ProductionImpact.At(slo, "slo-removed", FindingSeverity.High, $"The objective {StatementName.Of(slo)} is gone, and with it the error budget. Say what it is measured by instead.");
        }

        foreach (var slo in before)
        {
            if (now[StatementName.Of(slo)].FirstOrDefault() is { } same && Number(slo.Fields.GetValueOrDefault("objective")) is { } was && Number(same.Fields.GetValueOrDefault("objective")) is { } @is && was != @is)
            {
                var (from, to) = (slo.Fields["objective"], same.Fields["objective"]);
                yield return @is < was
                    ? ProductionImpact.At(same, "slo-loosened", FindingSeverity.Medium, $"The objective {StatementName.Of(slo)} goes down from {from} to {to}. Whoever relies on it should know.")
                    : ProductionImpact.At(same, "slo-tightened", FindingSeverity.Low, $"The objective {StatementName.Of(slo)} goes up from {from} to {to}: less error budget for the same errors.");
            }
        }
    }

    private static string? Loosened(IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now)
    {
        if (Rank(was.GetValueOrDefault("severity")) is { } high && Rank(now.GetValueOrDefault("severity")) is { } low && low < high)
        {
            return $"has severity {now["severity"]}, was {was["severity"]}";
        }

        if (Duration(was.GetValueOrDefault("for")) is { } shorter && Duration(now.GetValueOrDefault("for")) is { } longer && longer > shorter)
        {
            return $"waits {now["for"]}, was {was.GetValueOrDefault("for") ?? "at once"}";
        }

        return Threshold(was) is { } old && Threshold(now) is { } @new && old.Left == @new.Left && old.Operator[0] == @new.Operator[0]
            && (old.Operator[0] == '>' ? @new.Value > old.Value : @new.Value < old.Value)
            ? string.Create(CultureInfo.InvariantCulture, $"fires at {@new.Operator} {@new.Value}, was {old.Operator} {old.Value}")
            : null;
    }

    private static int? Rank(string? severity) => Array.FindIndex(Severities, name => name.Equals(severity, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank ? rank : null;

    private static TimeSpan? Duration(string? text) => text is null ? TimeSpan.Zero : TimeExpression.TryParseDuration(text, out var duration) ? duration : null;

    private static (string Left, string Operator, double Value)? Threshold(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault("expr") is { } expression && Comparison().Match(expression) is { Success: true } match
        && double.TryParse(match.Groups["value"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (match.Groups["left"].Value.Trim(), match.Groups["operator"].Value, value)
            : null;

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim().TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number > 1 ? number : number * 100 : null;

    [GeneratedRegex(@"^(?<left>[\s\S]+?)(?<operator>[<>]=?)\s*(?<value>-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)\s*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex Comparison();
}
