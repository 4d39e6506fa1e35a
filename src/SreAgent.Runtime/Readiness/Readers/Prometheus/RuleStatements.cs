using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Prometheus;

/// <summary>Alert and recording rules: plain rule files, PrometheusRule objects, and groups within a chart's values.</summary>
internal sealed class RuleStatements : IYamlStatements
{
    private const int DeepestGroups = 6;

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Groups(document, 0).SelectMany(group => group.Items("rules").SelectMany(rule => Rule(text, rule, group.Text("name"))));

    // Wherever groups of rules stand: at the top, under spec, under a chart's key.
    private static IEnumerable<YamlNode> Groups(YamlNode node, int depth)
    {
        if (node is not YamlMap map || depth > DeepestGroups)
        {
            return [];
        }

        return map.Pairs.SelectMany(pair => pair.Name == "groups" && pair.Value is YamlList list
            ? list.Elements.Where(group => group.At("rules") is YamlList)
            : Groups(pair.Value, depth + 1));
    }

    private static IEnumerable<Statement> Rule(SourceText text, YamlNode rule, string? group)
    {
        if (rule.Entry("record") is { Value: YamlScalar { Value: { Length: > 0 } record } } recorded)
        {
            yield return text.State(StatementKind.RecordingRule, "recording rule", recorded.Line, rule.EndLine, $"Records {record} as {Facts.OneLine(rule.Text("expr") ?? "an expression")}.", ("name", record), ("expr", rule.Text("expr")), ("group", group));
        }

        if (rule.Entry("alert") is not { Value: YamlScalar { Value: { Length: > 0 } name } } alert || rule.Text("expr") is not { } expression)
        {
            yield break;
        }

        var (severity, lasting) = (rule.Text("labels", "severity") ?? rule.Text("labels", "priority"), rule.Text("for"));
        var about = rule.Text("annotations", "summary") ?? rule.Text("annotations", "description") ?? rule.Text("annotations", "message");
        var runbook = RunbookOf(rule);
        yield return text.State(StatementKind.AlertRule, "alert rule", Math.Min(alert.Line, rule.Line), rule.EndLine,
            $"Alert {name}{(severity is null ? "" : $" ({severity})")}{(lasting is null ? "" : $", after {lasting}")}: {Facts.OneLine(about ?? expression)}",
            ("name", name), ("severity", severity), ("expr", expression), ("for", lasting), ("summary", about), ("runbook", (runbook?.Value as YamlScalar)?.Value),
            ("service", rule.Text("labels", "service")), ("team", rule.Text("labels", "team") ?? rule.Text("labels", "owner")), ("group", group));
        if (runbook is not null)
        {
            var link = ((YamlScalar)runbook.Value).Value;
            yield return text.State(StatementKind.RunbookLink, "runbook link", runbook.Line, runbook.EndLine, $"Alert {name} leads to the runbook {link}.", ("link", link), ("alert", name));
        }
    }

    private static YamlEntry? RunbookOf(YamlNode rule) =>
        rule.Entries("annotations").FirstOrDefault(annotation =>
            annotation.Value is YamlScalar { Value: { Length: > 0 } value }
            && (annotation.Name.Contains("runbook", StringComparison.OrdinalIgnoreCase) || annotation.Name.Contains("playbook", StringComparison.OrdinalIgnoreCase) || annotation.Name is "sop" or "sop_url"
                || annotation.Name is "url" or "link" or "docs" or "documentation" or "wiki" && Array.Exists(Instructions, word => value.Contains(word, StringComparison.OrdinalIgnoreCase))));

    // Where an alert's only link leads is instructions when its address says so; else it may be a graph.
    private static readonly string[] Instructions = ["runbook", "playbook", "alert", "manual", "troubleshoot", "on-call", "oncall", "incident", "sop", "wiki", ".md"];
}
