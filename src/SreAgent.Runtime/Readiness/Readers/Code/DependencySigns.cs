using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>What code does while something it calls is slow or gone: gives up, tries again, stops asking.</summary>
internal static partial class DependencySigns
{
    private static readonly string[] Node = ["js", "ts", "mjs", "cjs"];
    private static readonly string[] Jvm = ["java", "kt", "scala"];
    private static readonly string[] Everywhere = ["go", "py", "js", "ts", "java", "kt", "scala", "cs", "rb", "rs", "php"];
    private static readonly string[] Elixir = ["ex", "exs"];

    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Timeout("http.Client{Timeout", ["go"]), Timeout("context.WithTimeout(", ["go"]), Timeout("ResponseHeaderTimeout:", ["go"]), Timeout("DialTimeout:", ["go"]), Retry("backoff.Retry", ["go"]), Retry("retry.Do(", ["go"]), Retry("retryablehttp.NewClient(", ["go"]), Breaker("gobreaker.", ["go"]), Breaker("hystrix.", ["go", "java"]),
        Retry("@retry(", ["py"]), Retry("max_retries=", ["py"]), Retry("Retry(total", ["py"]), Retry("@backoff.on_exception", ["py"]), Breaker("pybreaker", ["py"]), Timeout("timeout=", ["py"]) with { Line = PythonCall() }, Timeout("httpx.Timeout(", ["py"]), Timeout("aiohttp.ClientTimeout(", ["py"]),
        Retry("will retry", Everywhere) with { Line = Logged() }, Retry("retrying", Everywhere) with { Line = Logged() }, Retry("Retrying", Everywhere) with { Line = Logged() },
        Retry("axiosRetry(", Node), Retry("pRetry(", Node), Retry("from 'p-retry'", Node), Breaker("new CircuitBreaker(", [.. Node, .. Jvm, "cs"]), Breaker("from 'opossum'", Node), Breaker("require('opossum')", Node), Timeout("AbortSignal.timeout(", Node), Timeout("axios.create({ timeout", Node),
        Breaker("@CircuitBreaker(", Jvm), Breaker("CircuitBreakerRegistry", Jvm), Breaker("CircuitBreakerConfig", Jvm), Retry("@Retry(", Jvm), Retry("@Retryable", Jvm), Timeout(".connectTimeout(", Jvm), Timeout(".readTimeout(", Jvm), Timeout("setConnectTimeout(", Jvm), Timeout("@TimeLimiter(", Jvm), Breaker("resilience4j.circuitbreaker", ["properties"]),
        Retry("AddStandardResilienceHandler(", ["cs"]), Retry("AddResilienceHandler(", ["cs"]), Retry("WaitAndRetry", ["cs"]), Retry("AddTransientHttpErrorPolicy(", ["cs"]), Retry("new RetryStrategyOptions", ["cs"]), Retry("EnableRetryOnFailure(", ["cs"]), Breaker("CircuitBreakerAsync(", ["cs"]), Breaker("CircuitBreakerStrategyOptions", ["cs"]), Timeout("Timeout = TimeSpan", ["cs"]),
        Timeout("open_timeout", ["rb"]) with { Line = Setting() }, Timeout("read_timeout", ["rb"]) with { Line = Setting() }, Retry("Retriable.retriable", ["rb"]), Retry("retry_on ", ["rb"]), Retry("request :retry", ["rb"]), Breaker("Stoplight(", ["rb"]), Breaker("Semian.", ["rb"]), Breaker("Circuitbox.", ["rb"]),
        Timeout("Tesla.Middleware.Timeout", Elixir), Retry("Tesla.Middleware.Retry", Elixir), Breaker(":fuse.", Elixir), Timeout("receive_timeout:", Elixir), Timeout("recv_timeout:", Elixir),
        Timeout(".timeout(Duration::", ["rs"]), Timeout("connect_timeout(", ["rs"]), Timeout("tokio::time::timeout(", ["rs"]), Retry("ExponentialBackoff", ["rs"]),
    ];

    private static CodeSign Timeout(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "timeout", "The code gives up a call after a time limit (timeout).", ("does", "timeout"));

    private static CodeSign Retry(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "retry", "The code tries a failed call again (retry).", ("does", "retry"));

    private static CodeSign Breaker(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "circuit breaker", "The code stops calling what keeps failing (circuit breaker).", ("does", "circuit-breaker"));

    [GeneratedRegex(@"\b(requests|httpx|session|client|aiohttp|urlopen|redis|Redis|create_engine|connect)\b[^\n]{0,200}\btimeout=", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PythonCall();

    // What it tells whoever reads its log.
    [GeneratedRegex(@"(?i)\b(log(ger|ging)?|slog|klog|console|warn(ing|f)?|error[fw]?|info[fw]?|debug[fw]?|print(f|ln)?|tracing)\b[^\n]{0,40}[(!][^\n]{0,120}[""'`][^\n]{0,200}retry", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Logged();

    [GeneratedRegex(@"_timeout\b['""]?\s*(=|:|=>)\s*\S", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Setting();
}
