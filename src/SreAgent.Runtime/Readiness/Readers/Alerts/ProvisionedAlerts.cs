using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Alerts;

/// <summary>Alerts that are provisioned from YAML and are no rules of Prometheus: Grafana, Datadog, CloudWatch in CloudFormation, Google Cloud.</summary>
internal sealed class ProvisionedAlerts : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) => document.Text("kind") switch
    {
        "GrafanaAlertRuleGroup" => Rules(text, document.Items("spec", "rules")),
        "DatadogMonitor" => Alarm(text, document.At("spec"), "name", "message", "query"),
        "MonitoringAlertPolicy" => Alarm(text, document.At("spec"), "displayName", "documentation", "conditions"),
        _ => document.Items("groups").SelectMany(group => Rules(text, group.Items("rules"))).Concat(Stack(text, document)),
    };

    // Grafana asks for a title and the query that decides; the rules of Prometheus have neither.
    private static IEnumerable<Statement> Rules(SourceText text, IReadOnlyList<YamlNode> rules) =>
        rules.Where(rule => rule.At("alert") is null && rule.Text("condition") is not null).SelectMany(rule => Alarm(text, rule, "title", "summary", "condition"));

    private static IEnumerable<Statement> Stack(SourceText text, YamlNode document) =>
        document.Entries("Resources").Where(resource => resource.Value.Text("Type") is "AWS::CloudWatch::Alarm" or "AWS::CloudWatch::CompositeAlarm")
            .SelectMany(resource => Alarm(text, resource.Value.At("Properties"), "AlarmName", "AlarmDescription", "MetricName", resource.Name));

    private static IEnumerable<Statement> Alarm(SourceText text, YamlNode? alarm, string nameKey, string aboutKey, string conditionKey, string? called = null)
    {
        if (alarm is not YamlMap { Pairs.Count: > 0 } map || (map.Text(nameKey) ?? called) is not { } name)
        {
            yield break;
        }

        var about = map.Text("annotations", aboutKey) ?? map.Text("annotations", "description") ?? map.Text(aboutKey);
        var runbook = map.Entries("annotations").FirstOrDefault(annotation => annotation.Name.Contains("runbook", StringComparison.OrdinalIgnoreCase) && annotation.Value is YamlScalar { Value.Length: > 0 });
        var link = (runbook?.Value as YamlScalar)?.Value ?? LinkWords.Runbook(about ?? "");
        var severity = map.Text("labels", "severity") ?? map.Text("options", "priority");
        var condition = map.Text(conditionKey);
        yield return text.State(StatementKind.AlertRule, "alert rule", map.Line, Math.Min(map.EndLine, map.Line + 14), $"Alert {name}{(severity is null ? "" : $" ({severity})")}: {Facts.OneLine(about ?? condition ?? "a condition")}",
            ("name", name), ("severity", severity), ("summary", about), ("for", map.Text("for")), ("runbook", link), ("notifies", map.Items("AlarmActions").Count > 0 && map.Text("ActionsEnabled") is not "false" ? "true" : null), ("measures", Measured.By($"{name} {condition} {about}")), ("instructs", AlertWords.Instructs(about)));
        if (runbook is not null)
        {
            yield return text.State(StatementKind.RunbookLink, "runbook link", runbook.Line, runbook.EndLine, $"Alert {name} leads to the runbook {link}.", ("link", link), ("alert", name));
        }
    }
}
