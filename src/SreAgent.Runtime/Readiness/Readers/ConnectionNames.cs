namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Tells what a setting connects to by its name: <c>DATABASE_URL</c>, <c>PAYMENTS_SERVICE_ADDR</c>.</summary>
internal static class ConnectionNames
{
    private static readonly string[] Ends = ["_SERVICE_URL", "_SERVICE_ADDR", "_SERVICE_HOST", "_API_URL", "_BASE_URL", "_URL", "_URI", "_DSN", "_ADDR", "_ADDRESS", "_ENDPOINT", "_HOST", "_BROKERS", "_BOOTSTRAP_SERVERS", "_HOSTNAME", "_SERVERS"];

    // Its own address, and addresses nobody depends on to run.
    private static readonly string[] Own = ["", "APP", "BASE", "PUBLIC", "PUBLIC_BASE", "LISTEN", "BIND", "HTTP", "HTTPS", "SERVER", "SITE", "ROOT", "EXTERNAL", "INTERNAL", "SELF", "HOST", "POD", "NODE", "FRONTEND", "CALLBACK", "REDIRECT", "WEB", "API", "DOCS", "METRICS", "DEBUG", "HEALTH", "ALLOWED", "TRUSTED", "CORS", "CANONICAL", "DEFAULT", "PROXY", "HTTP_PROXY", "WEBHOOK", "LOG", "VIRTUAL", "PHX", "RAILS", "DJANGO", "LETSENCRYPT", "GRAFANA"];

    // Where it listens itself, and where it sends what it says of itself.
    private static readonly string[] Listens = ["LISTEN", "BIND", "OTLP", "PPROF", "METRICS", "HEALTH"];

    /// <returns>Null when the name says nothing.</returns>
    public static string? Target(string name)
    {
        foreach (var end in Ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
            {
                var target = name[..^end.Length];
                return Own.Contains(target, StringComparer.Ordinal) || Listens.Any(part => target.EndsWith(part, StringComparison.Ordinal)) ? null : target.Replace('_', '-').ToLowerInvariant();
            }
        }

        return null;
    }
}
