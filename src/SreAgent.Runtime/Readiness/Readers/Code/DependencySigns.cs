using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>What code does while something it calls is slow or gone: gives up, tries again, stops asking.</summary>
internal static partial class DependencySigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Timeout("http.Client{Timeout", ["go"]), Timeout("context.WithTimeout(", ["go"]) with { Line = GoCall() },
        Timeout("Timeout: ", ["go"]) with { Line = GoField() }, Retry("retryablehttp.", ["go"]), Retry("backoff.NewExponentialBackOff", ["go"]),
        Retry("wait.ExponentialBackoff", ["go"]), Retry("RequeueAfter:", ["go"]), Timeout("ResponseHeaderTimeout:", ["go"]), Timeout("DialTimeout:", ["go"]),
        Retry("backoff.Retry", ["go"]), Retry("retry.Do(", ["go"]), Retry("retryablehttp.NewClient(", ["go"]), Breaker("gobreaker.", ["go"]),
        Breaker("hystrix.", ["go", "java"]),
        Retry("@retry(", ["py"]), Retry("autoretry_for=", ["py"]), Retry("self.retry(", ["py"]), Retry("from tenacity import", ["py"]),
        Timeout("socket_timeout", ["py"]), Timeout("connect_timeout", ["py"]), Timeout("exceptions.Timeout", ["py"]), Timeout("requests.Timeout", ["py"]),
        Timeout("_TIMEOUT = ", ["py"]) with { Line = PythonSetting() }, Retry("max_retries=", ["py"]), Retry("Retry(total", ["py"]),
        Retry("@backoff.on_exception", ["py"]), Breaker("pybreaker", ["py"]), Timeout("timeout=", ["py"]) with { Line = PythonCall() },
        Timeout("httpx.Timeout(", ["py"]), Timeout("aiohttp.ClientTimeout(", ["py"]),
        Timeout("imeout: ", Node) with { Line = NodeField() }, Retry("retries: ", Node) with { Line = NodeRetries() },
        Retry("retry: ", Node) with { Line = NodeRetries() }, Retry("maxRetriesPerRequest", Node), Retry("axiosRetry(", Node), Retry("pRetry(", Node),
        Retry("from 'p-retry'", Node), Breaker("new CircuitBreaker(", [.. Node, .. Jvm, "cs"]), Breaker("from 'opossum'", Node), Breaker("require('opossum')", Node),
        Timeout("AbortSignal.timeout(", Node), Timeout("setTimeout(() => reject(", Node), Timeout("connectionTimeoutMillis", Node), Timeout("query_timeout:", Node), Timeout("statement_timeout:", Node), Timeout("axios.create({ timeout", Node),
        Breaker("@CircuitBreaker(", Jvm), Breaker("CircuitBreakerRegistry", Jvm), Breaker("CircuitBreakerConfig", Jvm), Retry("@Retry(", Jvm),
        Retry("@Retryable", Jvm), Retry("Retry.backoff(", Jvm), Retry(".retryWhen(", Jvm), Retry("HttpRequestRetry", Jvm), Timeout("HttpTimeout", Jvm),
        Timeout("ReadTimeoutHandler(", Jvm), Timeout(".responseTimeout(", Jvm), Timeout(".withRequestTimeout(", Jvm), Timeout(".callTimeout(", Jvm),
        Timeout("setReadTimeout(", Jvm), Timeout(".timeout(Duration", Jvm), Breaker("akka.pattern.CircuitBreaker", Jvm), Timeout(".connectTimeout(", Jvm),
        Timeout(".readTimeout(", Jvm), Timeout("setConnectTimeout(", Jvm), Timeout("@TimeLimiter(", Jvm), Breaker("resilience4j.circuitbreaker", ["properties"]),
        Retry("will retry", Everywhere) with { Line = Logged() }, Retry("retrying", Everywhere) with { Line = Logged() },
        Retry("Retrying", Everywhere) with { Line = Logged() },
        Retry("retry", Everywhere) with { Line = RetryMade() }, Retry("Retry", Everywhere) with { Line = RetryMade() },
        Retry("RETRIES", Everywhere) with { Line = RetrySet() }, Retry("RETRY_", Everywhere) with { Line = RetrySet() }, Retry("etries", Everywhere) with { Line = RetrySet() },
        Retry("maxTries", Everywhere) with { Line = RetrySet() }, Retry("MAX_TRIES", Everywhere) with { Line = RetrySet() },
        .. Handles(["py"], PythonCaught(), "RequestException", "RequestError", "ConnectionError", "HTTPError", "ClientError", "OperationalError", "RedisError"),
        .. Handles(["rb"], RubyCaught(), "Faraday::", "RestClient::", "Net::", "Errno::E", "ConnectionError"),
        .. Handles(["cs"], Caught(), "HttpRequestException", "RpcException", "RedisConnectionException"),
        .. Handles(["php"], Caught(), "GuzzleException", "RequestException", "ConnectException"),
        .. Handles(Elixir, ElixirCaught(), "{:error, %"), .. Handles(Jvm, Caught(), "TimeoutException", "ConnectException", "RestClientException", "ResourceAccessException", "ErrorException", "WebClientResponseException", "FeignException"),
        Retry("AddStandardResilienceHandler(", ["cs"]), Retry("AddResilienceHandler(", ["cs"]), Retry("WaitAndRetry", ["cs"]),
        Retry("AddTransientHttpErrorPolicy(", ["cs"]), Retry("new RetryStrategyOptions", ["cs"]), Retry("EnableRetryOnFailure(", ["cs"]),
        Breaker("CircuitBreakerAsync(", ["cs"]), Breaker("CircuitBreakerStrategyOptions", ["cs"]), Timeout("Timeout = TimeSpan", ["cs"]),
        Timeout("open_timeout", ["rb"]) with { Line = Setting() }, Timeout("read_timeout", ["rb"]) with { Line = Setting() },
        Timeout("timeout: ", ["rb"]) with { Line = RubyField() }, Timeout("options.timeout", ["rb"]), Timeout("Timeout.timeout(", ["rb"]),
        Timeout("Net::OpenTimeout", ["rb"]), Timeout("Faraday::TimeoutError", ["rb"]),
        Timeout("statement_timeout", ["rb"]) with { Line = DatabaseSetting() }, Retry("reconnect_attempts", ["rb"]), Retry("sidekiq_options retry", ["rb"]),
        Retry("sidekiq_retry_in", ["rb"]), Retry("Retriable.retriable", ["rb"]), Retry("retry_on ", ["rb"]), Retry("request :retry", ["rb"]),
        Breaker("Stoplight(", ["rb"]), Breaker("Semian.", ["rb"]), Breaker("Circuitbox.", ["rb"]),
        Needs("DATABASE_URL", "database"), Needs("POSTGRES_", "postgres"), Needs("MYSQL_", "mysql"), Needs("MONGO_", "mongodb"), Needs("MONGODB_", "mongodb"), Needs("REDIS_", "redis"), Needs("MEMCACHE", "memcached"),
        Needs("KAFKA_", "kafka"), Needs("RABBITMQ_", "rabbitmq"), Needs("AMQP_", "amqp"), Needs("ELASTICSEARCH_", "elasticsearch"), Needs("OPENSEARCH_", "opensearch"), Needs("SMTP_", "smtp"),
        Timeout("Tesla.Middleware.Timeout", Elixir), Retry("Tesla.Middleware.Retry", Elixir), Breaker(":fuse.", Elixir), Timeout("receive_timeout:", Elixir),
        Timeout("recv_timeout:", Elixir),
        Timeout("TIMEOUT: Duration", ["rs"]), Timeout(".timeout(Duration::", ["rs"]), Timeout("connect_timeout(", ["rs"]), Timeout("tokio::time::timeout(", ["rs"]), Retry("ExponentialBackoff", ["rs"]),
        Timeout(".timeout(", ["rs"]), Retry("tokio_retry::", ["rs"]), Retry("backoff::", ["rs"]),
        Timeout("'connect_timeout'", ["php"]), Timeout("'timeout' =>", ["php"]), Retry("->retry(", ["php"]), Retry("public $tries", ["php"]),
        Timeout("proxy_read_timeout", ["conf"]), Timeout("proxy_connect_timeout", ["conf"]), Retry("proxy_next_upstream", ["conf"]),
    ];

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static CodeSign Needs(string literal, string store) =>
        new(StatementKind.Dependency, literal, Everywhere, "connection in code", $"The code connects to {store}.", ("name", store)) { Line = Address() };

    private static CodeSign Timeout(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "timeout", "The code gives up a call after a time limit (timeout).", ("does", "timeout"));

    private static CodeSign Retry(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "retry", "The code tries a failed call again (retry).", ("does", "retry"));

    private static CodeSign Breaker(string literal, string[] languages) => new(StatementKind.DependencyBehaviour, literal, languages, "circuit breaker", "The code stops calling what keeps failing (circuit breaker).", ("does", "circuit-breaker"));

    // Looked for by the name of what is caught: something is caught in nearly every file.
    private static IEnumerable<CodeSign> Handles(string[] languages, Regex caught, params string[] literals) =>
        literals.Select(literal => new CodeSign(StatementKind.DependencyBehaviour, literal, languages, "failed call handled", "The code handles a call to something else that fails.", ("does", "handled")) { Line = caught });

    // A function of its own that tries again.
    [GeneratedRegex(@"\b(fun|func|def|fn|function|public|private|protected|internal|static|async|const|val)\b[^\n=;]{0,80}\b(retry(?!Count|Limit|Delay|Interval|_count|_limit|_delay|_interval)\w*|\w*[wW]ith_?[rR]etr(y|ies)\w*)\s*(<[^>]*>)?\s*(\(|=\s*(async\s*)?\()", Options, 10_000)]
    private static partial Regex RetryMade();

    // How often and how long it tries.
    [GeneratedRegex(@"\b(\w+_)?(MAX_?RETRIES|MAX_?TRIES|RETRY_(DELAY|INTERVAL|COUNT|BACKOFF|LIMIT|TIMES|MAX|WAIT|ATTEMPTS)\w*|[mM]ax_?[rR]etries|maxTries|numRetries|num_retries)\b['""]?\s*(:\s*[\w.<>\[\]]+\s*)?(=|:=|:)\s*(\d|int\(|Duration|time\.|TimeSpan)", Options, 10_000)]
    private static partial Regex RetrySet();

    [GeneratedRegex(@"\bexcept\b.*\b(ConnectionError|RequestException|RequestError|HTTPError|ClientError|RedisError|OperationalError)\b", Options, 10_000)]
    private static partial Regex PythonCaught();

    [GeneratedRegex(@"\{:error, %((HTTPoison|Mint|Finch|Tesla|Req|Redix|DBConnection|ExAws)\.|(?!Jason|Poison|Ecto)([A-Z]\w*\.)+(?!\w*(Decode|Parse|Syntax|Validation|NotFound|Argument|Key|Cast))\w*Error\{|Error\{reason:)", Options, 10_000)]
    private static partial Regex ElixirCaught();

    [GeneratedRegex(@"\brescue\b.*(Faraday::|RestClient::|Net::(Read|Open|Write)Timeout|Errno::E(CONN|HOST|TIMED)|ConnectionError)", Options, 10_000)]
    private static partial Regex RubyCaught();

    [GeneratedRegex(@"\bcatch\s*\(.*(HttpRequestException|RpcException|RedisConnectionException|\b(Socket|HttpConnect|Read)?TimeoutException|ConnectException|RestClientException|ResourceAccessException|Http(Client|Server)ErrorException|WebClientResponseException|FeignException|GuzzleException|\bRequestException)", Options, 10_000)]
    private static partial Regex Caught();

    [GeneratedRegex(@"\b(requests|httpx|session|client|aiohttp|urlopen|redis|Redis|create_engine|connect)\b[^\n]{0,200}\btimeout=", Options, 10_000)]
    private static partial Regex PythonCall();

    // A variable that tells where it is, as the environment gives it.
    [GeneratedRegex(@"[""'`](DATABASE_URL|(POSTGRES|MYSQL|MONGO|MONGODB|REDIS|MEMCACHED?|KAFKA|RABBITMQ|AMQP|ELASTICSEARCH|OPENSEARCH|SMTP)_(URL|URI|HOST|HOSTS|HOSTNAME|ADDR|ADDRESS|DSN|BROKERS?|BOOTSTRAP_SERVERS|SERVERS?|ENDPOINT))[""'`]", Options, 10_000)]
    private static partial Regex Address();

    // What it tells whoever reads its log.
    [GeneratedRegex(@"(?i)\b(log(ger|ging)?|slog|klog|console|warn(ing|f)?|error[fw]?|info[fw]?|debug[fw]?|print(f|ln)?|tracing)\b[^\n]{0,40}[(!][^\n]{0,120}[""'`][^\n]{0,200}retry", Options, 10_000)]
    private static partial Regex Logged();

    // How long its own end may take says nothing about a call.
    [GeneratedRegex(@"^(?!.*([sS]hutdown|[sS]top|[gG]race|[dD]rain|cleanup|Cleanup)).*context\.WithTimeout\(", Options, 10_000)]
    private static partial Regex GoCall();

    [GeneratedRegex(@"\b(Dial|Connect|Request|Client|Call)?Timeout:\s+.*(time\.(Second|Minute|Millisecond|Duration)|[tT]imeout)", Options, 10_000)]
    private static partial Regex GoField();

    [GeneratedRegex(@"\b(timeout|proxyTimeout|requestTimeout|connectTimeout|connectionTimeout|socketTimeout|responseTimeout|readTimeout)\s*:\s*([\d_]{3,}|\{\s*(request|response|connect|socket|send|read|lookup)\b|[\w.]*(timeout|Timeout|TIMEOUT))", Options, 10_000)]
    private static partial Regex NodeField();

    [GeneratedRegex(@"\bretr(y|ies)\s*:\s*(\{|[1-9]|\w*[rR]etr)", Options, 10_000)]
    private static partial Regex NodeRetries();

    [GeneratedRegex(@"\b(timeout|open_timeout|read_timeout|connect_timeout)\s*:\s*(\d|[A-Z]|ENV|Settings|config)", Options, 10_000)]
    private static partial Regex RubyField();

    [GeneratedRegex(@"\b\w*(CONNECT|READ|REQUEST|REQUESTS|HTTP|SOCKET|CLIENT|API|REDIS|DB|DATABASE|SMTP|S3|STATEMENT|POOL)\w*_TIMEOUT = ", Options, 10_000)]
    private static partial Regex PythonSetting();

    // How long a migration may take says nothing about a call.
    [GeneratedRegex(@"^(?!.*Migrations).*_timeout\b['""]?\s*(=|:|=>)\s*\S", Options, 10_000)]
    private static partial Regex DatabaseSetting();

    [GeneratedRegex(@"_timeout\b['""]?\s*(=|:|=>)\s*\S", Options, 10_000)]
    private static partial Regex Setting();
}
