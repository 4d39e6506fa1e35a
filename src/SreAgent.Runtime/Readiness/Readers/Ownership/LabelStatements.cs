using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Kubernetes;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>Who owns what is deployed, by labels and annotations of its manifests; contacts of a public code description.</summary>
internal sealed class LabelStatements : IYamlStatements
{
    private static readonly string[] Owners = ["team", "owner", "owning-team", "app.kubernetes.io/owner", "a8r.io/owner"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        document.At("publiccodeYmlVersion") is not null ? document.Items("maintenance", "contacts").SelectMany(contact => Contact(text, contact))
        : Manifest.AllIn(document, text.Path).Take(1).SelectMany(manifest => Labels(text, manifest));

    private static IEnumerable<Statement> Contact(SourceText text, YamlNode contact)
    {
        if (contact.Entry("name") is { Value: YamlScalar { Value: var name } } entry)
        {
            yield return text.State(StatementKind.Owner, "contact", entry.Line, contact.EndLine, $"Maintained by {name}.", ("owner", name), ("reach", contact.Text("email") is null ? null : "true"));
        }
    }

    private static IEnumerable<Statement> Labels(SourceText text, Manifest manifest)
    {
        foreach (var entry in manifest.Root.Entries("metadata", "labels").Concat(manifest.Root.Entries("metadata", "annotations")))
        {
            if (entry.Value is not YamlScalar { Value: { Length: > 1 } value } || value == YamlScalar.Templated)
            {
                continue;
            }

            // A controller marks what it made by its own name.
            if (Owners.Contains(entry.Name, StringComparer.Ordinal) && !manifest.Name.Contains(value, StringComparison.Ordinal))
            {
                yield return text.State(StatementKind.Owner, "owner label", entry.Line, entry.EndLine, $"{manifest.Name} is owned by {value}.", ("owner", value), ("service", manifest.Name));
            }
            else if (entry.Name is "a8r.io/on-call" or "a8r.io/support")
            {
                yield return text.State(StatementKind.OnCallRouting, "on-call annotation", entry.Line, entry.EndLine, $"Whoever is on call for {manifest.Name} is reached at {value}.", ("pages", entry.Name == "a8r.io/on-call" ? "true" : "false"), ("service", manifest.Name));
            }
            else if (entry.Name is "a8r.io/runbook")
            {
                yield return text.State(StatementKind.RunbookLink, "runbook link", entry.Line, entry.EndLine, $"{manifest.Name} leads to the runbook {value}.", ("link", value), ("service", manifest.Name));
            }
        }
    }
}
