using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>The values of a Helm chart, where what its templates leave open is decided, and what the chart depends on.</summary>
internal sealed class HelmStatements : IYamlStatements
{
    private const int DeepestService = 3;

    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        return name is "Chart.yaml" or "requirements.yaml" ? Dependencies(text, document)
            : IsValues(text.Path, name) && document.At("kind") is null ? Values(text, document, ChartName(text.Path), 0)
            : [];
    }

    private static bool IsValues(string path, string name) =>
        name.StartsWith("values", StringComparison.OrdinalIgnoreCase) || name.EndsWith("values.yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("values.yml", StringComparison.OrdinalIgnoreCase)
        || path.Contains("/values/", StringComparison.Ordinal);

    private static string ChartName(string path) => path.Split('/') is [.., var folder, _] ? folder : "the chart";

    private static IEnumerable<Statement> Dependencies(SourceText text, YamlNode document)
    {
        foreach (var chart in document.Items("dependencies"))
        {
            // Helper charts bring templates, nothing that runs.
            if (chart.Entry("name") is { Value: YamlScalar { Value: { Length: > 0 } name } } entry && !name.Contains("common", StringComparison.Ordinal) && !name.Contains("library", StringComparison.Ordinal))
            {
                yield return text.State(StatementKind.Dependency, "chart dependency", entry.Line, entry.EndLine, $"Its chart installs {name}.", ("name", name));
            }
        }
    }

    private static IEnumerable<Statement> Values(SourceText text, YamlNode values, string service, int depth)
    {
        if (values is not YamlMap { Pairs: var pairs } || values.Text("enabled") is "false")
        {
            return [];
        }

        var own = Scale(text, values, service)
            .Concat(ContainerFacts.ProbesOf(text, values, service))
            .Concat(ContainerFacts.Resources(text, values, service))
            .Concat(ContainerFacts.Grace(text, values, service))
            .Concat(ContainerFacts.PreStop(text, values, service))
            .Concat(Collected(text, values, service));
        return depth == DeepestService ? own : own.Concat(pairs.Where(pair => pair.Value is YamlMap && !Known(pair.Name)).SelectMany(pair => Values(text, pair.Value, pair.Name, depth + 1)));
    }

    private static bool Known(string key) => key is "resources" or "livenessProbe" or "readinessProbe" or "startupProbe" or "autoscaling" or "hpa" or "podDisruptionBudget" or "pdb" or "lifecycle" or "serviceMonitor" or "podMonitor" or "strategy" or "updateStrategy" or "persistence" or "initContainers";

    private static IEnumerable<Statement> Scale(SourceText text, YamlNode values, string service)
    {
        if ((values.Entry("replicaCount") ?? values.Entry("replicas")) is { Value: YamlScalar { Value: var count } } replicas && int.TryParse(count, out var number))
        {
            yield return text.State(StatementKind.Redundancy, "replicas", replicas.Line, replicas.EndLine, $"{service} runs {number} replica{(number == 1 ? "" : "s")} by the chart's values.", ("replicas", count), ("service", service), ("chart", "true"));
        }

        if ((values.Entry("autoscaling") ?? values.Entry("hpa")) is { Value: YamlMap { Pairs: var scaling } map } autoscaling && map.Text("enabled") is "true")
        {
            var (min, max) = (map.Text("minReplicas") ?? "1", map.Text("maxReplicas"));
            yield return text.State(StatementKind.Redundancy, "autoscaler", autoscaling.Line, scaling.Max(pair => pair.Line), $"{service} is scaled from {min} to {max ?? "the chart's"} replicas.", ("min", min), ("max", max), ("service", service));
        }

        if ((values.Entry("podDisruptionBudget") ?? values.Entry("pdb")) is { Value: YamlMap { Pairs.Count: > 0 } pdb } budget
            && (pdb.Text("enabled") ?? pdb.Text("create")) is null or "true" && (pdb.Text("minAvailable") ?? pdb.Text("maxUnavailable")) is { } bound)
        {
            yield return text.State(StatementKind.Redundancy, "disruption budget", budget.Line, budget.EndLine, $"Disruption budget of {service}: {(pdb.Text("minAvailable") is null ? "at most" : "at least")} {bound}.", ("budget", bound), ("service", service));
        }

        if (values.Entry("topologySpreadConstraints") is { Value: YamlList { Elements.Count: > 0 } } spread)
        {
            yield return text.State(StatementKind.Redundancy, "topology spread", spread.Line, spread.EndLine, $"Pods of {service} are spread.", ("spread", "topology"), ("service", service));
        }

        if ((values.Entry("strategy") ?? values.Entry("updateStrategy") ?? values.Entry("deploymentStrategy")) is { Value: YamlMap strategy } deploy && strategy.Text("type") is { } type)
        {
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", deploy.Line, deploy.EndLine, $"{service} is replaced by {type}.", ("strategy", type), ("service", service));
        }
    }

    private static IEnumerable<Statement> Collected(SourceText text, YamlNode values, string service)
    {
        if ((values.Entry("serviceMonitor") ?? values.Entry("podMonitor")) is { Value: YamlMap monitor } entry && monitor.Text("enabled") is "true")
        {
            yield return text.State(StatementKind.Telemetry, "scrape target", entry.Line, entry.EndLine, $"Metrics of {service} are collected by a {entry.Name}.", ("signal", "metrics"), ("service", service));
        }

        foreach (var statement in ContainerFacts.Annotations(text, new YamlMap(values.Line) { Pairs = { new YamlEntry("annotations", values.Line, values.At("podAnnotations") ?? new YamlMap(values.Line)) } }, service))
        {
            yield return statement;
        }
    }
}
