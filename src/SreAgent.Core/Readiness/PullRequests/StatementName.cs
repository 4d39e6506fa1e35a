namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>Knows a statement again in the other version of a tree, wherever it stands there.</summary>
internal static class StatementName
{
    /// <summary>What a statement is called; or else what it is about, which with its sort is as good: the replicas of checkout.</summary>
    private static readonly string[] NameFields = ["name", "alert"];
    private static readonly string[] AboutFields = ["service", "what", "title"];

    public static IEqualityComparer<Statement> Same { get; } = new ByName();

    public static string Of(Statement statement) =>
        First(statement, NameFields) ?? (First(statement, AboutFields) is { } about ? $"{statement.At.Kind} {statement.Fields.GetValueOrDefault("probe")} of {about}" : statement.Text);

    /// <summary>Those of a list the other lacks; two of one name are two.</summary>
    public static IEnumerable<Statement> Beyond(IEnumerable<Statement> all, IEnumerable<Statement> others)
    {
        var left = others.GroupBy(statement => statement, Same).ToDictionary(same => same.Key, same => same.Count(), Same);
        foreach (var statement in all)
        {
            if (left.GetValueOrDefault(statement) is > 0 and var count)
            {
                left[statement] = count - 1;
            }
            else
            {
                yield return statement;
            }
        }
    }

    private static string? First(Statement statement, string[] fields) =>
        fields.Select(field => statement.Fields.GetValueOrDefault(field)).FirstOrDefault(value => value is not null);

    private sealed class ByName : IEqualityComparer<Statement>
    {
        public bool Equals(Statement? x, Statement? y) => x is null ? y is null : y is not null && x.Kind == y.Kind && string.Equals(Of(x), Of(y), StringComparison.Ordinal);

        public int GetHashCode(Statement obj) => HashCode.Combine(obj.Kind, Of(obj));
    }
}
