using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>Objects that make a metrics server collect, and pipelines of a telemetry collector.</summary>
internal sealed class CollectionStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Manifest.AllIn(document, text.Path).SelectMany(manifest => manifest.Kind switch
        {
            "ServiceMonitor" or "PodMonitor" or "PodMonitoring" or "VMServiceScrape" or "VMPodScrape" => Monitor(text, manifest),
            "Service" when manifest.Group.Length == 0 => ContainerFacts.Annotations(text, manifest.Root.At("metadata"), manifest.Name),
            "Probe" when manifest.Group == "monitoring.coreos.com" => Probe(text, manifest),
            _ => [],
        }).Concat(Collector(text, document));

    private static IEnumerable<Statement> Monitor(SourceText text, Manifest manifest)
    {
        var entry = manifest.Root.Entry("spec", "endpoints") ?? manifest.Root.Entry("spec", "podMetricsEndpoints");
        if (entry?.Value is not YamlList { Elements: [var first, ..] })
        {
            yield break;
        }

        var path = first.Text("path") ?? "/metrics";
        yield return text.State(StatementKind.Telemetry, "scrape target", entry.Line, entry.EndLine, $"{manifest.Kind} {manifest.Name} collects metrics at {path}.", ("signal", "metrics"), ("path", path), ("service", manifest.Name));
    }

    private static IEnumerable<Statement> Probe(SourceText text, Manifest manifest)
    {
        if (manifest.Root.Entry("spec", "targets") is { } targets)
        {
            yield return text.State(StatementKind.HealthCheck, "probe from outside", targets.Line, targets.EndLine, $"Probe {manifest.Name} checks from outside.", ("probe", "blackbox"), ("service", manifest.Name));
        }
    }

    private static IEnumerable<Statement> Collector(SourceText text, YamlNode document)
    {
        if (document.At("receivers") is YamlMap && document.At("exporters") is YamlMap && document.Entry("service", "pipelines") is { Value: YamlMap { Pairs: var pipelines } })
        {
            foreach (var pipeline in pipelines)
            {
                var signal = pipeline.Name.Split('/')[0];
                yield return text.State(StatementKind.Telemetry, "collector pipeline", pipeline.Line, pipeline.EndLine, $"A collector pipeline carries {signal}.", ("signal", signal));
            }
        }
    }
}
