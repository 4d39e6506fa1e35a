using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>One row of <c>personas check</c> and <c>skills check</c>: one file and everything noticed about it.</summary>
/// <param name="Path">As it was given, or below the folder that was given.</param>
/// <param name="Dialect"><c>agent</c>, <c>role</c>, <c>lens</c>, <c>job-description</c> or <c>skill</c>; null when the file did not load.</param>
/// <param name="Loaded">Whether the host would use it.</param>
public sealed record DocumentReport(string Path, string? Id, string? Name, string? Dialect, bool Loaded, IReadOnlyList<ReportedProblem> Problems);

/// <param name="Line">1-based; 0 when it concerns the file as a whole.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record ReportedProblem(int Line, string Severity, string Message)
{
    internal static IReadOnlyList<ReportedProblem> From(IEnumerable<DocumentProblem> problems) =>
    [
        .. problems.OrderBy(problem => problem.Line)
            .Select(problem => new ReportedProblem(problem.Line, problem.Severity switch
            {
                ProblemSeverity.Error => "error",
                ProblemSeverity.Warning => "warning",
                _ => "info",
            }, problem.Message)),
    ];
}
