using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>Settles migrations whose way back is a file of its own: it is there or not.</summary>
internal static class MigrationPairs
{
    public static IReadOnlyList<Statement> Resolve(List<Statement> statements, SourceListing listing)
    {
        HashSet<string>? paths = null;
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i] is not { Kind: StatementKind.Migration } statement || !statement.Fields.TryGetValue("undoneBy", out var undo))
            {
                continue;
            }

            paths ??= listing.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
            var there = paths.Contains(undo);
            statements[i] = statement with
            {
                Text = $"{statement.Fields.GetValueOrDefault("framework")} migration {statement.Fields.GetValueOrDefault("name")} {(there ? "has a way back" : "has no way back")}.",
                Fields = new Dictionary<string, string>(statement.Fields, StringComparer.Ordinal) { ["reversible"] = there ? "true" : "false" },
            };
        }

        return statements;
    }
}
