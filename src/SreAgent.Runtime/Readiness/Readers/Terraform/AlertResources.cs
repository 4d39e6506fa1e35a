using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Monitors and alarms as resources, and dashboards beside them.</summary>
internal sealed class AlertResources : IResourceStatements
{
    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name) => type switch
    {
        "aws_cloudwatch_metric_alarm" => Alarm(text, resource, name, "alarm_name", "alarm_description", "metric_name", resource.Attribute("alarm_actions") is not null),
        "aws_cloudwatch_composite_alarm" => Alarm(text, resource, name, "alarm_name", "alarm_description", "alarm_rule", resource.Attribute("alarm_actions") is not null),
        "datadog_monitor" => Alarm(text, resource, name, "name", "message", "query", resource.Text("message")?.Contains('@', StringComparison.Ordinal) == true),
        "google_monitoring_alert_policy" => Alarm(text, resource, name, "display_name", "content", "filter", resource.Attribute("notification_channels") is not null),
        "azurerm_monitor_metric_alert" => Alarm(text, resource, name, "name", "description", "metric_name", resource.All("action").Any()),
        "newrelic_nrql_alert_condition" => Alarm(text, resource, name, "name", "description", "query", true),
        "grafana_rule_group" => resource.All("rule").SelectMany(rule => Alarm(text, rule, name, "name", "summary", "condition", true)),
        "signalfx_detector" or "honeycombio_trigger" => Alarm(text, resource, name, "name", "description", "program_text", true),
        "aws_cloudwatch_dashboard" or "datadog_dashboard" or "datadog_dashboard_json" or "google_monitoring_dashboard" or "grafana_dashboard" or "newrelic_one_dashboard" => Dashboard(text, resource, name),
        _ => [],
    };

    private static IEnumerable<Statement> Alarm(SourceText text, HclBlock resource, string name, string nameKey, string aboutKey, string conditionKey, bool notifies)
    {
        var shown = resource.Text(nameKey) ?? name;
        var about = resource.Text(aboutKey) ?? resource.All("documentation").Select(documentation => documentation.Text("content")).FirstOrDefault();
        var said = resource.Attribute(aboutKey) ?? resource.All("documentation").Concat(resource.All("annotations")).SelectMany(block => block.Attributes).FirstOrDefault();
        var runbook = Runbook(resource, about);
        yield return text.State(StatementKind.AlertRule, "alarm", resource.Line, Math.Min(resource.EndLine, resource.Line + 14),
            $"Alert {shown}: {Facts.OneLine(about ?? resource.Text(conditionKey) ?? "a condition")}{(notifies ? "" : " It notifies nobody.")}",
            ("name", shown), ("severity", resource.Text("severity") ?? resource.Text("priority")), ("expr", resource.Text(conditionKey)), ("summary", about), ("runbook", runbook), ("notifies", notifies ? "true" : "false"));
        if (runbook is not null && said is { } at)
        {
            yield return text.State(StatementKind.RunbookLink, "runbook link", at.Line, at.EndLine, $"Alert {shown} leads to the runbook {runbook}.", ("link", runbook), ("alert", shown));
        }
    }

    private static string? Runbook(HclBlock resource, string? about)
    {
        var annotated = resource.Attributes.Find(attribute => attribute.Name.Contains("runbook", StringComparison.OrdinalIgnoreCase))?.Value;
        return annotated ?? LinkWords.Runbook(about ?? "") ?? LinkWords.Runbook(resource.Text("annotations") ?? "");
    }

    private static IEnumerable<Statement> Dashboard(SourceText text, HclBlock resource, string name)
    {
        var shown = resource.Text("title") ?? resource.Text("dashboard_name") ?? resource.Text("name") ?? name;
        yield return text.State(StatementKind.Dashboard, "dashboard", resource.Line, resource.Line, $"Dashboard '{shown}'.", ("title", shown));
    }
}
