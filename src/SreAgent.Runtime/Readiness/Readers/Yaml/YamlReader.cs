using System.Buffers;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>Opens YAML that may be operational, parses it once, and lets everybody who knows a kind of document read it.</summary>
internal sealed class YamlReader(IEnumerable<IYamlStatements> kinds) : IStatementReader
{
    // A key of each kind of document that is read; most YAML of a large tree (translations, fixtures, API descriptions) has none.
    private static readonly LiteralScreen Keys = new(
        "apiVersion:", "alert:", "record:", "receivers:", "contactPoints:", "slos:", "scrape_configs:", "replicaCount:", "Probe:", "services:",
        "jobs:", "script:", "stages:", "healthcheck:", "changeSet", "createTable", "pipeline:", "steps:", "replicas:", "dependencies:", "schema-version:", "deploy:", "checks:",
        "type: replace", "serial:", "canaries:", "phases:", "Resources:", "functions:", "applications:");

    // Configuration by its name: what it connects to stands under keys of its own choosing.
    private static readonly SearchValues<string> Configuration = SearchValues.Create(
        ["values", "application", "bootstrap", "database.yml", "redis.yml", "mongoid.yml", "cable.yml", "settings", "config", "chart.yaml", "serverless.y", "publiccode.y", "appspec.y"], StringComparison.OrdinalIgnoreCase);

    private readonly IYamlStatements[] _kinds = [.. kinds];

    public bool Reads(SourceEntry file) =>
        (file.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || file.Path.EndsWith(".rules", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".yaml.tpl", StringComparison.OrdinalIgnoreCase));

    public bool MayState(string path, ReadOnlySpan<byte> content) => path.AsSpan(path.LastIndexOf('/') + 1).ContainsAny(Configuration) || Keys.Occurs(content);

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
}
