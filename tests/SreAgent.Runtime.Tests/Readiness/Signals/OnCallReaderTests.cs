using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>What is read of who owns a service, who is called, and which instructions wait for them.</summary>
public sealed class OnCallReaderTests
{
    [Theory]
    [InlineData("MAINTAINERS.md", "* Ada <ada@shop.example> @ada\n", "Ada <ada@shop.example> @ada")]
    [InlineData("about.json", "{\n  \"contacts\": [\n    { \n      \"email\": \"cart@shop.example\"\n    }\n  ]\n}\n", "cart@shop.example")]
    [InlineData(".nais/app.yaml", "apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: cart\n  labels:\n    team: carts\n", "carts")]
    [InlineData(".github/codeowners", "* @shop/carts\n", "@shop/carts")]
    [InlineData("publiccode.yml", "publiccodeYmlVersion: '0.4'\nmaintenance:\n  contacts:\n    - name: Ada\n", "Ada")]
    public void An_owner_is_named(string path, string text, string owner) =>
        Assert.Equal(owner, Assert.Single(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.Owner).Fields["owner"]);

    [Theory]
    [InlineData("operations/alerts.yml", "- type: replace\n  path: /instance_groups/name=alertmanager/properties/alertmanager/receivers?/-\n  value:\n    name: pager\n    pagerduty_configs:\n      - service_key: ((key))\n")]
    [InlineData("alarms.tf", "resource \"aws_sns_topic_subscription\" \"pager\" {\n  endpoint = \"https://events.pagerduty.com/x\"\n}\n")]
    [InlineData("monitors.tf", "resource \"datadog_monitor\" \"errors\" {\n  message = \"Errors @pagerduty-cart\"\n}\n")]
    [InlineData("src/alarm.py", "post(\"https://events.pagerduty.com/v2/enqueue\")\n")]
    [InlineData("service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  annotations:\n    a8r.io/on-call: carts-primary\n")]
    public void Somebody_is_paged(string path, string text) =>
        Assert.Contains(WrittenRepository.Statements(path, text), statement => statement.Kind == StatementKind.OnCallRouting && statement.Fields["pages"] == "true");

    [Theory]
    [InlineData("alarms/sns.tf", "aws_sns_topic.alarms.arn", true)]
    [InlineData("queues.tf", "aws_sns_topic.orders.arn", false)]
    public void Alarms_reach_whoever_subscribes_to_their_topic(string path, string topic, bool told)
    {
        var statements = WrittenRepository.Statements(path, $"resource \"aws_sns_topic_subscription\" \"mail\" {{\n  protocol = \"email\"\n  endpoint = var.mail\n  topic_arn = {topic}\n}}\n");
        Assert.Equal(told ? ["false"] : [], statements.Where(statement => statement.Kind == StatementKind.OnCallRouting).Select(statement => statement.Fields["pages"]));
    }

    [Theory]
    [InlineData("on: push\njobs:\n  test:\n    steps:\n      - run: go test ./...\n      - if: failure()\n        uses: slackapi/slack-github-action@v2\n", false)]
    [InlineData("on: push\njobs:\n  live:\n    environment: production\n    steps:\n      - run: flyctl deploy\n      - if: failure()\n        uses: slackapi/slack-github-action@v2\n", true)]
    [InlineData("on: push\njobs:\n  live:\n    environment: production\n    steps:\n      - run: flyctl deploy\n      - uses: slackapi/slack-github-action@v2\n", false)]
    [InlineData("name: Fuzzing\non:\n  schedule: [{ cron: '0 3 * * *' }]\njobs:\n  run:\n    steps:\n      - if: failure()\n        uses: slackapi/slack-github-action@v2\n", false)]
    [InlineData("name: Audit log export\non:\n  schedule: [{ cron: '0 3 * * *' }]\njobs:\n  run:\n    steps:\n      - if: failure()\n        uses: slackapi/slack-github-action@v2\n", true)]
    [InlineData("name: Independent health probe\non:\n  schedule: [{ cron: '0 3 * * *' }]\njobs:\n  run:\n    steps:\n      - if: failure()\n        uses: slackapi/slack-github-action@v2\n", true)]
    public void A_failed_deploy_is_told_and_a_failed_test_is_its_author_s(string workflow, bool told) =>
        Assert.Equal(told, WrittenRepository.Statements(".github/workflows/main.yml", workflow).Any(statement => statement.Kind == StatementKind.OnCallRouting));

    [Fact]
    public void What_users_may_plug_in_pages_nobody_here() =>
        Assert.DoesNotContain(WrittenRepository.Statements("src/plugins/pager.py", "post(\"https://events.pagerduty.com/v2/enqueue\")\n"), statement => statement.Kind == StatementKind.OnCallRouting);

    [Theory]
    [InlineData("https://manual.example/responding-to-alerts#latency", true)]
    [InlineData("https://console.example/graphs/latency", false)]
    public void The_only_link_of_an_alert_is_a_runbook_when_its_address_says_so(string link, bool counts) =>
        Assert.Equal(counts, WrittenRepository.Statements("rules.yml", $"groups:\n  - name: cart\n    rules:\n      - alert: Slow\n        expr: a > 1\n        annotations:\n          url: {link}\n").Any(statement => statement.Kind == StatementKind.RunbookLink));
}
