namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Repositories of the shapes that are met, small enough to be read whole.</summary>
internal static class SmallRepositories
{
    public static WrittenRepository FlyApp() => new WrittenRepository("tickets")
        .With("fly.toml", """
            app = "tickets"
            primary_region = "ams"
            kill_signal = "SIGTERM"
            kill_timeout = "30s"

            [deploy]
              strategy = "bluegreen"
              release_command = "bin/migrate"

            [env]
              DATABASE_HOST = "tickets-db.internal"
              PHX_HOST = "tickets.example"

            [http_service]
              internal_port = 8080
              min_machines_running = 2

              [http_service.concurrency]
                type = "requests"
                hard_limit = 250

              [[http_service.checks]]
                interval = "15s"
                path = "/healthz"

            [metrics]
              port = 9091
              path = "/metrics"
            """)
        .With("Dockerfile", "FROM elixir:1.18\nHEALTHCHECK --interval=30s \\\n  CMD curl -f http://localhost:8080/healthz\nSTOPSIGNAL SIGTERM\n")
        .With(".github/workflows/ci.yml", """
            name: CI
            on: [push]
            jobs:
              test:
                runs-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v5
                  - run: mix test
              deploy:
                needs: test
                environment: production
                steps:
                  - uses: superfly/flyctl-actions/setup-flyctl@v1
                  - run: flyctl deploy --remote-only
            """)
        .With("priv/repo/migrations/20260101000000_create_tickets.exs", "defmodule A do\n  use Ecto.Migration\n\n  def change do\n    create table(:tickets) do\n    end\n  end\nend\n")
        .With("priv/repo/migrations/20260202000000_drop_seats.exs", "defmodule B do\n  use Ecto.Migration\n\n  def up do\n    drop table(:seats)\n  end\nend\n")
        .With("lib/tickets/router.ex", "defmodule Router do\n  # get \"/healthz\" is below\n  get \"/healthz\", HealthController, :show\nend\n")
        .With("lib/tickets/payments.ex", "  Req.get(url, receive_timeout: 5_000)\n")
        .With("test/fly.toml", "app = \"not-evidence\"\n[[http_service.checks]]\n  path = \"/\"\n")
        .With("deps.png", [0x89, 0x50, 0x4E, 0x47, 0]);

    public static WrittenRepository HelmService() => new WrittenRepository("cart")
        .With("charts/cart/Chart.yaml", "apiVersion: v2\nname: cart\ndependencies:\n  - name: redis\n    version: 20.0.0\n  - name: common\n    version: 2.0.0\n")
        .With("charts/cart/values.yaml", """
            replicaCount: 1
            resources:
              requests: { cpu: 100m, memory: 128Mi }
              limits:
                memory: 256Mi
            livenessProbe:
              httpGet:
                path: /livez
                port: http
            podDisruptionBudget:
              enabled: true
              minAvailable: 1
            autoscaling:
              enabled: false
              minReplicas: 2
              maxReplicas: 6
            """)
        .With("charts/cart/values-production.yaml", "autoscaling:\n  enabled: true\n  minReplicas: 3\n  maxReplicas: 9\n")
        .With("charts/cart/templates/deployment.yaml", """
            {{- if .Values.enabled }}
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ include "cart.fullname" . }}
              labels:
                {{- include "cart.labels" . | nindent 4 }}
            spec:
              {{- if not .Values.autoscaling.enabled }}
              replicas: {{ .Values.replicaCount }}
              {{- end }}
              strategy:
                type: RollingUpdate
                rollingUpdate:
                  maxUnavailable: 0
              template:
                metadata:
                  annotations:
                    prometheus.io/scrape: "true"
                spec:
                  terminationGracePeriodSeconds: 45
                  topologySpreadConstraints:
                    - topologyKey: topology.kubernetes.io/zone
                  containers:
                    - name: cart
                      image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
                      env:
                        - name: REDIS_ADDR
                          value: redis:6379
                        - name: POD_IP
                          valueFrom: { fieldRef: { fieldPath: status.podIP } }
                      readinessProbe:
                        httpGet: { path: /readyz, port: http }
                      livenessProbe:
                        {{- toYaml .Values.livenessProbe | nindent 12 }}
                      resources:
                        {{- toYaml .Values.resources | nindent 12 }}
                      lifecycle:
                        preStop:
                          exec:
                            command: ["sleep", "5"]
            {{- end }}
            """)
        .With("charts/cart/templates/rules.yaml", """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: cart
            spec:
              groups:
                - name: cart
                  rules:
                    - record: cart:errors:ratio5m
                      expr: sum(rate(errors_total[5m])) / sum(rate(requests_total[5m]))
                    - alert: CartErrorBudgetBurn
                      expr: cart:errors:ratio5m > 14.4 * 0.001
                      for: 2m
                      labels:
                        severity: page
                        team: checkout
                      annotations:
                        summary: 'Cart burns its budget on {{ "{{" }} $labels.instance {{ "}}" }}'
                        runbook_url: docs/runbooks/cart-burn.md
                    - alert: CartSlow
                      expr: histogram_quantile(0.99, cart_latency) > 1
                      labels: { severity: page }
                    - alert: Watchdog
                      expr: vector(1)
            """)
        .With("charts/cart/templates/podmonitor.yaml", "apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata:\n  name: cart\nspec:\n  podMetricsEndpoints:\n    - port: metrics\n")
        .With("deploy/slo.yaml", "version: prometheus/v1\nservice: cart\nslos:\n  - name: requests-availability\n    objective: 99.9\n")
        .With("catalog-info.yaml", """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: cart
              annotations:
                pagerduty.com/service-id: PX123
            spec:
              owner: team-checkout
              dependsOn:
                - resource:cart-redis
            """)
        .With("deploy/backup.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: cart-backup\nspec:\n  schedule: \"0 3 * * *\"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: dump\n              command: [pg_dump]\n")
        .With("charts/cart/charts/redis/values.yaml", "replicaCount: 1\n")
        .With("cmd/cart/main.go", "package main\n\nfunc main() {\n\tctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)\n\tmux.HandleFunc(\"/readyz\", ready)\n\tmux.Handle(\"/metrics\", promhttp.Handler())\n\tserver.Shutdown(ctx)\n}\n")
        .With("cmd/cart/main_test.go", "package main\n\nfunc TestIt() { mux.HandleFunc(\"/healthz\", nil) }\n");

    public static WrittenRepository TerraformHeavy() => new WrittenRepository("ledger-infrastructure")
        .With("modules/database/main.tf", """
            # The ledger's database.
            resource "aws_db_instance" "ledger" {
              identifier              = "ledger-${var.environment}"
              multi_az                = false
              password                = var.password
              backup_retention_period = 14
            }

            resource "aws_db_instance" "reports" {
              multi_az                = true
              backup_retention_period = 0
            }
            """)
        .With("modules/service/main.tf", """
            resource "aws_ecs_service" "ledger" {
              desired_count = 3

              deployment_circuit_breaker {
                enable   = true
                rollback = true
              }
            }

            resource "aws_lb_target_group" "ledger" {
              deregistration_delay = 30
              health_check {
                path = "/health"
              }
            }

            resource "aws_cloudwatch_metric_alarm" "errors" {
              alarm_name        = "ledger-5xx"
              metric_name       = "HTTPCode_Target_5XX_Count"
              alarm_description = <<-EOT
                The ledger answers with errors.
                Runbook: https://wiki.example/runbooks/ledger-5xx
              EOT
              alarm_actions     = [aws_sns_topic.pages.arn]
            }

            resource "aws_iam_role" "task" {
              assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow" }] })
            }
            """)
        .With("oncall.tf", """
            resource "pagerduty_schedule" "ledger" {
              name      = "Ledger primary"
              time_zone = "Europe/Amsterdam"
            }

            resource "pagerduty_escalation_policy" "ledger" {
              name = "Ledger"
              rule { escalation_delay_in_minutes = 10 }
            }

            resource "datadog_service_level_objective" "ledger" {
              name = "Ledger availability"
              thresholds {
                timeframe = "30d"
                target    = 99.95
              }
            }
            """)
        .With("backup.tf", "resource \"aws_backup_plan\" \"all\" {\n  name = \"all\"\n  rule {\n    schedule = \"cron(0 5 * * ? *)\"\n  }\n}\n")
        .With(".terraform/modules/x/main.tf", "resource \"aws_db_instance\" \"theirs\" {}\n")
        .With("CODEOWNERS", "# who is asked\n* @ledger-team\n/modules/database @dba @ledger-team # data\n");

    public static WrittenRepository Library() => new WrittenRepository("parsers")
        .With("src/parser.py", "def parse(text):\n    return text\n")
        .With("tests/test_parser.py", "def test_it():\n    assert True\n")
        .With("setup.cfg", "[metadata]\nname = parsers\n")
        .With(".gitlab-ci.yml", "stages: [test]\n\nunit:\n  stage: test\n  script:\n    - pip install -e .\n    - pytest -q\n\n.template:\n  script:\n    - deploy\n\npages:\n  script:\n    - mkdocs build\n");

    public static WrittenRepository MonitoringProduct() => new WrittenRepository("watcher")
        .With("watcher-mixin/alerts.yaml", "groups:\n  - name: theirs\n    rules:\n      - alert: TheirsIsDown\n        expr: up == 0\n        labels: { severity: critical }\n")
        .With("examples/kubernetes/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: theirs\nspec:\n  replicas: 1\n")
        .With("config/testdata/alertmanager.yml", "receivers:\n  - name: theirs\n    pagerduty_configs:\n      - routing_key: x\n")
        .With("vendor/github.com/x/y/main.go", "package y\n\nfunc f() { mux.HandleFunc(\"/healthz\", nil) }\n")
        .With("pkg/probe/client.go", "package probe\n\nfunc Check(url string) error {\n\treturn get(url + \"/healthz\")\n}\n")
        .With("pkg/web/web.go", "package web\n\nfunc Serve() {\n\tr.Get(\"/-/healthy\", ok)\n\tmux.Handle(\"/metrics\", promhttp.Handler())\n}\n")
        .With("kubernetes/alertmanager.yaml", "receivers:\n  - name: nobody\n  - name: us\n    pagerdutyConfigs:\n      - routingKey: { name: x }\n");
}
