using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Alerts;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Prometheus;

/// <summary>Alert and recording rules wherever they stand: rule files, objects of a cluster, a chart's values, patches of somebody else's configuration.</summary>
internal sealed class RuleStatements : IYamlStatements
{
    private const int Deepest = 9;

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        text.Text.Contains("alert:", StringComparison.Ordinal) || text.Text.Contains("record:", StringComparison.Ordinal) ? Rules(text, document, null, 0) : [];

    private static IEnumerable<Statement> Rules(SourceText text, YamlNode node, string? group, int depth) => node switch
    {
        _ when depth > Deepest => [],
        YamlMap map when map.At("expr") is YamlScalar => Rule(text, map, group),
        YamlMap map => map.Pairs.SelectMany(pair => Rules(text, pair.Value, map.Text("name") ?? group, depth + 1)),
        YamlList list => list.Elements.SelectMany(element => Rules(text, element, group, depth + 1)),
        _ => [],
    };

    private static IEnumerable<Statement> Rule(SourceText text, YamlNode rule, string? group)
    {
        if (rule.Entry("record") is { Value: YamlScalar { Value: { Length: > 0 } record } } recorded)
        {
            yield return text.State(StatementKind.RecordingRule, "recording rule", recorded.Line, rule.EndLine, $"Records {record} as {Facts.OneLine(rule.Text("expr") ?? "an expression")}.", ("name", record), ("expr", rule.Text("expr")), ("group", group));
        }

        var ofPlatform = IsOfPlatform(rule);
        if (!ofPlatform && rule.Entry("expr") is { } burning && Measured.BurnsBy(rule.Text("expr")) is { } objective && rule.Text("alert") is { } burnt)
        {
            yield return text.State(StatementKind.SloObjective, "burn-rate alert", burning.Line, burning.EndLine, $"Alert {burnt} holds the error budget of an objective of {objective} %.", ("objective", objective), ("name", burnt), ("format", "burn rate"));
        }

        if (rule.Entry("alert") is not { Value: YamlScalar { Value: { Length: > 0 } name } } alert || rule.Text("expr") is not { } expression)
        {
            yield break;
        }

        if (!ofPlatform && Measured.BurnsBy(expression) is null && Measured.OfObjective(name) && Measured.HasBound(expression))
        {
            yield return text.State(StatementKind.SloObjective, "alert on an objective", alert.Line, rule.Entry("expr")!.EndLine, $"Alert {name} fires when an objective is missed: {Facts.OneLine(expression)}", ("name", name), ("format", "alert"));
        }

        var (severity, lasting) = (rule.Text("labels", "severity") ?? rule.Text("labels", "priority"), rule.Text("for"));
        var about = rule.Text("annotations", "summary") ?? rule.Text("annotations", "description") ?? rule.Text("annotations", "message") ?? rule.Text("description") ?? rule.Text("action");
        var runbook = RunbookOf(rule);
        yield return text.State(StatementKind.AlertRule, "alert rule", Math.Min(alert.Line, rule.Line), rule.EndLine,
            $"Alert {name}{(severity is null ? "" : $" ({severity})")}{(lasting is null ? "" : $", after {lasting}")}: {Facts.OneLine(about ?? expression)}",
            ("name", name), ("severity", severity), ("expr", expression), ("for", lasting), ("summary", about), ("runbook", (runbook?.Value as YamlScalar)?.Value),
            ("service", rule.Text("labels", "service")), ("team", rule.Text("labels", "team") ?? rule.Text("labels", "owner")), ("group", group),
            ("measures", Measured.By($"{name} {expression}")), ("instructs", Says(rule).Select(AlertWords.Instructs).FirstOrDefault(instructs => instructs is not null)));
        if (runbook is not null)
        {
            var link = ((YamlScalar)runbook.Value).Value;
            yield return text.State(StatementKind.RunbookLink, "runbook link", runbook.Line, runbook.EndLine, $"Alert {name} leads to the runbook {link}.", ("link", link), ("alert", name));
        }
    }

    // What the makers of the platform ship with it promises nothing of the service.
    private static bool IsOfPlatform(YamlNode rule) => (RunbookOf(rule)?.Value as YamlScalar)?.Value is { } runbook && Array.Exists(Platforms, runbook.Contains);

    private static IEnumerable<string> Says(YamlNode rule) =>
        rule.Entries("annotations").Concat(rule.Entries().Where(entry => entry.Name is "description" or "action")).Select(entry => entry.Value).OfType<YamlScalar>().Select(text => text.Value);

    private static YamlEntry? RunbookOf(YamlNode rule) =>
        rule.Entries("annotations").FirstOrDefault(annotation =>
            annotation.Value is YamlScalar { Value: { Length: > 0 } value }
            && (annotation.Name.Contains("runbook", StringComparison.OrdinalIgnoreCase) || annotation.Name.Contains("playbook", StringComparison.OrdinalIgnoreCase) || annotation.Name is "sop" or "sop_url"
                || annotation.Name is "url" or "link" or "docs" or "documentation" or "wiki" && Array.Exists(Instructions, word => value.Contains(word, StringComparison.OrdinalIgnoreCase))));

    private static readonly string[] Platforms = ["runbooks.prometheus-operator.dev", "kubernetes-monitoring/kubernetes-mixin", "openshift/runbooks"];

    // Where an alert's only link leads is instructions when its address says so; else it may be a graph.
    private static readonly string[] Instructions = ["runbook", "playbook", "alert", "manual", "troubleshoot", "on-call", "oncall", "incident", "sop", "wiki", ".md"];
}
