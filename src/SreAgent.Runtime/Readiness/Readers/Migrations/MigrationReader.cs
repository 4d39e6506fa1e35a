using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Migrations;

/// <summary>Changes of a schema in the folders of the common frameworks, and whether each has a way back.</summary>
internal sealed class MigrationReader : IStatementReader
{
    public bool Reads(SourceEntry file) => MigrationPaths.FrameworkOf(file.Path) is not null && FileOrigins.Of(file.Path) == FileOrigin.Own;

    public IEnumerable<Statement> Read(SourceText text)
    {
        if (MigrationPaths.FrameworkOf(text.Path) is not { } framework || MigrationContent.Of(framework, text) is not { } migration)
        {
            return [];
        }

        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        var back = migration.Reversible switch
        {
            "true" => "has a way back",
            "false" => "has no way back",
            _ => migration.UndoneBy is null ? "does not say whether it has a way back" : $"is undone by {migration.UndoneBy[(migration.UndoneBy.LastIndexOf('/') + 1)..]} if that is there",
        };
        return
        [
            text.State(StatementKind.Migration, "migration", migration.Line, migration.EndLine, $"{framework} migration {name} {back}{(migration.Destroys is null ? "" : $"; it {migration.Destroys}")}.",
                ("framework", framework), ("name", name), ("reversible", migration.Reversible), ("undoneBy", migration.UndoneBy), ("destroys", migration.Destroys)),
        ];
    }
}

/// <param name="Reversible">true, false, or null when another file decides it or the framework has no way back of its own.</param>
/// <param name="UndoneBy">The path of the file that undoes it, where the framework keeps it apart.</param>
/// <param name="Destroys">What is lost, as a verb: <c>drops a column</c>.</param>
internal sealed record Migration(int Line, int EndLine, string? Reversible, string? UndoneBy, string? Destroys);
