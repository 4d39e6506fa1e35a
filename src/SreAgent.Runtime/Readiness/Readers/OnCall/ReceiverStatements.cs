using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.OnCall;

/// <summary>Where alerts go: receivers of an Alertmanager (file, object, or values of a chart) and contact points of Grafana.</summary>
internal sealed class ReceiverStatements : IYamlStatements
{
    private const int Deepest = 5;

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Lists(document, 0).SelectMany(receiver => Receiver(text, receiver))
            .Concat(document.Items("contactPoints").SelectMany(point => ContactPoint(text, point)));

    private static IEnumerable<YamlNode> Lists(YamlNode node, int depth)
    {
        if (node is not YamlMap map || depth > Deepest)
        {
            return [];
        }

        return map.Pairs.SelectMany(pair => pair.Name == "receivers" && pair.Value is YamlList list ? list.Elements : Lists(pair.Value, depth + 1));
    }

    private static IEnumerable<Statement> Receiver(SourceText text, YamlNode receiver)
    {
        if (receiver.Entry("name") is not { Value: YamlScalar { Value: { Length: > 0 } name } } entry)
        {
            yield break;
        }

        // A receiver without a configuration swallows what it gets.
        foreach (var configured in receiver.Entries().Where(pair => pair.Value is YamlList { Elements.Count: > 0 } && SystemOf(pair.Name) is not null))
        {
            var system = SystemOf(configured.Name)!;
            yield return text.State(StatementKind.OnCallRouting, "alert receiver", entry.Line, configured.Line, $"Alerts for receiver {name} go to {system}.", ("receiver", name), ("system", system), ("pages", Pages(system) ? "true" : "false"));
        }
    }

    private static IEnumerable<Statement> ContactPoint(SourceText text, YamlNode point)
    {
        foreach (var receiver in point.Items("receivers"))
        {
            if (receiver.Entry("type") is { Value: YamlScalar { Value: { Length: > 0 } system } } entry)
            {
                yield return text.State(StatementKind.OnCallRouting, "contact point", entry.Line, entry.EndLine, $"Contact point {point.Text("name") ?? "unnamed"} reaches {system}.", ("receiver", point.Text("name")), ("system", system), ("pages", Pages(system) ? "true" : "false"));
            }
        }
    }

    private static string? SystemOf(string key) =>
        key.EndsWith("_configs", StringComparison.Ordinal) ? key[..^"_configs".Length].ToLowerInvariant()
        : key.EndsWith("Configs", StringComparison.Ordinal) ? key[..^"Configs".Length].ToLowerInvariant()
        : null;

    private static bool Pages(string system) => system.ToLowerInvariant() is "pagerduty" or "opsgenie" or "victorops" or "oncall" or "incidentio" or "jira" or "pushover" or "squadcast" or "zenduty";
}
