using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>Applications of platforms that put one short object before the workload: how it is checked, scaled and observed.</summary>
internal sealed class NaisStatements : IYamlStatements
{
    private static readonly string[] Probes = ["liveness", "readiness", "startup"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Manifest.AllIn(document, text.Path).Where(manifest => manifest.Group == "nais.io").SelectMany(manifest => manifest.Kind switch
        {
            "Application" or "Naisjob" => Application(text, manifest),
            "Alert" => Receivers(text, manifest),
            _ => [],
        });

    private static IEnumerable<Statement> Receivers(SourceText text, Manifest alert) => alert.Root.Entries("spec", "receivers").Select(receiver =>
        text.State(StatementKind.OnCallRouting, "alert receiver", receiver.Line, receiver.EndLine, $"Alerts of {alert.Name} go to {receiver.Name}.", ("system", receiver.Name), ("pages", "false"), ("service", alert.Name)));

    private static IEnumerable<Statement> Application(SourceText text, Manifest application)
    {
        foreach (var probe in Probes)
        {
            if (application.Root.Entry("spec", probe) is { Value: YamlMap { Pairs.Count: > 0 } set } entry)
            {
                yield return text.State(StatementKind.HealthCheck, "probe", entry.Line, entry.EndLine, $"{char.ToUpperInvariant(probe[0])}{probe[1..]} probe of {application.Name} by GET {set.Text("path") ?? "/"}.", ("probe", probe), ("path", set.Text("path")), ("service", application.Name));
            }
        }

        if (application.Root.Entry("spec", "replicas") is { Value: YamlMap replicas } scaled && replicas.Text("min") is { } min)
        {
            yield return text.State(StatementKind.Redundancy, "autoscaler", scaled.Line, scaled.EndLine, $"{application.Name} is scaled from {min} to {replicas.Text("max") ?? min} replicas.", ("min", min), ("max", replicas.Text("max") ?? min), ("service", application.Name));
        }

        if (application.Root.Entry("spec", "prometheus") is { Value: YamlMap metrics } scraped && metrics.Text("enabled") == "true")
        {
            yield return text.State(StatementKind.Telemetry, "scrape target", scraped.Line, scraped.EndLine, $"Metrics of {application.Name} are collected at {metrics.Text("path") ?? "/metrics"}.", ("signal", "metrics"), ("service", application.Name));
        }

        if (application.Root.Entry("spec", "observability") is { Value: YamlMap { Pairs.Count: > 0 } } observed)
        {
            yield return text.State(StatementKind.Telemetry, "telemetry", observed.Line, observed.EndLine, $"The platform collects telemetry of {application.Name}.", ("signal", "all"), ("service", application.Name));
        }
    }
}
