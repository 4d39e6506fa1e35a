namespace SreAgent.Core.Readiness;

/// <summary>Into which file an answer would best go: one that is there and is read for such things.</summary>
internal static class BestPlace
{
    /// <param name="places">Parts of a path, best first: <c>runbook</c>, <c>readme</c>.</param>
    /// <param name="statements">What was read.</param>
    public static string For(IReadOnlyList<string> places, IReadOnlyList<StatementReading> statements)
    {
        var documents = statements.Where(statement => statement.IsProse && !statement.Elsewhere).Select(statement => statement.Statement.At.Path)
            .Distinct(StringComparer.Ordinal).OrderBy(path => path.Count(c => c == '/')).ThenBy(path => path, StringComparer.Ordinal).ToArray();
        return places.Append("readme")
            .Select(place => documents.FirstOrDefault(path => Name(path).Contains(place, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(path => path is not null)
            ?? documents.FirstOrDefault()
            ?? "README.md";
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
