using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Modules that bring a database, a queue or a bucket: their source names it, whoever wrote them.</summary>
internal static class ModuleStatements
{
    private static readonly string[] Brought = ["rds", "aurora", "cloudsql", "cloud-sql", "sql-db", "database", "s3", "bucket", "queue", "documentdb", "docdb", "cosmos", "storage-account", "elasticache", "msk", "servicebus"];

    public static IEnumerable<Statement> Read(SourceText text, HclBlock module)
    {
        if (module.Attribute("source") is not { IsLiteral: true, Value: var source } at)
        {
            yield break;
        }

        // The last part of the address; what it is kept in may be named for a whole platform.
        var words = source.Split('?')[0].TrimEnd('/').Split('/')[^1];
        if ((Stores.Named(words) ?? Array.Find(Brought, word => words.Split('-', '_', '.').Contains(word, StringComparer.OrdinalIgnoreCase))) is { } what)
        {
            yield return text.State(StatementKind.Dependency, "infrastructure", module.Line, at.EndLine, $"Runs on {what} of module {module.Labels[0]}.", ("name", module.Labels[0]), ("type", what));
        }
    }
}
