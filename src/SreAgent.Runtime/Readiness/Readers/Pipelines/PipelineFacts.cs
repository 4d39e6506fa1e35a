using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>One job, in the words of whichever system runs it.</summary>
internal static class PipelineFacts
{
    /// <summary>Lines of a step that are cited at most, after its first.</summary>
    public const int LongestStep = 7;

    public static Statement Job(SourceText text, string name, string does, (int Line, int EndLine) at, string system, string? environment) => does switch
    {
        "rollback" => text.State(StatementKind.Rollback, "pipeline job", at.Line, at.EndLine, $"{system} job '{name}' goes back to an earlier release.", ("name", name), ("how", "pipeline"), ("environment", environment)),
        "restore-test" => text.State(StatementKind.Backup, "restore test", at.Line, at.EndLine, $"{system} job '{name}' tests that a backup can be restored.", ("name", name), ("restoreTest", "true")),
        "restore" => text.State(StatementKind.Backup, "restore job", at.Line, at.EndLine, $"{system} job '{name}' restores what was backed up.", ("name", name), ("restores", "true")),
        _ => text.State(StatementKind.Pipeline, "pipeline job", at.Line, at.EndLine,
            $"{system} job '{name}' {Verb(does)}{(environment is null ? "" : $" to {environment}")}.", ("name", name), ("does", does), ("system", system), ("environment", environment)),
    };

    /// <summary>A job that delivers the version somebody names.</summary>
    public static Statement ChosenVersion(SourceText text, string name, string input, (int Line, int EndLine) at, string system) =>
        text.State(StatementKind.Rollback, "chosen version", at.Line, Math.Min(at.EndLine, at.Line + LongestStep), $"{system} job '{name}' puts in place the version somebody names ({input}), an earlier one too.", ("name", name), ("how", "chosen"));

    private static string Verb(string does) => does switch
    {
        "deploy" => "deploys",
        "migrate" => "migrates the database",
        "publish" => "publishes a version",
        _ => "runs tests",
    };
}
