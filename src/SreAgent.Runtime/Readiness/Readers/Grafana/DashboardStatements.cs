using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>Grafana dashboards carried by objects of a cluster: files of a ConfigMap, and the operator's own kind.</summary>
internal sealed class DashboardStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) => document.Text("kind") switch
    {
        "ConfigMap" => document.Entries("data").Where(file => file.Name.EndsWith(".json", StringComparison.Ordinal)).SelectMany(file => Dashboard(text, file.Value)),
        "GrafanaDashboard" => Dashboard(text, document.At("spec", "json")),
        "List" or "Template" => document.Items(document.Text("kind") == "List" ? "items" : "objects").SelectMany(each => Read(text, each)),
        _ => [],
    };

    private static IReadOnlyList<Statement> Dashboard(SourceText text, YamlNode? json) =>
        json is YamlScalar { Value: var value } && value.Contains("\"panels\"", StringComparison.Ordinal)
            ? DashboardFacts.Of(text, Encoding.UTF8.GetBytes(value), json.Line + (IsBlock(text.Lines[json.Line - 1]) ? 1 : 0))
            : [];

    // The text of a block begins on the line after its sign.
    private static bool IsBlock(string line) => line.TrimEnd() is var end && (end.EndsWith('|') || end.EndsWith('>') || end.EndsWith("|-", StringComparison.Ordinal) || end.EndsWith(">-", StringComparison.Ordinal) || end.EndsWith("|+", StringComparison.Ordinal));
}
