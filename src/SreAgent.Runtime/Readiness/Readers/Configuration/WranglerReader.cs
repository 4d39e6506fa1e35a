using SreAgent.Core.Readiness;
using SreAgent.Core.Toml;
using static SreAgent.Runtime.Readiness.Readers.PlatformFile;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>A Cloudflare Worker's configuration: what it is bound to, and whether the platform keeps its logs.</summary>
internal sealed class WranglerReader : IStatementReader
{
    private static readonly (string Table, string Name)[] Bindings =
    [
        ("kv_namespaces", "binding"), ("r2_buckets", "bucket_name"), ("d1_databases", "database_name"), ("services", "service"), ("hyperdrive", "binding"), ("vectorize", "index_name"), ("queues", "queue"),
    ];

    public bool Reads(SourceEntry file) => IsCalled(file.Path, "wrangler");

    public IEnumerable<Statement> Read(SourceText text) => PlatformFile.Read(text) is { } root ? Bound(text, root).Concat(Told(text, root)).Concat(Observed(text, root)) : [];

    private static IEnumerable<Statement> Bound(SourceText text, TomlTable root) =>
        from binding in Bindings
        from bound in Tables(root, binding.Table).SelectMany(table => table.Names.Any(name => name is "producers" or "consumers") ? Tables(table, "producers").Concat(Tables(table, "consumers")) : [table])
        let name = (bound[binding.Name] ?? bound["binding"]) as TomlText
        where name is { Value.Length: > 0 }
        select text.State(StatementKind.Dependency, "binding", name.Line, name.Line, $"The worker is bound to {name.Value} ({binding.Table.Replace('_', ' ')}).", ("name", name.Value));

    private static IEnumerable<Statement> Told(SourceText text, TomlTable root) =>
        from vars in Tables(root, "vars")
        from name in vars.Names
        let target = ConnectionNames.Target(name)
        where target is not null
        select text.StateByAddress(StatementKind.Dependency, "connection", vars[name]!.Line, name, $"The worker is told where {target} is by {name}.", ("name", target), ("variable", name));

    private static IEnumerable<Statement> Observed(SourceText text, TomlTable root) =>
        from observability in Tables(root, "observability")
        let enabled = observability["enabled"] as TomlFlag
        where enabled is { Value: true }
        select text.State(StatementKind.Telemetry, "telemetry", enabled.Line, enabled.Line, "The platform keeps logs of the worker.", ("signal", "logs"));
}
