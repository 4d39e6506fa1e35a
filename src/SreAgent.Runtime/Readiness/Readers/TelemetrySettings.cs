namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Tells by the name of a variable that a service reports on itself, and what: agents of monitoring are set up so.</summary>
internal static class TelemetrySettings
{
    private static readonly (string Beginning, string Signal)[] Agents =
    [
        ("NEW_RELIC_", "metrics"), ("DD_", "metrics"), ("DATADOG_", "metrics"), ("ELASTIC_APM_", "traces"), ("APPLICATIONINSIGHTS_", "metrics"), ("APPINSIGHTS_", "metrics"),
        ("OTEL_EXPORTER_", "traces"), ("SENTRY_DSN", "errors"), ("HONEYBADGER_API_KEY", "errors"), ("ROLLBAR_", "errors"), ("BUGSNAG_API_KEY", "errors"), ("AIRBRAKE_", "errors"),
    ];

    /// <returns>metrics, traces or errors; null when the name says nothing of the kind.</returns>
    public static string? Signal(string variable) =>
        Array.Find(Agents, agent => variable.StartsWith(agent.Beginning, StringComparison.Ordinal)).Signal;
}
