using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Metrics served, traces and errors exported, logs written as data: set up in code, not merely depended on.</summary>
internal static partial class TelemetrySigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Metrics("promhttp.Handler", ["go"]), Metrics("promauto.New", ["go"]), Metrics("otelprom.New(", ["go"]), Metrics("prometheus.MustRegister(", ["go"]),
        Metrics("collectDefaultMetrics(", Node), Metrics("promClient.register", Node), Metrics("register.metrics()", Node), Metrics("express-prom-bundle", Node),
        Metrics("start_http_server(", ["py"]), Metrics("prometheus_client", ["py"]), Metrics("django_prometheus", ["py"]), Metrics("Instrumentator(", ["py"]),
        Metrics("PrometheusMetrics(", ["py"]),
        Metrics("PrometheusMeterRegistry", Jvm), Metrics("micrometer-registry-prometheus", ["xml", "gradle", "kts"]), Metrics("import io.micrometer", Jvm),
        Metrics("MapPrometheusScrapingEndpoint(", ["cs"]), Metrics("UseMetricServer(", ["cs"]), Metrics("MapMetrics(", ["cs"]), Metrics("UseHttpMetrics(", ["cs"]),
        Metrics("UseOpenTelemetryPrometheusScrapingEndpoint(", ["cs"]), Metrics(".WithMetrics(", ["cs"]),
        Metrics("PrometheusExporter", ["rb"]), Metrics("Yabeda.configure", ["rb"]), Metrics("Prometheus::Middleware", ["rb"]), Metrics("StatsD.", ["rb"]),
        Metrics("use PromEx", Elixir), Metrics("TelemetryMetricsPrometheus", Elixir), Metrics("PrometheusBuilder", ["rs"]), Metrics("prometheus::register", ["rs"]),
        Metrics("register_int_counter", ["rs"]),
        Metrics("metrics.Registry.MustRegister(", ["go"]), Metrics("statsd.New(", ["go"]), Metrics("otelhttp.NewHandler(", ["go"]),
        Metrics("newrelic.NewApplication(", ["go"]),
        Metrics("StatsdClient(", ["py", "rs"]), Metrics("StatsClient(", ["py"]), Metrics("statsd.incr(", ["py"]), Metrics("statsd_client.", ["py"]),
        Metrics("markus.get_metrics(", ["py"]), Metrics("newrelic.agent", ["py"]), Metrics("import ddtrace", ["py"]), Metrics("configure_azure_monitor(", ["py"]),
        Traces("opentelemetry.instrumentation", ["py"]), Traces("aws_xray_sdk", ["py"]), Traces("aws-xray-sdk", [.. Node, "go"]), Traces("AWSXRay", ["cs", .. Jvm]),
        Metrics("require('dd-trace')", Node), Metrics("from 'dd-trace'", Node), Metrics("from 'applicationinsights'", Node),
        Metrics("require('applicationinsights')", Node), Metrics("hot-shots", Node), Metrics("require('newrelic')", Node),
        Metrics("MeterRegistry", Jvm), Metrics("com.kenshoo.play.metrics", Jvm), Metrics("com.codahale.metrics", Jvm), Metrics("TelemetryClient", [.. Jvm, "cs"]),
        Metrics("Kamon.", Jvm), Metrics("micrometer", ["sbt"]),
        Metrics("Appsignal.", ["rb"]), Metrics("NewRelic::Agent", ["rb"]),
        Errors("Airbrake.configure", ["rb"]), Errors("Raven.configure", ["rb"]), Metrics("Skylight.", ["rb"]),
        Metrics("AddApplicationInsightsTelemetry(", ["cs"]), Metrics("AddOpenTelemetry(", ["cs"]), Metrics("cadence::", ["rs"]),
        Traces("tracing_opentelemetry", ["rs"]), Metrics("metrics::counter!", ["rs"]), Metrics(":telemetry.attach", Elixir),
        Traces("otlptracegrpc.New", ["go"]), Traces("otlptracehttp.New", ["go"]), Traces("sdktrace.NewTracerProvider(", ["go"]), Traces("new NodeSDK(", Node),
        Traces("NodeTracerProvider(", Node), Traces("BatchSpanProcessor(", ["py"]), Traces("OTLPSpanExporter(", ["py"]), Traces("opentelemetry_otlp::", ["rs"]),
        Traces(".WithTracing(", ["cs"]), Traces("OpenTelemetry::SDK.configure", ["rb"]), Traces("Datadog.configure", ["rb"]),
        Traces("OpentelemetryPhoenix.setup", Elixir),
        Metrics("\"/metrics\"", Everywhere), Metrics("'/metrics'", Everywhere), Errors("Sentry.LoggerBackend", Elixir), Errors("config :sentry", Elixir), Errors("config :appsignal", Elixir), Errors("Rollbax.report(", Elixir),
        Errors("sentry_sdk.init(", ["py"]), Errors("Sentry.init(", [.. Node, "java", "kt"]), Errors("Sentry.init do", ["rb"]), Errors("Sentry.capture", [.. Node, "rb", .. Jvm, .. Elixir]), Errors("sentry_sdk.capture", ["py"]), Errors("sentry.Capture", ["go"]), Errors("sentry.Init(", ["go"]),
        Errors(".UseSentry(", ["cs"]), Errors("sentry::init(", ["rs"]), Errors("Honeybadger.configure", ["rb"]), Errors("Bugsnag.configure", ["rb"]),
        Errors("Rollbar.configure", ["rb"]), Errors("Sentry\\init(", ["php"]), Errors("SENTRY_LARAVEL_DSN", ["php"]),
        Metrics("DogStatsd", ["php"]), Metrics("StatsD::", ["php"]), Metrics("statsd->", ["php"]), Metrics("StatsdClient", ["php"]), Metrics("Prometheus\\CollectorRegistry", ["php"]),
        .. Attached("metrics", "newrelic-admin run-program", "--require newrelic", "elastic-apm-node/start"), .. Attached("traces", "ddtrace-run ", "opentelemetry-instrument ", "dd-trace/init"),
        .. Attached("metrics", "-r newrelic").Select(sign => sign with { Line = NodeAgent() }),
        .. Attached("metrics", "-javaagent:").Select(sign => sign with { Line = JavaAgent() }),
        Logs("slog.NewJSONHandler(", ["go"]), Logs("zap.NewProduction(", ["go"]), Logs("structlog.configure(", ["py"]),
        Logs("structlog.processors.JSONRenderer(", ["py"]), Logs("pythonjsonlogger", ["py"]), Logs("lograge.enabled", ["rb"]), Logs("LoggerJSON", Elixir),
        Logs("UseSerilog(", ["cs"]), Logs("LogstashEncoder", ["xml"]), Logs("new JsonFormatter(", ["php"]), Logs("tracing_subscriber::fmt().json(", ["rs"]),
    ];

    // What starts a service may start an agent with it that reports on it.
    private static IEnumerable<CodeSign> Attached(string signal, params string[] literals) =>
        literals.Select(literal => new CodeSign(StatementKind.Telemetry, literal, ["sh", "Dockerfile", "Procfile"], "agent attached", "An agent of monitoring is started with the service.", ("signal", signal)) { Alone = true });

    private static CodeSign Metrics(string literal, string[] languages) => new(StatementKind.Telemetry, literal, languages, "metrics in code", "The code exposes metrics.", ("signal", "metrics"));

    private static CodeSign Traces(string literal, string[] languages) => new(StatementKind.Telemetry, literal, languages, "traces in code", "The code exports traces.", ("signal", "traces"));

    private static CodeSign Errors(string literal, string[] languages) => new(StatementKind.Telemetry, literal, languages, "error reports in code", "The code reports errors to an error tracker.", ("signal", "errors"));

    private static CodeSign Logs(string literal, string[] languages) => new(StatementKind.Telemetry, literal, languages, "logs in code", "The code writes structured logs.", ("signal", "logs"));

    [GeneratedRegex(@"\b(node|nodemon|ts-node|NODE_OPTIONS)\b.*\s-r newrelic(?![\w-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NodeAgent();

    [GeneratedRegex(@"-javaagent:\S*(newrelic|dd-java-agent|datadog|elastic-apm|opentelemetry|applicationinsights|jmx_prometheus|jmx-exporter|glowroot|dynatrace|appdynamics)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex JavaAgent();
}
