using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Infrastructure that a program makes: alarms, dashboards and pipelines in the AWS CDK and Pulumi, objectives in Go, rules in Jsonnet, Azure resources in Bicep.</summary>
internal static partial class InfrastructureSigns
{
    private static readonly string[] Programs = [.. Node, .. Jvm, "py", "cs"];
    private static readonly string[] Jsonnet = ["jsonnet", "libsonnet"];
    private static readonly string[] Bicep = ["bicep"];

    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Alarm("Alarm(", Programs) with { Line = AlarmMade() }, Alarm("alert:", Jsonnet) with { Line = RuleMade() }, Alarm("Microsoft.Insights/metricAlerts", Bicep),
        Alarm("Microsoft.Insights/scheduledQueryRules", Bicep), Alarm("Microsoft.AlertsManagement/", Bicep),
        Routing(".addAlarmAction(", Programs), Routing(".add_alarm_action(", Programs), Routing("SlackChannelConfiguration(", Programs), Routing("Microsoft.Insights/actionGroups", Bicep),
        Dashboard("Dashboard(", Programs) with { Line = DashboardMade() }, Dashboard("Microsoft.Portal/dashboards", Bicep),
        new(StatementKind.Pipeline, "CodePipeline(", Programs, "pipeline in code", "The code makes a pipeline that deploys.", ("does", "deploy")),
        new(StatementKind.DeployStrategy, "ManualApprovalStep(", Programs, "approval in code", "A person approves before the pipeline goes on.", ("strategy", "staged")),
        new(StatementKind.SloObjective, "Objective:", ["go"], "objective in code", "The code makes a service level objective.", ("objective", "in code")) { Line = ObjectiveMade() },
        new(StatementKind.HealthCheck, "Microsoft.Insights/webtests", Bicep, "probe from outside", "It is checked from outside.", ("probe", "blackbox")),
        new(StatementKind.Telemetry, "Microsoft.Insights/components", Bicep, "telemetry resource", "Application Insights collects telemetry.", ("signal", "all")),
    ];

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static CodeSign Alarm(string literal, string[] languages) => new(StatementKind.AlertRule, literal, languages, "alarm in code", "The code makes an alarm.", ("name", "in code"));

    private static CodeSign Routing(string literal, string[] languages) => new(StatementKind.OnCallRouting, literal, languages, "notification in code", "Alarms that the code makes notify somebody.", ("pages", "false"));

    private static CodeSign Dashboard(string literal, string[] languages) => new(StatementKind.Dashboard, literal, languages, "dashboard in code", "The code makes a dashboard.", ("title", "in code"));

    [GeneratedRegex(@"\bnew\s+\w*Alarm\(\s*(this|scope|stack|parent|construct)\b|\b\w*(cloudwatch|Cloudwatch|CloudWatch|cw)\.\w*Alarm\(|\bcreate_?[aA]larm\(|\bMetricAlarm\(", Options, 10_000)]
    private static partial Regex AlarmMade();

    [GeneratedRegex(@"^\s*Objective:\s*(9\d\.\d+|0\.9\d+)\s*,", Options, 10_000)]
    private static partial Regex ObjectiveMade();

    [GeneratedRegex(@"^\s*alert:\s*['""%(]?\w", Options, 10_000)]
    private static partial Regex RuleMade();

    [GeneratedRegex(@"\b\w*(cloudwatch|Cloudwatch|CloudWatch|cw)\.(Cfn)?Dashboard\(|\bCfnDashboard\(", Options, 10_000)]
    private static partial Regex DashboardMade();
}
