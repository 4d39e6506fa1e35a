using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>What a pod and its containers state, in a manifest as in a chart's values.</summary>
internal static class ContainerFacts
{
    private static readonly (string Key, string Probe)[] Probes = [("livenessProbe", "liveness"), ("readinessProbe", "readiness"), ("startupProbe", "startup")];

    public static IEnumerable<Statement> Of(SourceText text, YamlNode container, string service) =>
        ProbesOf(text, container, service)
            .Concat(PreStop(text, container, service))
            .Concat(Resources(text, container, service))
            .Concat(Connections(text, container, service))
            .Concat(Telemetry(text, container, service));

    public static IEnumerable<Statement> ProbesOf(SourceText text, YamlNode container, string service)
    {
        foreach (var (key, probe) in Probes)
        {
            if (container.Entry(key) is not { } entry || !IsSet(entry.Value))
            {
                continue;
            }

            var path = entry.Value.Text("httpGet", "path");
            var how = path is not null ? $"GET {path}" : entry.Value.At("grpc") is not null ? "gRPC" : entry.Value.At("tcpSocket") is not null ? "TCP connection" : entry.Value.At("exec") is not null ? "a command" : "the values given";
            yield return text.State(StatementKind.HealthCheck, "probe", entry.Line, entry.EndLine,
                $"{char.ToUpperInvariant(probe[0])}{probe[1..]} probe of {service} by {how}.", ("probe", probe), ("path", path), ("service", service));
        }
    }

    public static IEnumerable<Statement> Grace(SourceText text, YamlNode pod, string service)
    {
        if (pod.Entry("terminationGracePeriodSeconds") is { Value: YamlScalar { Value: { Length: > 0 } seconds } } grace)
        {
            yield return text.State(StatementKind.Shutdown, "grace period", grace.Line, grace.EndLine,
                $"{service} is given {(seconds == YamlScalar.Templated ? "the chart's" : seconds)} seconds to end after SIGTERM.", ("gracePeriod", seconds), ("service", service));
        }
    }

    public static IEnumerable<Statement> PreStop(SourceText text, YamlNode container, string service)
    {
        if (container.Entry("lifecycle", "preStop") is { Value: YamlMap { Pairs.Count: > 0 } } hook)
        {
            yield return text.State(StatementKind.Shutdown, "preStop hook", hook.Line, hook.EndLine, $"{service} runs a preStop hook before it is stopped.", ("preStop", "true"), ("service", service));
        }
    }

    public static IEnumerable<Statement> Resources(SourceText text, YamlNode container, string service)
    {
        if (container.Entry("resources") is not { } resources || !IsSet(resources.Value))
        {
            yield break;
        }

        var (cpu, memory) = (resources.Value.Text("limits", "cpu"), resources.Value.Text("limits", "memory"));
        var (askedCpu, askedMemory) = (resources.Value.Text("requests", "cpu"), resources.Value.Text("requests", "memory"));
        if ((cpu ?? memory ?? askedCpu ?? askedMemory ?? (resources.Value as YamlScalar)?.Value) is null)
        {
            yield break;
        }

        yield return text.State(StatementKind.ResourceLimit, "resources", resources.Line, resources.EndLine,
            resources.Value is YamlScalar ? $"CPU and memory of {service} are limited by the chart's values." : $"{service} asks for {askedCpu ?? "no"} CPU and {askedMemory ?? "no"} memory, limited to {cpu ?? "no limit of"} CPU and {memory ?? "no limit of"} memory.",
            ("cpuLimit", cpu), ("memoryLimit", memory), ("cpuRequest", askedCpu), ("memoryRequest", askedMemory), ("service", service));
    }

    /// <summary>Annotations by which a metrics server finds pods.</summary>
    public static IEnumerable<Statement> Annotations(SourceText text, YamlNode? metadata, string service)
    {
        if (metadata?.Entry("annotations", "prometheus.io/scrape") is { Value: YamlScalar { Value: "true" } } scrape)
        {
            var path = metadata.Text("annotations", "prometheus.io/path") ?? "/metrics";
            yield return text.State(StatementKind.Telemetry, "scrape annotation", scrape.Line, scrape.EndLine, $"Metrics of {service} are scraped at {path}.", ("signal", "metrics"), ("path", path), ("service", service));
        }
    }

    private static IEnumerable<Statement> Connections(SourceText text, YamlNode container, string service)
    {
        foreach (var variable in container.Items("env"))
        {
            if (variable.Entry("name") is { Value: YamlScalar { Value: var name } } entry && ConnectionNames.Target(name) is { } target && variable.At("valueFrom", "fieldRef") is null)
            {
                yield return text.StateByName(StatementKind.Dependency, "connection", entry.Line, name, $"{service} is told where {target} is by {name}.", ("name", target), ("variable", name), ("service", service));
            }
        }
    }

    private static IEnumerable<Statement> Telemetry(SourceText text, YamlNode container, string service)
    {
        foreach (var variable in container.Items("env"))
        {
            if (variable.Entry("name") is { Value: YamlScalar { Value: var name } } entry && TelemetrySettings.State(text, entry, name, variable.Entry("value"), service) is { } set)
            {
                yield return set;
            }
        }
    }

    private static bool IsSet(YamlNode value) => value switch
    {
        YamlMap map => map.Pairs.Count > 0 && map.Text("enabled") is not "false",
        YamlScalar scalar => scalar.Value == YamlScalar.Templated,
        _ => false,
    };
}
