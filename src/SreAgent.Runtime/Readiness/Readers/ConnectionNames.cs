namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Tells what a setting connects to by its name: <c>DATABASE_URL</c>, <c>PAYMENTS_SERVICE_ADDR</c>.</summary>
internal static class ConnectionNames
{
    private static readonly string[] Ends = ["_SERVICE_URL", "_SERVICE_ADDR", "_SERVICE_HOST", "_API_URL", "_BASE_URL", "_URL", "_URI", "_DSN", "_ADDR", "_ADDRESS", "_ENDPOINT", "_HOST", "_BROKERS", "_BOOTSTRAP_SERVERS", "_HOSTNAME", "_SERVERS", "_BUCKET", "_BUCKET_NAME", "_QUEUE_NAME", "_TOPIC_ARN", "_QUEUE_ARN"];

    // Its own address, and addresses nobody depends on to run.
    private static readonly string[] Own = ["", "APP", "BASE", "PUBLIC", "PUBLIC_BASE", "LISTEN", "BIND", "HTTP", "HTTPS", "SERVER", "SITE", "ROOT", "EXTERNAL", "INTERNAL", "SELF", "HOST", "POD", "NODE", "FRONTEND", "CALLBACK", "REDIRECT", "WEB", "API", "DOCS", "METRICS", "DEBUG", "HEALTH", "ALLOWED", "TRUSTED", "CORS", "CANONICAL", "DEFAULT", "PROXY", "HTTP_PROXY", "WEBHOOK", "LOG", "VIRTUAL", "PHX", "RAILS", "DJANGO", "LETSENCRYPT", "GRAFANA", "CONSOLE", "SENDER", "FROM", "MAIL_FROM", "EMAIL", "REPLY_TO", "GIT_REPO", "REPO", "REPOSITORY", "HELP", "FEEDBACK", "SUPPORT", "STATUS", "IMAGE", "AVATAR", "LOGO", "ICON", "CDN", "ASSET", "STATIC", "MEDIA", "SENTRY", "COOKIE", "SESSION", "REMOTE", "CLIENT", "JAEGER", "SERVICE", "AUDIENCE", "ISSUER"];

    // Where it listens itself, and where it sends what it says of itself.
    private static readonly string[] Listens = ["LISTEN", "BIND", "OTLP", "PPROF", "METRICS", "HEALTH", "_PER", "SENTRY", "FROM", "SENDER", "REDIRECT", "CALLBACK", "EMAIL"];

    // Written the other way round: API_BASE_URL_PAYMENTS.
    private static readonly string[] Beginnings = ["API_BASE_URL_", "BASE_URL_", "API_URL_", "SERVICE_URL_"];

    /// <returns>Null when the name says nothing.</returns>
    public static string? Target(string name)
    {
        if (name.StartsWith("TEST_", StringComparison.Ordinal) || name.StartsWith("NEXT_PUBLIC_", StringComparison.Ordinal))
        {
            return null;
        }

        if (name is "PGHOST" or "PGHOSTADDR")
        {
            return "postgres";
        }

        foreach (var beginning in Beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal) && name.Length > beginning.Length)
            {
                return Plain(name[beginning.Length..]);
            }
        }

        foreach (var end in Ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                var target = name[..^end.Length];
                return Own.Contains(target, StringComparer.Ordinal) || Listens.Any(part => target.EndsWith(part, StringComparison.Ordinal)) ? null : Plain(target);
            }
        }

        return null;
    }

    private static string Plain(string target) => target.Replace('_', '-').ToLowerInvariant();
}
