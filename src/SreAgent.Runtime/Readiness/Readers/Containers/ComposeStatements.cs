using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Containers;

/// <summary>Compose files: what is checked, what waits for what, what is started again.</summary>
internal sealed class ComposeStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        if (!IsCompose(text.Path) || document.At("services") is not YamlMap { Pairs: var services })
        {
            return [];
        }

        // What is built from this tree is the service; a database or a dashboard beside it speaks of itself.
        var built = services.Where(service => service.Value.At("build") is not null).ToArray();
        return (built.Length > 0 ? built : [.. services])
            .Where(service => !service.Name.Contains("test", StringComparison.OrdinalIgnoreCase))
            .SelectMany(service => Service(text, service))
            .Concat(services.Where(service => service.Value.At("build") is null).SelectMany(service => Beside(text, service)));
    }

    // A database that is started with it is there because it is needed.
    private static IEnumerable<Statement> Beside(SourceText text, YamlEntry service)
    {
        if (service.Value.Entry("image") is { Value: YamlScalar { Value: var image } } entry && !service.Name.Contains("test", StringComparison.OrdinalIgnoreCase) && Stores.Named(image.Split('/')[^1]) is { } store)
        {
            yield return text.State(StatementKind.Dependency, "service beside it", service.Line, entry.Line, $"Compose starts {store} beside it.", ("name", store), ("service", service.Name));
        }
    }

    private static bool IsCompose(string path) => path[(path.LastIndexOf('/') + 1)..] is var name
        && (name.StartsWith("docker-compose", StringComparison.OrdinalIgnoreCase) || name.StartsWith("compose", StringComparison.OrdinalIgnoreCase) || name.EndsWith("compose.yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith("compose.yaml", StringComparison.OrdinalIgnoreCase) || name.StartsWith("docker-stack", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Statement> Service(SourceText text, YamlEntry service)
    {
        var node = service.Value;
        if (node.Entry("healthcheck") is { Value: YamlMap health } check && health.At("test") is not null && health.Text("disable") is not "true")
        {
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, check.EndLine, $"Compose checks {service.Name}.", ("probe", "healthcheck"), ("service", service.Name), ("platform", "compose"));
        }

        if (node.Entry("depends_on") is { } depends)
        {
            var names = depends.Value is YamlMap map ? map.Pairs.Select(pair => (pair.Name, pair.Line)) : depends.Value is YamlList list ? list.Elements.OfType<YamlScalar>().Select(name => (name.Value, name.Line)) : [];
            foreach (var (name, line) in names)
            {
                yield return text.State(StatementKind.Dependency, "service dependency", line, line, $"{service.Name} needs {name}.", ("name", name), ("service", service.Name));
            }
        }

        if (node.Entry("stop_grace_period") is { Value: YamlScalar { Value: { Length: > 0 } grace } } ending)
        {
            yield return text.State(StatementKind.Shutdown, "grace period", ending.Line, ending.EndLine, $"{service.Name} is given {grace} to end.", ("gracePeriod", grace), ("service", service.Name));
        }

        if (node.Entry("restart") is { Value: YamlScalar { Value: ("always" or "unless-stopped" or "on-failure") and var policy } } restart)
        {
            yield return text.State(StatementKind.Redundancy, "restart policy", restart.Line, restart.EndLine, $"{service.Name} is started again when it ends ({policy}).", ("restart", policy), ("service", service.Name), ("platform", "compose"));
        }

        foreach (var statement in Swarm(text, service))
        {
            yield return statement;
        }
    }

    private static IEnumerable<Statement> Swarm(SourceText text, YamlEntry service)
    {
        var deploy = service.Value.At("deploy");
        if (deploy?.Entry("replicas") is { Value: YamlScalar { Value: var count } } replicas && int.TryParse(count, out _))
        {
            yield return text.State(StatementKind.Redundancy, "replicas", replicas.Line, replicas.EndLine, $"{service.Name} runs {count} replica{(count == "1" ? "" : "s")}.", ("replicas", count), ("service", service.Name), ("platform", "compose"));
        }

        if (deploy?.Entry("update_config") is { Value: YamlMap update } strategy)
        {
            var rollsBack = update.Text("failure_action") == "rollback";
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", strategy.Line, strategy.EndLine, $"{service.Name} is replaced {update.Text("parallelism") ?? "1"} at a time.", ("strategy", "rolling"), ("service", service.Name));
            if (rollsBack)
            {
                yield return text.State(StatementKind.Rollback, "automatic rollback", strategy.Line, strategy.EndLine, $"{service.Name} goes back by itself when an update fails.", ("how", "automatic"), ("service", service.Name));
            }
        }

        if (deploy?.Entry("resources", "limits") is { Value: YamlMap { Pairs.Count: > 0 } limits } entry)
        {
            yield return text.State(StatementKind.ResourceLimit, "resources", entry.Line, entry.EndLine, $"{service.Name} is limited to {limits.Text("cpus") ?? "any"} CPU and {limits.Text("memory") ?? "any"} memory.", ("cpuLimit", limits.Text("cpus")), ("memoryLimit", limits.Text("memory")), ("service", service.Name));
        }
    }
}
