using System.Buffers;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>Opens YAML that may be operational, parses it once, and lets everybody who knows a kind of document read it.</summary>
internal sealed class YamlReader(IEnumerable<IYamlStatements> kinds) : IStatementReader
{
    // A key of each kind of document that is read; most YAML of a large tree (translations, fixtures, API descriptions) has none.
    private static readonly LiteralScreen Keys = new(
        "alert:", "record:", "receivers:", "contactPoints:", "slos:", "scrape_configs:", "replicaCount:", "Probe:", "services:",
        "jobs:", "script:", "stages:", "healthcheck:", "changeSet", "createTable", "pipeline:", "steps:", "replicas:", "Replicas:", "dependencies:", "schema-version:", "deploy:", "checks:",
        "autoscaling:", "isruptionBudget:", "pdb:", "topologySpread", "trategy:", "preStop:", "terminationGrace", "memory:", "condition:", "AWS::CloudWatch::", "total_score:", "roles:",
        "type: replace", "serial:", "canaries:", "phases:", "Resources:", "functions:", "applications:", "servers:");

    // A kind or a mark of each object of a cluster that is read; most objects (settings, accounts, roles) have none.
    private static readonly LiteralScreen Objects = new(
        "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "PodDisruptionBudget", "HorizontalPodAutoscaler", "ScaledObject", "Canary", "CronJob",
        "velero.io", "ScheduledBackup", "postgresql.cnpg.io", "PostgresCluster", "Monitor", "Scrape", "monitoring.coreos.com", "prometheus.io/",
        "\"panels\"", "openslo", "ServiceLevelObjective", "SLO", "n9/", "pyrra.dev", "sloth.", "keptn", "GrafanaAlertRuleGroup", "cnrm.cloud.google.com", "backstage.io/", "a8r.io/", "team:", "owner:", "owning-team:", "kubernetes.io/owner:",
        "argoproj.io", "toolkit.fluxcd.io", "operators.coreos.com", "tekton.dev", "helm.sh/hook", "nais.io", "cloud.redhat.com", "istio.io");

    // Configuration by its name: what it connects to stands under keys of its own choosing.
    private static readonly SearchValues<string> Configuration = SearchValues.Create(
        ["values", "application", "bootstrap", "database.yml", "redis.yml", "mongoid.yml", "cable.yml", "settings", "config", "chart.yaml", "serverless.y", "publiccode.y", "appspec.y"], StringComparison.OrdinalIgnoreCase);

    private readonly IYamlStatements[] _kinds = [.. kinds];

    // What fills YAML in before it is used leaves its shape as it is.
    private static readonly string[] Fillers = [".tpl", ".tmpl", ".template", ".j2", ".erb"];

    public bool Reads(SourceEntry file) =>
        Filled(file.Path, out var name) is var filled
        && (name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rules", StringComparison.OrdinalIgnoreCase) || (filled && !name.Contains('.')));

    // A template may be of anything; one that does not say of what is read when it makes an object of a cluster.
    public bool MayState(string path, ReadOnlySpan<byte> content) => Filled(path, out var name) && !name.Contains('.') ? content.IndexOf("apiVersion:"u8) >= 0 && Objects.Occurs(content) : IsOperational(path, content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        foreach (var document in YamlText.Read(text).SelectMany(OperationsFile.Open))
        {
            foreach (var statement in _kinds.SelectMany(kind => kind.Read(text, document)))
            {
                yield return statement;
            }
        }
    }

    private static bool Filled(string path, out ReadOnlySpan<char> name)
    {
        name = path.AsSpan(path.LastIndexOf('/') + 1);
        foreach (var filler in Fillers)
        {
            if (name.EndsWith(filler, StringComparison.OrdinalIgnoreCase))
            {
                name = name[..^filler.Length];
                return true;
            }
        }

        return false;
    }

    private static bool IsOperational(string path, ReadOnlySpan<byte> content) => path.AsSpan(path.LastIndexOf('/') + 1).ContainsAny(Configuration) || Keys.Occurs(content) || Objects.Occurs(content);
}
