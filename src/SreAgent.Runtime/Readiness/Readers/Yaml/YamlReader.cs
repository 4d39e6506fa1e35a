using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>Opens YAML that may be operational, parses it once, and lets everybody who knows a kind of document read it.</summary>
internal sealed class YamlReader(IEnumerable<IYamlStatements> kinds) : IStatementReader
{
    // A key or a kind of each document that is read; most YAML of a large tree (translations, fixtures, settings, API descriptions) has none.
    private static readonly LiteralScreen Marks = new(
        "alert:", "record:", "receivers:", "contactPoints:", "slos:", "scrape_configs:", "replicaCount:", "Probe:", "services:",
        "jobs:", "script:", "stages:", "healthcheck:", "changeSet", "createTable", "pipeline:", "steps:", "replicas:", "dependencies:", "schema-version:", "deploy:", "checks:",
        "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "PodDisruptionBudget", "HorizontalPodAutoscaler", "ScaledObject", "Canary", "CronJob", "velero.io", "ScheduledBackup", "postgresql.cnpg.io", "PostgresCluster",
        "Monitor", "Scrape", "monitoring.coreos.com", "prometheus.io/", "Replicas:", "autoscaling:", "isruptionBudget:", "pdb:", "topologySpread", "trategy:", "preStop:", "terminationGrace", "memory:", "openslo", "n9/", "pyrra.dev", "sloth.", "backstage.io/", "condition:", "AWS::CloudWatch::", "total_score:", "nais.io");

    private readonly IYamlStatements[] _kinds = [.. kinds];

    public bool Reads(SourceEntry file) =>
        (file.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || file.Path.EndsWith(".rules", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yaml.tpl", StringComparison.OrdinalIgnoreCase));

    public bool MayState(string path, ReadOnlySpan<byte> content) => Marks.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        foreach (var document in YamlText.Read(text))
        {
            foreach (var statement in _kinds.SelectMany(kind => kind.Read(text, document)))
            {
                yield return statement;
            }
        }
    }
}
