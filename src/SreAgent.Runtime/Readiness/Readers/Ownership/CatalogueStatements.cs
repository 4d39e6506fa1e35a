using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>Entries of a service catalogue: Backstage, OpsLevel, Cortex, Datadog. Who owns it, who is paged, what it depends on, where its runbook is.</summary>
internal sealed class CatalogueStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        var version = document.Text("apiVersion") ?? "";
        if (version.StartsWith("backstage.io/", StringComparison.Ordinal))
        {
            return document.Text("kind") is "Component" or "System" or "API" or "Resource" ? Backstage(text, document) : [];
        }

        if (document.Text("schema-version") is not null && document.At("dd-service") is not null)
        {
            return Datadog(text, document);
        }

        return text.Path.EndsWith("opslevel.yml", StringComparison.Ordinal) ? Owner(text, document.Entry("service", "owner"), document.Text("service", "name")) : [];
    }

    private static IEnumerable<Statement> Backstage(SourceText text, YamlNode document)
    {
        var name = document.Text("metadata", "name") ?? "the component";
        foreach (var statement in Owner(text, document.Entry("spec", "owner"), name))
        {
            yield return statement;
        }

        foreach (var annotation in document.Entries("metadata", "annotations"))
        {
            if (annotation.Name.StartsWith("pagerduty.com/", StringComparison.Ordinal) || annotation.Name.StartsWith("opsgenie.com/", StringComparison.Ordinal))
            {
                var system = annotation.Name[..annotation.Name.IndexOf(".com", StringComparison.Ordinal)];
                yield return text.State(StatementKind.OnCallRouting, "catalogue annotation", annotation.Line, annotation.EndLine, $"{name} is tied to {system} by its catalogue entry.", ("system", system), ("service", name));
            }
        }

        foreach (var entry in new[] { document.Entry("spec", "dependsOn"), document.Entry("spec", "consumesApis") }.OfType<YamlEntry>())
        {
            foreach (var needed in entry.Value is YamlList list ? list.Elements.OfType<YamlScalar>() : [])
            {
                yield return text.State(StatementKind.Dependency, "catalogue dependency", needed.Line, needed.EndLine, $"{name} depends on {needed.Value}.", ("name", needed.Value), ("service", name));
            }
        }

        foreach (var link in document.Items("metadata", "links"))
        {
            if (link.Entry("url") is { Value: YamlScalar { Value: var url } } entry && IsRunbook($"{link.Text("title")} {url} {link.Text("type")}"))
            {
                yield return text.State(StatementKind.RunbookLink, "runbook link", entry.Line, entry.EndLine, $"The catalogue entry of {name} leads to the runbook {url}.", ("link", url), ("service", name));
            }
        }
    }

    private static IEnumerable<Statement> Datadog(SourceText text, YamlNode document)
    {
        var name = document.Text("dd-service");
        foreach (var statement in Owner(text, document.Entry("team"), name))
        {
            yield return statement;
        }

        foreach (var integration in document.Entries("integrations").Where(pair => pair.Name is "pagerduty" or "opsgenie"))
        {
            yield return text.State(StatementKind.OnCallRouting, "catalogue annotation", integration.Line, integration.EndLine, $"{name} is tied to {integration.Name} by its catalogue entry.", ("system", integration.Name), ("service", name));
        }

        foreach (var link in document.Items("links").Where(link => link.Text("type") == "runbook" && link.Text("url") is not null))
        {
            var url = link.Entry("url")!;
            yield return text.State(StatementKind.RunbookLink, "runbook link", url.Line, url.EndLine, $"The catalogue entry of {name} leads to the runbook {link.Text("url")}.", ("link", link.Text("url")), ("service", name));
        }
    }

    private static IEnumerable<Statement> Owner(SourceText text, YamlEntry? entry, string? name)
    {
        if (entry?.Value is YamlScalar { Value: { Length: > 0 } owner } && owner.ToLowerInvariant() is not ("unknown" or "tbd" or "todo" or "guest" or "guests"))
        {
            yield return text.State(StatementKind.Owner, "catalogue owner", entry.Line, entry.EndLine, $"{name ?? "The service"} is owned by {owner}.", ("owner", owner), ("service", name));
        }
    }

    private static bool IsRunbook(string words) => words.Contains("runbook", StringComparison.OrdinalIgnoreCase) || words.Contains("playbook", StringComparison.OrdinalIgnoreCase);
}
