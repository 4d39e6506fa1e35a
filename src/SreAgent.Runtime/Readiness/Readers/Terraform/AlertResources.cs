using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Alerts;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Monitors and alarms as resources, and dashboards beside them.</summary>
internal sealed class AlertResources : IResourceStatements
{
    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name) => type switch
    {
        "aws_cloudwatch_metric_alarm" => Alarm(text, resource, name, "alarm_name", "alarm_description", "metric_name", Acts(resource, "alarm_actions")),
        "aws_cloudwatch_composite_alarm" => Alarm(text, resource, name, "alarm_name", "alarm_description", "alarm_rule", Acts(resource, "alarm_actions")),
        "datadog_monitor" => Alarm(text, resource, name, "name", "message", "query", resource.Text("message")?.Contains('@', StringComparison.Ordinal) == true),
        "google_monitoring_alert_policy" => Alarm(text, resource, name, "display_name", "content", "filter", Acts(resource, "notification_channels")),
        "azurerm_monitor_metric_alert" => Alarm(text, resource, name, "name", "description", "metric_name", resource.All("action").Any()),
        "newrelic_nrql_alert_condition" => Alarm(text, resource, name, "name", "description", "query", null),
        "grafana_rule_group" => resource.All("rule").SelectMany(rule => Alarm(text, rule, name, "name", "summary", "condition", null)),
        "signalfx_detector" or "honeycombio_trigger" => Alarm(text, resource, name, "name", "description", "program_text", null),
        "azurerm_monitor_scheduled_query_rules_alert" or "azurerm_monitor_scheduled_query_rules_alert_v2" => Alarm(text, resource, name, "name", "description", "query", resource.All("action").Any()),
        "azurerm_monitor_activity_log_alert" or "azurerm_monitor_smart_detector_alert_rule" => Alarm(text, resource, name, "name", "description", "detector_type", resource.All("action").Concat(resource.All("action_group")).Any()),
        "azurerm_monitor_alert_prometheus_rule_group" => resource.All("rule").Where(rule => rule.Attribute("alert") is not null).SelectMany(rule => Alarm(text, rule, name, "alert", "summary", "expression", null)),
        "newrelic_alert_condition" or "newrelic_synthetics_alert_condition" or "sentry_issue_alert" or "sentry_metric_alert" or "sentry_alert" or "elasticstack_kibana_alerting_rule" or "coralogix_alert" or "sumologic_monitor" or "logzio_alert_v2" or "dynatrace_metric_events"
            => Alarm(text, resource, name, "name", "description", "query", null),
        "pingdom_check" or "statuscake_test" or "statuscake_uptime_check" or "uptimerobot_monitor" or "betteruptime_monitor" or "checkly_check" or "updown_check" or "datadog_synthetics_test" or "newrelic_synthetics_monitor" or "newrelic_synthetics_script_monitor"
            or "google_monitoring_uptime_check_config" or "aws_synthetics_canary" or "azurerm_application_insights_web_test" or "azurerm_application_insights_standard_web_test" or "grafana_synthetic_monitoring_check" or "cloudflare_healthcheck" => Outside(text, resource, name),
        "aws_cloudwatch_log_metric_filter" or "google_logging_metric" or "datadog_logs_metric" or "azurerm_application_insights" or "azurerm_monitor_diagnostic_setting" => Collected(text, resource, type, name),
        "aws_cloudwatch_dashboard" or "datadog_dashboard" or "datadog_dashboard_json" or "google_monitoring_dashboard" or "grafana_dashboard" or "newrelic_one_dashboard" or "azurerm_portal_dashboard" or "azurerm_dashboard_grafana_dashboard" or "signalfx_dashboard" or "dynatrace_dashboard" or "dynatrace_json_dashboard" or "honeycombio_flexible_board" => Dashboard(text, resource, name),
        _ => [],
    };

    private static bool Acts(HclBlock resource, string attribute) =>
        resource.Attribute(attribute) is { } actions && actions.Value.Any(character => !char.IsWhiteSpace(character) && character is not ('[' or ']')) && resource.Attribute("actions_enabled")?.Value != "false";

    /// <param name="notifies">Null where the resource does not tell: who hears of it stands elsewhere.</param>
    private static IEnumerable<Statement> Alarm(SourceText text, HclBlock resource, string name, string nameKey, string aboutKey, string conditionKey, bool? notifies)
    {
        var shown = resource.Text(nameKey) ?? name;
        var about = resource.Text(aboutKey) ?? resource.All("documentation").Select(documentation => documentation.Text("content")).FirstOrDefault();
        var said = resource.Attribute(aboutKey) ?? resource.All("documentation").Concat(resource.All("annotations")).SelectMany(block => block.Attributes).FirstOrDefault();
        var runbook = Runbook(resource, about);
        yield return text.State(StatementKind.AlertRule, "alarm", resource.Line, Math.Min(resource.EndLine, resource.Line + 14),
            $"Alert {shown}: {Facts.OneLine(about ?? resource.Text(conditionKey) ?? "a condition")}{(notifies == false ? " It notifies nobody." : "")}",
            ("name", shown), ("severity", resource.Text("severity") ?? resource.Text("priority")), ("expr", resource.Text(conditionKey)), ("summary", about), ("runbook", runbook), ("notifies", notifies switch { true => "true", false => "false", null => null }), ("measures", Measured.By($"{shown} {resource.Text(conditionKey)} {Metrics(resource)}")), ("instructs", AlertWords.Instructs(about)));
        if ((Measured.OfObjective(shown) || Measured.OfObjective(name)) && resource.Attribute("threshold") is { } bound)
        {
            yield return text.State(StatementKind.SloObjective, "alarm on an objective", resource.Line, Math.Min(resource.EndLine, resource.Line + 14), $"Alert {shown} fires when an objective is missed (threshold {Facts.OneLine(bound.Value)}).", ("name", shown), ("format", "alarm"));
        }

        if (runbook is not null && said is { } at)
        {
            yield return text.State(StatementKind.RunbookLink, "runbook link", at.Line, at.EndLine, $"Alert {shown} leads to the runbook {runbook}.", ("link", runbook), ("alert", shown));
        }
    }

    // An alarm over several metrics, or over what they come to, names them further in.
    private static string Metrics(HclBlock resource) =>
        string.Join(' ', resource.All("metric_query").Concat(resource.All("criteria")).SelectMany(query => query.All("metric").Append(query)).Select(metric => metric.Text("metric_name") ?? metric.Text("expression")).OfType<string>());

    private static IEnumerable<Statement> Outside(SourceText text, HclBlock resource, string name)
    {
        yield return text.State(StatementKind.HealthCheck, "probe from outside", resource.Line, Math.Min(resource.EndLine, resource.Line + 8), $"{resource.Text("name") ?? name} is checked from outside.", ("probe", "blackbox"), ("service", name));
    }

    private static IEnumerable<Statement> Collected(SourceText text, HclBlock resource, string type, string name)
    {
        yield return text.State(StatementKind.Telemetry, "telemetry resource", resource.Line, Math.Min(resource.EndLine, resource.Line + 8), $"{resource.Text("name") ?? name} collects telemetry.", ("signal", type.Contains("metric", StringComparison.Ordinal) ? "metrics" : "all"), ("service", name));
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
