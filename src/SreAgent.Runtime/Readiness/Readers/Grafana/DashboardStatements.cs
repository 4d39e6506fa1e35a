using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Kubernetes;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>Grafana dashboards carried by objects of a cluster: files of a ConfigMap, and the operator's own kind.</summary>
internal sealed class DashboardStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) => Manifest.AllIn(document, text.Path).SelectMany(manifest => manifest.Kind switch
    {
        "ConfigMap" => manifest.Root.Entries("data").Where(file => file.Name.EndsWith(".json", StringComparison.Ordinal)).SelectMany(file => Dashboard(text, file.Value)),
        "GrafanaDashboard" => Dashboard(text, manifest.Root.At("spec", "json")),
        _ => [],
    });

    private static IReadOnlyList<Statement> Dashboard(SourceText text, YamlNode? json)
    {
        if (json is not YamlScalar { Value: var value } || !value.Contains("\"panels\"", StringComparison.Ordinal))
        {
            return [];
        }

        // A literal block keeps its lines and begins on the one after its sign; of folded text only the first line is known.
        return IsLiteral(text.Lines[json.Line - 1])
            ? DashboardFacts.Of(text, Encoding.UTF8.GetBytes(value), json.Line + 1)
            : DashboardFacts.Of(text, Encoding.UTF8.GetBytes(value.Replace('\n', ' ')), json.Line);
    }

    private static bool IsLiteral(string line) => line.AsSpan().TrimEnd().TrimEnd("+-0123456789").EndsWith("|");
}
