using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>
/// What a platform binds to a service by the manifest of its deployment: Cloud Foundry, CloudFormation with SAM and Serverless, NAIS, and the like; and the
/// rules a mesh keeps for calls that fail.
/// </summary>
internal sealed class PlatformStatements : IYamlStatements
{
    private static readonly string[] Stores =
    [
        "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable", "AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::S3::Bucket", "AWS::Kinesis::Stream",
        "AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain", "AWS::MSK::Cluster", "AWS::DocDB::DBCluster", "AWS::Events::EventBus",
    ];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        document.Items("applications") is { Count: > 0 } applications ? applications.SelectMany(application => CloudFoundry(text, application))
        : (document.At("Resources") ?? document.At("resources", "Resources")) is YamlMap resources ? resources.Pairs.SelectMany(resource => CloudFormation(text, resource))
        : document.Text("apiVersion") is { } version ? Cluster(text, document, version)
        : [];

    private static IEnumerable<Statement> CloudFoundry(SourceText text, YamlNode application)
    {
        var name = application.Text("name") ?? "the application";
        foreach (var service in application.Items("services"))
        {
            if (((service as YamlScalar)?.Value ?? service.Text("name")) is { Length: > 0 } bound)
            {
                yield return Needs(text, "bound service", service.Line, bound, name);
            }
        }

        if ((application.Entry("health-check-http-endpoint") ?? (application.Text("health-check-type") == "http" ? application.Entry("health-check-type") : null)) is { } check)
        {
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, check.EndLine, $"The platform checks {name}{(application.Text("health-check-http-endpoint") is { } path ? $" by GET {path}" : " by HTTP")}.", ("probe", "check"), ("path", application.Text("health-check-http-endpoint")), ("service", name));
        }

        foreach (var variable in application.Entries("env"))
        {
            if (TelemetrySettings.State(text, variable, variable.Name, variable, name) is { } set)
            {
                yield return set;
            }
        }
    }

    private static IEnumerable<Statement> CloudFormation(SourceText text, YamlEntry resource)
    {
        if (resource.Value.Text("Type") is { } type && Stores.Contains(type, StringComparer.Ordinal) && resource.Value.Entry("Type") is { } at)
        {
            yield return text.State(StatementKind.Dependency, "infrastructure", resource.Line, at.Line, $"Runs on {type.Split("::")[1]} {type.Split("::")[2]} {resource.Name}.", ("name", resource.Name), ("type", type));
        }

        if (resource.Value.Text("Type") == "AWS::ElasticLoadBalancingV2::TargetGroup" && resource.Value.Entry("Properties", "HealthCheckPath") is { } check)
        {
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, check.EndLine, $"The load balancer checks {resource.Name}.", ("probe", "load-balancer"), ("path", (check.Value as YamlScalar)?.Value), ("service", resource.Name));
        }

        if ((resource.Value.Entry("Properties", "RedrivePolicy") ?? resource.Value.Entry("Properties", "DeadLetterQueue") ?? resource.Value.Entry("Properties", "DeadLetterConfig")) is { } dead)
        {
            yield return text.State(StatementKind.DependencyBehaviour, "dead letters", dead.Line, dead.EndLine, $"What {resource.Name} cannot handle is kept apart after some attempts.", ("does", "dead-letter"));
        }
    }

    private static IEnumerable<Statement> Cluster(SourceText text, YamlNode document, string version)
    {
        var name = document.Text("metadata", "name") ?? "the service";
        var spec = document.At("spec");
        switch (version.Split('/')[0], document.Text("kind"))
        {
            case ("nais.io", _):
                foreach (var rule in spec?.Items("accessPolicy", "outbound", "rules") ?? [])
                {
                    if (rule.Entry("application") is { Value: YamlScalar { Value: var application } } entry)
                    {
                        yield return Needs(text, "outbound access", entry.Line, application, name);
                    }
                }

                foreach (var external in spec?.Items("accessPolicy", "outbound", "external") ?? [])
                {
                    if (external.Entry("host") is { Value: YamlScalar { Value: var host } } entry)
                    {
                        yield return Needs(text, "outbound access", entry.Line, host, name);
                    }
                }

                foreach (var entry in new[] { spec?.Entry("gcp", "sqlInstances"), spec?.Entry("kafka"), spec?.Entry("redis"), spec?.Entry("valkey"), spec?.Entry("openSearch"), spec?.Entry("gcp", "buckets"), spec?.Entry("gcp", "bigQueryDatasets") }.OfType<YamlEntry>())
                {
                    yield return Needs(text, "platform resource", entry.Line, entry.Name == "sqlInstances" ? "postgres" : entry.Name, name);
                }

                break;
            case ("cloud.redhat.com", "ClowdApp"):
                foreach (var needed in spec?.Items("dependencies").OfType<YamlScalar>() ?? [])
                {
                    yield return Needs(text, "platform resource", needed.Line, needed.Value, name);
                }

                foreach (var entry in new[] { spec?.Entry("database"), spec?.Entry("kafkaTopics"), spec?.Entry("inMemoryDb"), spec?.Entry("objectStore") }.OfType<YamlEntry>())
                {
                    yield return Needs(text, "platform resource", entry.Line, entry.Name, name);
                }

                break;
            case ("networking.istio.io", "VirtualService"):
                foreach (var entry in (spec?.Items("http") ?? []).SelectMany(route => new[] { route.Entry("retries"), route.Entry("timeout") }).OfType<YamlEntry>())
                {
                    yield return text.State(StatementKind.DependencyBehaviour, entry.Name == "retries" ? "retry" : "timeout", entry.Line, entry.EndLine, $"The mesh {(entry.Name == "retries" ? "tries calls again" : "gives up calls")} to {name}.", ("does", entry.Name == "retries" ? "retry" : "timeout"));
                }

                break;
            case ("networking.istio.io", "DestinationRule") when spec?.Entry("trafficPolicy", "outlierDetection") is { } outlier:
                yield return text.State(StatementKind.DependencyBehaviour, "circuit breaker", outlier.Line, outlier.EndLine, $"The mesh stops calling instances of {name} that keep failing.", ("does", "circuit-breaker"));
                break;
            default:
                break;
        }
    }

    private static Statement Needs(SourceText text, string sort, int line, string needed, string service) =>
        text.State(StatementKind.Dependency, sort, line, line, $"{service} needs {needed}.", ("name", needed), ("service", service));
}
