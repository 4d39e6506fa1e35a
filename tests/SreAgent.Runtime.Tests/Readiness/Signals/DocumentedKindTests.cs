using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Kinds of file that the documentation names, read through the screen that decides what is decoded at all.</summary>
public sealed class DocumentedKindTests
{
    private static string Stack(string properties) => $"Resources:\n  Web:\n    Type: AWS::AutoScaling::AutoScalingGroup\n{properties}";

    private static string Object(string version, string kind, string rest) => $"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: cart\n{rest}";

    public static TheoryData<string, string, StatementKind> Kinds => new()
    {
        { ".woodpecker.yml", "steps:\n  - name: deploy\n    commands:\n      - kubectl apply -f prod.yaml\n", StatementKind.Pipeline },
        { ".drone-1.0.yml", "kind: pipeline\nsteps:\n  - name: push\n    commands:\n      - docker push acme/cart\n", StatementKind.Pipeline },
        { ".semaphore/semaphore.yml", "version: v1.0\nblocks:\n  - name: Deploy\n    task:\n      jobs:\n        - name: deploy\n          commands:\n            - kubectl apply -f prod.yaml\n", StatementKind.Pipeline },
        { "ci/deploy-task.yaml", Object("tekton.dev/v1", "Task", "spec:\n  steps:\n    - name: deploy\n      script: kubectl apply -f prod.yaml\n"), StatementKind.Pipeline },
        { "config/deploy.yml", "service: cart\nimage: acme/cart\nservers:\n  web:\n    - 192.0.2.1\n", StatementKind.Pipeline },
        { "config/deploy.rb", "set :application, 'cart'\nset :repo_url, 'git@git.example:cart.git'\n", StatementKind.Pipeline },
        { "appspec.yml", "version: 0.0\nhooks:\n  ApplicationStop:\n    - location: scripts/stop.sh\n", StatementKind.DeployStrategy },
        { "bundle/cart.yaml", Object("operators.coreos.com/v1alpha1", "ClusterServiceVersion", "spec:\n  replaces: cart.v1\n"), StatementKind.DeployStrategy },
        { "apps/cart.yaml", Object("helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec:\n  chart: cart\n"), StatementKind.Pipeline },
        { "stack.yaml", Stack("    UpdatePolicy:\n      AutoScalingRollingUpdate:\n        MinInstancesInService: 1\n"), StatementKind.DeployStrategy },
        { "mesh/cart.yaml", Object("networking.istio.io/v1", "DestinationRule", "spec:\n  trafficPolicy:\n    outlierDetection:\n      consecutive5xxErrors: 5\n"), StatementKind.DependencyBehaviour },
        { "alerts/cart.yaml", Object("monitoring.cnrm.cloud.google.com/v1beta1", "MonitoringAlertPolicy", "spec:\n  displayName: Slow\n"), StatementKind.AlertRule },
        { "fly.json", "{\n  \"app\": \"cart\",\n  \"http_service\": { \"min_machines_running\": 2 }\n}\n", StatementKind.Redundancy },
        { "wrangler.toml", "name = \"cart\"\n[[kv_namespaces]]\nbinding = \"CARTS\"\n", StatementKind.Dependency },
        { "wrangler.json", "{\n  \"name\": \"cart\",\n  \"observability\": { \"enabled\": true }\n}\n", StatementKind.Telemetry },
        { ".nais/alerts.yaml", Object("nais.io/v1", "Alert", "spec:\n  alerts:\n    - alert: down\n      expr: up == 0\n  receivers:\n    slack:\n      channel: carts\n"), StatementKind.OnCallRouting },
        { "site.yml", "- hosts: carts\n  roles:\n    - role: shop.telegraf\n", StatementKind.Telemetry },
        { "roles/base/meta/main.yml", "dependencies:\n  - role: shop.node_exporter\n", StatementKind.Telemetry },
        { "alertmanager.yml.j2", "{% if paged %}\nreceivers:\n  - name: carts\n    slack_configs:\n      - channel: '{{ channel }}'\n{% endif %}\n", StatementKind.OnCallRouting },
        { "alertmanager.yml.erb", "<% if paged %>\nreceivers:\n  - name: carts\n    slack_configs:\n      - channel: carts\n<% end %>\n", StatementKind.OnCallRouting },
        { "cart.gocd.yml", "pipelines:\n  cart.prod:\n    stages:\n      - deploy:\n          jobs: {}\n", StatementKind.Pipeline },
        { "manifest.yml", "applications:\n  - name: cart\n    health-check-type: http\n", StatementKind.HealthCheck },
        { "manifest.yml", "applications:\n  - name: cart\n    env:\n      NEW_RELIC_APP_NAME: cart\n", StatementKind.Telemetry },
        { "stack.yaml", "Resources:\n  Carts:\n    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties:\n      HealthCheckPath: /up\n", StatementKind.HealthCheck },
        { "k8s/cart.yaml", Object("apps/v1", "Deployment", "spec:\n  template:\n    spec:\n      containers:\n        - name: cart\n          env:\n            - name: SENTRY_DSN\n              value: x\n"), StatementKind.Telemetry },
        { "Procfile", "web: bin/cart\npostdeploy: bundle exec rake db:migrate\n", StatementKind.Pipeline },
        { ".github/workflows/nightly.yml", "on:\n  schedule: [{ cron: '0 3 * * *' }]\njobs:\n  sweep:\n    steps:\n      - run: ./sweep\n      - if: failure()\n        run: gh issue create --title Sweep\n", StatementKind.OnCallRouting },
        { "src/Orders.php", "$carts = new Memcached('carts');\n", StatementKind.Dependency },
        { "src/Orders.php", "StatsD::timing('orders', $took);\n", StatementKind.Telemetry },
        { "src/HealthController.java", "public class HealthController {\n", StatementKind.HealthCheck },
        { "lib/router.ex", "Rollbax.report(kind, reason, stack)\n", StatementKind.Telemetry },
        { "slo.go", "slo := v1.SLO{\n\tObjective:   99.5,\n}\n", StatementKind.SloObjective },
        { "k8s/cart-production.tmpl", Object("apps/v1", "Deployment", "spec:\n  strategy: { type: RollingUpdate }\n"), StatementKind.DeployStrategy },
        { "start.sh", "exec node -r newrelic server.js\n", StatementKind.Telemetry },
        { "Dockerfile", "FROM java\nENTRYPOINT [\"java\", \"-javaagent:/opt/dd-java-agent.jar\", \"-jar\", \"cart.jar\"]\n", StatementKind.Telemetry },
        { "src/log.py", "root.addHandler(DiscordLogHandler(id, token))\n", StatementKind.OnCallRouting },
        { "src/trace.js", "const AWSXRay = require('aws-xray-sdk')\n", StatementKind.Telemetry },
        { "src/orders.py", "queue = boto3.client('sqs')\n", StatementKind.Dependency },
        { "src/Orders.cs", "services.AddDbContext<Orders>(options => options.UseNpgsql(connection));\n", StatementKind.Dependency },
        { "infra/alarms.ts", "new cloudwatch.Alarm(this, 'Slow', { threshold: 5 })\n", StatementKind.AlertRule },
        { "infra/alarms.py", "alarm = cloudwatch.Alarm(self, \"Slow\", threshold=5)\n", StatementKind.AlertRule },
        { "infra/Alarms.cs", "var slow = new Alarm(this, \"Slow\", new AlarmProps());\n", StatementKind.AlertRule },
        { "infra/pulumi.ts", "const slow = new aws.cloudwatch.MetricAlarm('slow', {})\n", StatementKind.AlertRule },
        { "infra/alarms.ts", "alarm.addAlarmAction(new SnsAction(topic))\n", StatementKind.OnCallRouting },
        { "infra/board.ts", "new cloudwatch.Dashboard(this, 'Cart')\n", StatementKind.Dashboard },
        { "infra/pipeline.ts", "const pipeline = new CodePipeline(this, 'Pipeline', {})\n", StatementKind.Pipeline },
        { "infra/pipeline.ts", "pre: [new ManualApprovalStep('Production')],\n", StatementKind.DeployStrategy },
        { "alerts/cart.libsonnet", "{\n  alert: 'Slow',\n}\n", StatementKind.AlertRule },
        { "infra/alerts.bicep", "resource slow 'Microsoft.Insights/metricAlerts@2018-03-01' = {\n}\n", StatementKind.AlertRule },
        { "infra/probe.bicep", "resource probe 'Microsoft.Insights/webtests@2022-06-15' = {\n}\n", StatementKind.HealthCheck },
        { "Jenkinsfile", "withPipeline('java', 'cart', 'api') {\n  enableAksStagingDeployment()\n}\n", StatementKind.Pipeline },
        { "alerts/grafana.yaml", Object("grafana.integreatly.org/v1beta1", "GrafanaAlertRuleGroup", "spec:\n  rules:\n    - title: Slow\n      condition: B\n"), StatementKind.AlertRule },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_the_documentation_names_is_read(string path, string text, StatementKind kind)
    {
        var reading = await new WrittenRepository("x").With(path, text).ReadingAsync();

        Assert.Contains(reading.Statements, statement => statement.Kind == kind);
    }
}
