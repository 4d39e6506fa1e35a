using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>
/// Sees across files what one pipeline alone does not show: that what is delivered to production is delivered before to where no user is. Often a branch
/// goes to staging and a tag to production, each by a pipeline of its own.
/// </summary>
internal static class StagedPipelines
{
    public static IReadOnlyList<Statement> Resolve(IReadOnlyList<Statement> statements)
    {
        var deploys = statements.Where(statement => statement.Kind == StatementKind.Pipeline && statement.Fields.GetValueOrDefault("does") == "deploy").ToArray();
        return !statements.Any(IsStaged)
            && Array.Find(deploys, deploy => Where(deploy) == Nearness.Production) is { } last
            && Array.Find(deploys, deploy => Where(deploy) == Nearness.Before && (IsScript(deploy) || !string.Equals(deploy.At.Path, last.At.Path, StringComparison.Ordinal))) is { } first
                ? [.. statements, Staged(last, first)]
                : statements;
    }

    // What somebody runs waits for nothing; that there is one for each tells as much.
    private static bool IsScript(Statement deploy) => deploy.Fields.GetValueOrDefault("system") == "script";

    // A workflow that tests and then deploys is called so; that tells nothing of where it deploys to.
    private static Nearness Where(Statement deploy)
    {
        var names = (deploy.Fields.GetValueOrDefault("name") ?? "").Split(" / ");
        return Environments.Of(deploy.Fields.GetValueOrDefault("environment"), names[^1], names[0].Contains("test", StringComparison.OrdinalIgnoreCase) ? null : names[0]);
    }

    private static bool IsStaged(Statement statement) => statement.Kind == StatementKind.DeployStrategy && statement.Fields.GetValueOrDefault("strategy") == "staged";

    private static Statement Staged(Statement last, Statement first) => last with
    {
        Kind = StatementKind.DeployStrategy,
        At = last.At with { Kind = "staged delivery" },
        Text = $"'{last.Fields.GetValueOrDefault("name")}' delivers to production, '{first.Fields.GetValueOrDefault("name")}' to where it is tried before.",
        Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["strategy"] = "staged", ["service"] = last.Fields.GetValueOrDefault("name") ?? "" },
    };
}
