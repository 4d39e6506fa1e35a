namespace SreAgent.Core.Readiness.Findings;

/// <summary>What findings are made from.</summary>
internal sealed class Observed
{
    private readonly ILookup<StatementKind, Statement> _byKind;

    public Observed(IReadOnlyList<Statement> statements, SourceListing listing)
    {
        _byKind = statements.ToLookup(statement => statement.Kind);
        Paths = new RepositoryPaths(listing);
    }

    public RepositoryPaths Paths { get; }

    public IEnumerable<Statement> Of(StatementKind kind) => _byKind[kind];
}

internal static class StatementFacts
{
    public static string? Fact(this Statement statement, string name) => statement.Fields.GetValueOrDefault(name);

    public static Finding Finding(this Statement at, string id, FindingSeverity severity, string message) => new(id, severity, message) { Path = at.At.Path, Line = at.At.Line };

    /// <summary>By its path for a place where people try things, so that one replica there is no risk.</summary>
    public static bool IsForTrying(this Statement statement) =>
        statement.At.Path.Split('/', '.', '-', '_').Any(part => part.ToLowerInvariant() is "dev" or "develop" or "development" or "local" or "staging" or "stage" or "stg" or "sandbox" or "minikube" or "kind" or "k3d" or "tilt" or "ci" or "preview" or "qa" or "uat" or "test" or "testing" or "hack" or "quickstart" or "bootstrap");
}
