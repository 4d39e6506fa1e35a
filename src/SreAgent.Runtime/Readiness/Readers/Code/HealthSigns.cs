using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Endpoints and checks of a service's own health. A path alone could be somebody else's, called: its line must make it a route.</summary>
internal static partial class HealthSigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Path("/healthz", "health"), Path("/health\"", "health"), Path("/health'", "health"), Path("/health/", "health"), Path("health/\"", "health"),
        Path("healthcheck", "health"), Path("/readyz", "readiness"), Path("/ready\"", "readiness"), Path("/ready'", "readiness"), Path("/readiness", "readiness"),
        Path("/livez", "liveness"), Path("/liveness", "liveness"), Path("/live\"", "liveness"), Path("/alive\"", "liveness"), Path("/alive'", "liveness"), Path("__heartbeat__", "health"), Path("/up\"", "health"), Path("/up'", "health"), Path("/uptime\"", "health"), Path("/uptime'", "health"), Path("/__health", "health"),
        Path("/__gtg", "readiness"), Path("/actuator/health", "health"), Path("__lbheartbeat__", "health"),
        Own("rails/health#show", ["rb"], "health"), Own("MapHealthChecks(", ["cs"], "health"), Own("AddHealthChecks(", ["cs"], "health"),
        Own("implements HealthIndicator", ["java"], "health"), Own("spring-boot-starter-actuator", ["xml", "gradle", "kts"], "health"),
        Own("grpc_health_v1.RegisterHealthServer(", ["go"], "health"), Own("healthpb.RegisterHealthServer(", ["go"], "health"),
        Own("RegisterHealthServer(", ["go"], "health"), Own("dockerflow.django", ["py"], "health"), Own("Dockerflow(app", ["py"], "health"),
        Controller("class HealthController"), Controller("class HealthCheckController"), Controller("class PingController"),
        Own("AddHealthzCheck(", ["go"], "health"), Own("AddReadyzCheck(", ["go"], "readiness"), Own("grpchealth.NewHandler(", ["go"], "health"),
        Own("health_pb2_grpc.add_HealthServicer_to_server", ["py"], "health"), Own("tonic_health::server::health_reporter", ["rs"], "health"),
    ];

    private static CodeSign Path(string literal, string probe) =>
        new(StatementKind.HealthCheck, literal, Everywhere, "health endpoint", $"The code serves a {probe} endpoint.", ("probe", "endpoint")) { Line = Route() };

    private static CodeSign Own(string literal, string[] languages, string probe) =>
        new(StatementKind.HealthCheck, literal, languages, "health endpoint", $"The code serves a {probe} endpoint.", ("probe", "endpoint"));

    private static CodeSign Controller(string literal) => Own(literal, [.. Node, .. Jvm, "cs", "rb", "php"], "health") with { Line = OfWeb() };

    // Games have controllers of health too.
    [GeneratedRegex("^(?!.*(MonoBehaviour|Component|Node2D|Actor))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OfWeb();

    [GeneratedRegex(@"\bHandle(Func|r)?\b|HandleFunc|\.Handle\(|\b(app|router|r|mux|e|g|api|server|engine|group|http|fastify|rootRouter|routes?)\.(Get|GET|get|all|route|add_route|add_get|use|register|HandlePath)\(|@(\w+\.)?(app|router|route|api|blueprint|bp|get|Get|GetMapping|RequestMapping|Path)\b[^\n]{0,40}\(|\bMap(Get|HealthChecks|Methods)\(|\b(path|re_path|url)\(|^\s*(get|match|resource|forward|scope)\b|\broutes?[!.(]|\.route\(|\.at\(|web::(resource|scope)|#\[get|warp::path|\[(HttpGet|Route)|\.path\(|\badd_api_route\(|\(\s*r?['""]/[\w/-]*['""],\s*\w*Handler\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Route();
}
