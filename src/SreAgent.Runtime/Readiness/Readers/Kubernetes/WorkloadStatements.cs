using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>Deployments and their kin: how many, how they are kept apart, replaced, checked and stopped.</summary>
internal sealed class WorkloadStatements : IYamlStatements
{
    private static readonly string[] Workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "DeploymentConfig"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Manifest.AllIn(document, text.Path)
            .Where(manifest => Workloads.Contains(manifest.Kind, StringComparer.Ordinal))
            .SelectMany(workload => Replicas(text, workload).Concat(Strategy(text, workload)).Concat(Pods(text, workload)));

    private static IEnumerable<Statement> Replicas(SourceText text, Manifest workload)
    {
        if (workload.Root.Entry("spec", "replicas") is { Value: YamlScalar { Value: var count } } replicas && count.Length > 0)
        {
            yield return text.State(StatementKind.Redundancy, "replicas", replicas.Line, replicas.EndLine,
                $"{workload.Kind} {workload.Name} runs {Count(count)}.",
                ("replicas", count), ("service", workload.Name), ("workload", workload.Kind));
        }
        else if (workload.Kind == "DaemonSet")
        {
            yield return text.State(StatementKind.Redundancy, "replicas", workload.Root.Entry("kind")!.Line, workload.Root.Entry("kind")!.Line,
                $"DaemonSet {workload.Name} runs one pod on every node.", ("service", workload.Name), ("workload", workload.Kind));
        }
    }

    private static string Count(string replicas) => replicas switch
    {
        "1" => "1 replica",
        YamlScalar.Templated => "as many replicas as the chart's values say",
        _ => $"{replicas} replicas",
    };

    private static IEnumerable<Statement> Strategy(SourceText text, Manifest workload)
    {
        var entry = workload.Root.Entry("spec", "strategy") ?? workload.Root.Entry("spec", "updateStrategy");
        if (entry?.Value is not YamlMap strategy)
        {
            yield break;
        }

        var type = strategy.Text("type") ?? (strategy["canary"] is not null ? "canary" : strategy["blueGreen"] is not null ? "blue-green" : strategy["rollingUpdate"] is not null ? "RollingUpdate" : null);
        if (type is null)
        {
            yield break;
        }

        var (unavailable, surge) = (strategy.Text("rollingUpdate", "maxUnavailable"), strategy.Text("rollingUpdate", "maxSurge"));
        yield return text.State(StatementKind.DeployStrategy, "deploy strategy", entry.Line, entry.EndLine,
            $"{workload.Kind} {workload.Name} is replaced by {type}{(unavailable is null ? "" : $", at most {unavailable} unavailable")}{(surge is null ? "" : $", at most {surge} extra")}.",
            ("strategy", type), ("service", workload.Name), ("maxUnavailable", unavailable), ("maxSurge", surge));

        if (strategy.At("canary", "analysis") is not null || strategy.At("canary", "steps") is YamlList { Elements: var steps } && steps.Any(step => step.At("analysis") is not null))
        {
            yield return text.State(StatementKind.Rollback, "canary analysis", entry.Line, entry.EndLine,
                $"The canary of {workload.Name} is analysed, and goes back by itself when the analysis fails.", ("how", "automatic"), ("service", workload.Name));
        }
    }

    private static IEnumerable<Statement> Pods(SourceText text, Manifest workload)
    {
        if (workload.Root.At("spec", "template", "spec") is not { } pod)
        {
            return [];
        }

        return Spread(text, workload, pod)
            .Concat(ContainerFacts.Grace(text, pod, workload.Name))
            .Concat(ContainerFacts.Annotations(text, workload.Root.At("spec", "template", "metadata"), workload.Name))
            .Concat(pod.Items("containers").SelectMany(container => ContainerFacts.Of(text, container, workload.Name)));
    }

    private static IEnumerable<Statement> Spread(SourceText text, Manifest workload, YamlNode pod)
    {
        if (pod.Entry("topologySpreadConstraints") is { Value: YamlList { Elements.Count: > 0 } constraints } spread)
        {
            var over = string.Join(", ", constraints.Elements.Select(constraint => constraint.Text("topologyKey")).OfType<string>());
            yield return text.State(StatementKind.Redundancy, "topology spread", spread.Line, spread.EndLine,
                $"Pods of {workload.Name} are spread over {(over.Length == 0 ? "the topology" : over)}.", ("spread", over), ("service", workload.Name));
        }

        if (pod.Entry("affinity", "podAntiAffinity") is { Value: YamlMap } apart)
        {
            yield return text.State(StatementKind.Redundancy, "anti-affinity", apart.Line, apart.EndLine,
                $"Pods of {workload.Name} are kept apart by anti-affinity.", ("spread", "anti-affinity"), ("service", workload.Name));
        }
    }
}
