using System.Text.Json.Serialization;

namespace SreAgent.Host.Commands.Documents;

/// <summary>Reads persona or skill files the way the host would, and tells everything there is to say about each.</summary>
public interface IDocumentCheck
{
    /// <param name="paths">Files and folders; empty means the folders the settings name.</param>
    /// <returns>One row a file.</returns>
    Task<IReadOnlyList<DocumentRow>> CheckAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);
}

/// <summary>For persona files.</summary>
public interface IPersonaFileCheck : IDocumentCheck;

/// <summary>For skill folders.</summary>
public interface ISkillFileCheck : IDocumentCheck;

/// <summary>A row of <c>personas check --json</c> and <c>skills check --json</c>.</summary>
/// <param name="Dialect">Absent when the file did not load.</param>
/// <param name="Loaded">Whether the host would use it.</param>
public sealed record DocumentRow(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Dialect,
    bool Loaded,
    IReadOnlyList<DocumentRowProblem> Problems);

/// <param name="Line">1-based; 0 when it concerns the file as a whole.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
public sealed record DocumentRowProblem(int Line, string Severity, string Message);
