using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Alerts;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Alerts, targets and telemetry in the wrappings the field uses.</summary>
public sealed class WatchReaderTests
{
    [Theory]
    [InlineData("ops/10-alerts.yml", "- type: replace\n  path: /jobs/rules/-\n  value:\n    name: Slow\n    rules:\n      - alert: Slow\n        expr: latency > 750\n", 6)]
    [InlineData("chart/values.yaml", "server:\n  extraRules:\n    - alert: Down\n      expr: up == 0\n", 3)]
    [InlineData("grafana/alerts.yaml", "apiVersion: 1\ngroups:\n  - name: a\n    rules:\n      - title: Errors are high\n        condition: C\n        annotations:\n          summary: Too many errors\n", 5)]
    [InlineData("template.yaml", "Resources:\n  Slow:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      AlarmName: slow\n      MetricName: TargetResponseTime\n", 5)]
    [InlineData("monitors/a.yaml", "apiVersion: datadoghq.com/v1alpha1\nkind: DatadogMonitor\nspec:\n  name: errors\n  query: avg(last_5m):errors > 5\n", 4)]
    [InlineData("main.tf", "resource \"azurerm_monitor_scheduled_query_rules_alert_v2\" \"errors\" {\n  name = \"errors\"\n}\n", 1)]
    [InlineData("main.tf", "resource \"sentry_issue_alert\" \"errors\" {\n  name = \"errors\"\n}\n", 1)]
    public void An_alert_is_read_in_every_wrapping(string path, string text, int line) =>
        Assert.Equal(line, Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.AlertRule).At.Line);

    [Theory]
    [InlineData("infra/watch.ts", "new Alarm(this, 'Slow', { threshold: 5 })\n", true)]
    [InlineData("src/clock.ts", "const morning = new Alarm(7, 30)\n", false)]
    [InlineData("src/store.ts", "dispatch(setAlarmAction(morning))\n", false)]
    public void An_alarm_of_infrastructure_is_one_and_a_product_s_own_is_none(string path, string text, bool counts) =>
        Assert.Equal(counts, WrittenRepository.Statements(path, text).Any(statement => statement.Kind is StatementKind.AlertRule or StatementKind.OnCallRouting));

    [Theory]
    [InlineData("Node is not ready. Reboot it when it stays so.", true)]
    [InlineData("1. Check the queue\n2. Add a worker", true)]
    [InlineData("If messages pile up, restart the workers.", true)]
    [InlineData("The usual fix is to drain the node.", true)]
    [InlineData("Certificates must be renewed by hand.", true)]
    [InlineData("{{ $labels.instance }} has been down for 5 minutes.", false)]
    [InlineData("The restart of a pod failed.", false)]
    [InlineData("Checks fail.", false)]
    [InlineData("Restart loop of the pod", false)]
    [InlineData("Delete requests are failing", false)]
    public void The_text_of_an_alert_may_say_what_to_do(string about, bool instructs)
    {
        string[] wrappings = [$"rules:\n  - alert: Down\n    expr: up == 0\n    annotations:\n      description: {System.Text.Json.JsonSerializer.Serialize(about)}\n", $"apiVersion: datadoghq.com/v1alpha1\nkind: DatadogMonitor\nspec:\n  name: errors\n  query: x\n  message: {System.Text.Json.JsonSerializer.Serialize(about)}\n"];

        Assert.All(wrappings, text => Assert.Equal(instructs, Assert.Single(WrittenRepository.Statements("alerts.yml", text), statement => statement.Kind == StatementKind.AlertRule).Fields.ContainsKey("instructs")));
        Assert.Equal(instructs, Assert.Single(WrittenRepository.Statements("main.tf", $"resource \"aws_cloudwatch_metric_alarm\" \"down\" {{\n  alarm_description = {System.Text.Json.JsonSerializer.Serialize(about)}\n}}\n")).Fields.ContainsKey("instructs"));
    }

    [Fact]
    public void Many_empty_lines_in_the_text_of_an_alert_are_not_given_up_on() => Assert.Null(AlertWords.Instructs(new string('\n', 200_000) + "x"));

    [Theory]
    [InlineData("start.sh", "grep -r newrelic /etc\n")]
    [InlineData("Dockerfile", "RUN rm -r newrelic-old\n")]
    [InlineData("src/Health.cs", "public class HealthController : MonoBehaviour\n")]
    [InlineData("src/mail.py", "class SMTPHandler(smtpd.SMTPServer):\n")]
    [InlineData("quest.go", "\tObjective: 95,\n")]
    [InlineData("lib/a.ex", "{:error, %NimbleOptions.ValidationError{} = error} -> raise error\n")]
    public void A_name_that_means_something_else_shows_nothing(string path, string text) => Assert.Empty(WrittenRepository.Statements(path, text));

    [Theory]
    [InlineData("https://runbooks.prometheus-operator.dev/runbooks/kubernetes/kubeapierrorbudgetburn", 0)]
    [InlineData("https://runbooks.shop.example/cart", 1)]
    public void What_the_makers_of_a_platform_ship_promises_nothing_of_the_service(string runbook, int objectives) =>
        Assert.Equal(objectives, WrittenRepository.Statements("rules.yml", $"rules:\n  - alert: ErrorBudgetBurn\n    expr: errors > (14.4 * (1 - 0.999))\n    annotations:\n      runbook_url: {runbook}\n").Count(statement => statement.Kind == StatementKind.SloObjective));

    [Theory]
    [InlineData("statuscake_uptime_check")]
    [InlineData("google_monitoring_uptime_check_config")]
    [InlineData("aws_synthetics_canary")]
    [InlineData("azurerm_application_insights_standard_web_test")]
    public void A_check_from_outside_is_one(string type) =>
        Assert.Equal("blackbox", Assert.Single(WrittenRepository.Statements("main.tf", $"resource \"{type}\" \"cart\" {{\n  name = \"cart\"\n}}\n")).Fields["probe"]);

    [Theory]
    [InlineData("sum(rate(http_requests_total{code=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m])) > (14.4 * (1 - 0.999))", "99.9")]
    [InlineData("slo:burn > 14.4 * 0.005 and slo:burn > 6 * 0.005", "99.5")]
    [InlineData("job_age > 14.4", null)]
    [InlineData("disk_free < 0.05", null)]
    public void A_burn_rate_holds_an_objective(string expression, string? objective) => Assert.Equal(objective, Measured.BurnsBy(expression));

    [Theory]
    [InlineData("rules/cart.yaml", "groups:\n  - name: cart\n    rules:\n      - alert: CartLatencySLO\n        expr: cart:latency:p99 > 0.5\n", 4)]
    [InlineData("alarms.tf", "resource \"aws_cloudwatch_metric_alarm\" \"slo_latency\" {\n  alarm_name = \"cart-slo-latency\"\n  threshold  = 500\n}\n", 1)]
    public void An_alert_named_after_an_objective_holds_it(string path, string text, int line) =>
        Assert.Equal(line, Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.SloObjective).At.Line);

    [Theory]
    [InlineData("CartLatencySLO", true)]
    [InlineData("slo-latency", true)]
    [InlineData("KubeAPIErrorBudgetBurn", true)]
    [InlineData("CartIsSlow", false)]
    [InlineData("SLOW_REQUESTS", false)]
    [InlineData("REPLICATION_SLOT_LAG", false)]
    [InlineData("CHECKOUT_SLO", true)]
    [InlineData("CartSLOBurn", true)]
    [InlineData("slot-lag", false)]
    public void Slow_is_no_objective(string name, bool objective) => Assert.Equal(objective, Measured.OfObjective(name));

    [Fact]
    public void A_dashboard_within_a_ConfigMap_is_cited_where_its_title_stands()
    {
        const string Dashboard = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dashboards }\ndata:\n  cart.json: |-\n    {\n      \"panels\": [ { \"title\": \"Error rate\" } ],\n      \"title\": \"Cart\"\n    }\n";
        var statement = Assert.Single(WrittenRepository.Statements("deploy/dashboards.yaml", Dashboard), statement => statement.Kind == StatementKind.Dashboard);
        Assert.Equal((8, "\"title\": \"Cart\""), (statement.At.Line, statement.At.Quote));
        Assert.Equal("Error rate", statement.Fields["shows"]);
    }

    [Fact]
    public void Of_a_dashboard_in_folded_text_only_its_first_line_is_known() =>
        Assert.Equal(4, Assert.Single(WrittenRepository.Statements("deploy/dashboards.yaml", "kind: ConfigMap\napiVersion: v1\ndata:\n  cart.json: >-\n    {\n      \"title\": \"Cart\",\n      \"panels\": [ { \"title\": \"Errors\" } ]\n    }\n"), statement => statement.Kind == StatementKind.Dashboard).At.Line);

    [Fact]
    public void A_dashboard_of_Grafana_s_operator_is_read() =>
        Assert.Equal(6, Assert.Single(WrittenRepository.Statements("grafana/cart.yaml", "apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nspec:\n  json: |\n    {\n      \"title\": \"Cart\",\n      \"panels\": [ { \"title\": \"Latency\" } ]\n    }\n"), statement => statement.Kind == StatementKind.Dashboard).At.Line);

    [Theory]
    [InlineData("histogram_quantile(0.99, http_request_duration_seconds_bucket)", "latency")]
    [InlineData("TargetResponseTime", "latency")]
    [InlineData("HTTPCode_Target_5XX_Count", "errors")]
    [InlineData("rate(api_calls_failed_total[5m])", "errors")]
    [InlineData("probe_success == 0", "availability")]
    [InlineData("up == 0", "availability")]
    [InlineData("container_memory_usage_bytes", null)]
    [InlineData("kube_job_status_failed", null)]
    public void What_users_feel_is_told_from_what_machines_feel(string expression, string? measures) => Assert.Equal(measures, Measured.By(expression));

    [Theory]
    [InlineData("apiVersion: sre.google.com/v2\nkind: ServiceLevelObjective\nspec:\n  goal: 0.99\n", "99", 4)]
    [InlineData("apiVersion: monitoring.cnrm.cloud.google.com/v1beta1\nkind: MonitoringServiceLevelObjective\nspec:\n  goal: 0.995\n", "99.5", 4)]
    [InlineData("apiVersion: datadoghq.com/v1alpha1\nkind: DatadogSLO\nspec:\n  name: a\n  targetThreshold: \"99.9\"\n", "99.9", 5)]
    [InlineData("spec_version: \"1.0\"\nobjectives:\n  - sli: latency\ntotal_score:\n  pass: \"90%\"\n", "90", 5)]
    public void An_objective_is_read_in_more_formats(string text, string objective, int line)
    {
        var statement = Assert.Single(WrittenRepository.Statements("slo/a.yaml", text));
        Assert.Equal((objective, line), (statement.Fields["objective"], statement.At.Line));
    }

    [Theory]
    [InlineData("\"thresholds\": \"99.8,99.99\"", "Application uptime", "99.99")]
    [InlineData("\"fieldConfig\": { \"defaults\": { \"thresholds\": { \"steps\": [ { \"color\": \"red\", \"value\": null }, { \"color\": \"green\", \"value\": 0.995 } ] } } }", "Availability SLO", "99.5")]
    [InlineData("\"thresholds\": \"80,95\"", "Memory in use", null)]
    [InlineData("\"thresholds\": \"1,5\"", "Uptime", null)]
    public void A_panel_of_availability_is_held_against_its_target(string thresholds, string title, string? target)
    {
        var text = $"{{\n  \"panels\": [\n    {{\n      {thresholds},\n      \"title\": \"{title}\"\n    }}\n  ],\n  \"title\": \"Cart\"\n}}\n";
        Assert.Equal(target, WrittenRepository.Statements("dashboards/a.json", text).SingleOrDefault(statement => statement.Kind == StatementKind.SloObjective)?.Fields["objective"]);
    }

    [Theory]
    [InlineData("app/a.py", "statsd_client = StatsdClient()\n")]
    [InlineData("src/Stats.php", "$this->statsd->increment('orders');\n")]
    [InlineData("src/main/kotlin/A.kt", "class A(private val registry: MeterRegistry)\n")]
    [InlineData("main.go", "app, err := newrelic.NewApplication(newrelic.ConfigAppName(\"cart\"))\n")]
    [InlineData("src/A.cs", "services.AddApplicationInsightsTelemetry();\n")]
    [InlineData("src/index.js", "require('dd-trace').init()\n")]
    public void Telemetry_set_up_in_code_is_recognised(string path, string text) =>
        Assert.Equal(StatementKind.Telemetry, Assert.Single(WrittenRepository.Statements(path, text)).Kind);
}
