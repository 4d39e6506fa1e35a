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

    /// <param name="at">Cited; its line is quoted.</param>
    /// <param name="value">Absent when it comes from elsewhere.</param>
    /// <returns>Null when the name says nothing of the kind, when it is switched off, or when the quote could show a key: keys of monitoring have no shape to know them by.</returns>
    public static Statement? State(SourceText text, YamlEntry at, string variable, YamlEntry? value, string service)
    {
        var set = (value?.Value as YamlScalar)?.Value;
        var shown = value?.Line == at.Line && set is { Length: > 0 } && !Elsewhere().IsMatch(set);
        return Array.Find(Agents, agent => variable.StartsWith(agent.Beginning, StringComparison.Ordinal)).Signal is { } signal
            && !(set is not null && Off().IsMatch(set)) && !(shown && Key().IsMatch(variable)) && !UnlabelledSecrets.MayStand(text.Lines[at.Line - 1])
                ? text.State(StatementKind.Telemetry, "telemetry setting", at.Line, at.Line, $"{service} is told by {variable} where its {signal} go.", ("signal", signal), ("service", service))
                : null;
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex("^(false|no|off|0|none|disabled?)$", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Off();

    [GeneratedRegex(@"KEY|TOKEN|DSN|LICENSE|SECRET|PASSWORD|CONNECTION_?STRING", Options, 10_000)]
    private static partial Regex Key();

    // The whole of it is filled in by whoever installs it.
    [GeneratedRegex(@"^(\(\([^()]*\)\)|\$\{[^{}]*\}|\$\([^()]*\)|\{\{[^{}]*\}\}|templated)$", Options, 10_000)]
    private static partial Regex Elsewhere();
}
