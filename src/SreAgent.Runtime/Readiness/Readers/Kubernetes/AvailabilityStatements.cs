using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>Disruption budgets and autoscalers, and canaries that go back by themselves.</summary>
internal sealed class AvailabilityStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Manifest.AllIn(document, text.Path).SelectMany(manifest => manifest.Kind switch
        {
            "PodDisruptionBudget" => Budget(text, manifest),
            "HorizontalPodAutoscaler" => Autoscaler(text, manifest, "minReplicas", "maxReplicas", manifest.Root.Text("spec", "scaleTargetRef", "name")),
            "ScaledObject" => Autoscaler(text, manifest, "minReplicaCount", "maxReplicaCount", manifest.Root.Text("spec", "scaleTargetRef", "name")),
            "Canary" when manifest.Group == "flagger.app" => Canary(text, manifest),
            _ => [],
        });

    private static IEnumerable<Statement> Budget(SourceText text, Manifest manifest)
    {
        if ((manifest.Root.Entry("spec", "minAvailable") ?? manifest.Root.Entry("spec", "maxUnavailable")) is { Value: YamlScalar { Value: { Length: > 0 } value } } entry)
        {
            yield return text.State(StatementKind.Redundancy, "disruption budget", entry.Line, entry.EndLine,
                $"Disruption budget {manifest.Name}: {(entry.Name == "minAvailable" ? "at least" : "at most")} {value} {(entry.Name == "minAvailable" ? "available" : "unavailable")} while nodes are drained.",
                ("budget", $"{entry.Name} {value}"), ("service", manifest.Name));
        }
    }

    private static IEnumerable<Statement> Autoscaler(SourceText text, Manifest manifest, string least, string most, string? target)
    {
        if (manifest.Root.Entry("spec", most) is { Value: YamlScalar { Value: { Length: > 0 } max } } entry)
        {
            var min = manifest.Root.Entry("spec", least);
            var minimum = (min?.Value as YamlScalar)?.Value ?? "1";
            var (first, last) = min is null ? (entry.Line, entry.EndLine) : (Math.Min(min.Line, entry.Line), Math.Max(min.EndLine, entry.EndLine));
            yield return text.State(StatementKind.Redundancy, "autoscaler", first, last,
                $"{target ?? manifest.Name} is scaled from {minimum} to {max} replicas.", ("min", minimum), ("max", max), ("service", target ?? manifest.Name));
        }
    }

    private static IEnumerable<Statement> Canary(SourceText text, Manifest manifest)
    {
        var entry = manifest.Root.Entry("spec", "analysis") ?? manifest.Root.Entry("spec", "canaryAnalysis");
        if (entry is null)
        {
            yield break;
        }

        var service = manifest.Root.Text("spec", "targetRef", "name") ?? manifest.Name;
        yield return text.State(StatementKind.DeployStrategy, "deploy strategy", entry.Line, entry.EndLine, $"{service} is replaced by a canary that is analysed.", ("strategy", "canary"), ("service", service));
        yield return text.State(StatementKind.Rollback, "canary analysis", entry.Line, entry.EndLine, $"The canary of {service} goes back by itself when its analysis fails.", ("how", "automatic"), ("service", service));
    }
}
