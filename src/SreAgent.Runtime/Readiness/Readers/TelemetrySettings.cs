using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Variables by whose names a service is told to report on itself: agents of monitoring are set up so.</summary>
internal static partial class TelemetrySettings
{
    private static readonly (string Beginning, string Signal)[] Agents =
    [
        ("NEW_RELIC_", "metrics"), ("DD_AGENT_HOST", "metrics"), ("DD_API_KEY", "metrics"), ("DD_DOGSTATSD_", "metrics"), ("DD_TRACE_", "traces"), ("DD_LOGS_", "logs"), ("DATADOG_", "metrics"),
        ("ELASTIC_APM_", "traces"), ("APPLICATIONINSIGHTS_", "metrics"), ("APPINSIGHTS_", "metrics"),
        ("OTEL_EXPORTER_", "traces"), ("SENTRY_DSN", "errors"), ("HONEYBADGER_API_KEY", "errors"), ("ROLLBAR_", "errors"), ("BUGSNAG_API_KEY", "errors"), ("AIRBRAKE_", "errors"),
    ];

    /// <param name="at">Cited. Only the name is quoted: keys of monitoring have no shape to know them by.</param>
    /// <param name="value">Absent when it comes from elsewhere.</param>
    /// <returns>Null when the name says nothing of the kind, or when it is switched off.</returns>
    public static Statement? State(SourceText text, YamlEntry at, string variable, YamlEntry? value, string service) =>
        Array.Find(Agents, agent => variable.StartsWith(agent.Beginning, StringComparison.Ordinal)).Signal is { } signal && !((value?.Value as YamlScalar)?.Value is { } set && Off().IsMatch(set))
            ? text.StateByName(StatementKind.Telemetry, "telemetry setting", at.Line, variable, $"{service} is told by {variable} where its {signal} go.", ("signal", signal), ("service", service))
            : null;

    [GeneratedRegex("^(false|no|off|0|none|disabled?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Off();
}
