using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Who is paged, as resources: schedules, escalation policies, services and integrations of PagerDuty, Opsgenie, Grafana OnCall, Splunk On-Call and incident.io.</summary>
internal sealed class OnCallResources : IResourceStatements
{
    private static readonly Dictionary<string, (string What, string System)> Kinds = new(StringComparer.Ordinal)
    {
        ["pagerduty_schedule"] = ("schedule", "pagerduty"),
        ["pagerduty_schedulev2"] = ("schedule", "pagerduty"),
        ["pagerduty_escalation_policy"] = ("escalation policy", "pagerduty"),
        ["pagerduty_service"] = ("service", "pagerduty"),
        ["pagerduty_service_integration"] = ("integration", "pagerduty"),
        ["pagerduty_event_orchestration_service"] = ("routing", "pagerduty"),
        ["opsgenie_schedule"] = ("schedule", "opsgenie"),
        ["opsgenie_schedule_rotation"] = ("rotation", "opsgenie"),
        ["opsgenie_escalation"] = ("escalation policy", "opsgenie"),
        ["opsgenie_team_routing_rule"] = ("routing", "opsgenie"),
        ["opsgenie_service"] = ("service", "opsgenie"),
        ["opsgenie_api_integration"] = ("integration", "opsgenie"),
        ["jsm_ops_schedule"] = ("schedule", "jira service management"),
        ["grafana_oncall_schedule"] = ("schedule", "grafana oncall"),
        ["grafana_oncall_escalation_chain"] = ("escalation policy", "grafana oncall"),
        ["grafana_oncall_escalation"] = ("escalation policy", "grafana oncall"),
        ["grafana_oncall_route"] = ("routing", "grafana oncall"),
        ["grafana_contact_point"] = ("contact point", "grafana"),
        ["victorops_team"] = ("team", "splunk on-call"),
        ["victorops_escalation_policy"] = ("escalation policy", "splunk on-call"),
        ["incident_schedule"] = ("schedule", "incident.io"),
        ["incident_escalation_path"] = ("escalation policy", "incident.io"),
        ["betteruptime_policy"] = ("escalation policy", "better stack"),
        ["google_monitoring_notification_channel"] = ("notification channel", "google cloud monitoring"),
    };

    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name)
    {
        if (Elsewhere(text, resource, type, name) is { } routed)
        {
            yield return routed;
        }

        if (!Kinds.TryGetValue(type, out var kind))
        {
            yield break;
        }

        var (shown, at) = (resource.Text("name") ?? resource.Text("display_name") ?? name, resource.Attribute("name") ?? resource.Attribute("display_name"));
        yield return text.State(StatementKind.OnCallRouting, $"on-call {kind.What}", resource.Line, at?.Line is { } line && line - resource.Line <= 3 ? line : resource.Line,
            $"On-call {kind.What} {shown} in {kind.System}.", (kind.What.Replace(' ', '-'), shown), ("system", kind.System), ("pages", kind.What is "contact point" or "notification channel" && !Pages(resource) ? "false" : "true"), ("team", resource.Text("team_id") ?? resource.Text("owner_team_id") ?? resource.Text("teams")));
    }

    // Resources of other services that lead to whoever is paged by what stands in them.
    private static Statement? Elsewhere(SourceText text, HclBlock resource, string type, string name)
    {
        var (attribute, what) = type switch
        {
            "aws_sns_topic_subscription" => (resource.Attribute("endpoint"), "subscription"),
            "datadog_monitor" => (resource.Attribute("message"), "notification"),
            "azurerm_monitor_action_group" => (resource.Attribute("name"), "action group"),
            "statuscake_uptime_check" or "statuscake_test" => (resource.Attribute("contact_groups") ?? resource.Attribute("contact_group"), "contact group"),
            _ => (null, ""),
        };
        if (attribute is null)
        {
            return null;
        }

        var system = Array.Find(Pagers, pager => attribute.Value.Contains(pager, StringComparison.OrdinalIgnoreCase));
        var pages = system is not null || type == "azurerm_monitor_action_group" && resource.Blocks.Any(block => block.Type is "sms_receiver" or "voice_receiver");
        return pages || type is "azurerm_monitor_action_group" or "statuscake_uptime_check" or "statuscake_test" || type == "aws_sns_topic_subscription" && IsOfAlerts(text, resource, name)
            ? text.State(StatementKind.OnCallRouting, $"on-call {what}", attribute.Line, Math.Min(attribute.EndLine, attribute.Line + 5), $"Alerts reach {system ?? "people"} by {name}.", ("system", system ?? type.Split('_')[0]), ("pages", pages ? "true" : "false"))
            : null;
    }

    // Topics carry all sorts of messages.
    private static bool IsOfAlerts(SourceText text, HclBlock subscription, string name) =>
        subscription.Text("protocol") is "email" or "email-json" or "sms" or "http" or "https" or "lambda"
        && new[] { text.Path, name, subscription.Attribute("topic_arn")?.Value ?? "" }.Any(said => Array.Exists(AlertWords, word => said.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static readonly string[] AlertWords = ["alert", "alarm", "monitor", "cloudwatch", "pager"];

    private static readonly string[] Pagers = ["pagerduty", "opsgenie", "victorops", "splunk-oncall", "oncall", "incident.io"];

    // A channel of chat or mail informs; nobody is woken by it.
    private static bool Pages(HclBlock channel) => channel.Text("type") is "pagerduty" or "opsgenie" or "victorops" || channel.Blocks.Any(block => block.Type is "pagerduty" or "opsgenie" or "victorops" or "oncall");
}
