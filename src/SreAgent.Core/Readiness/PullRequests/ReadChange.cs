namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>A changed file with what it said before and what it says now.</summary>
/// <param name="Before">Absent when it was not there, or could not be read.</param>
/// <param name="After">Absent when it is gone, or cannot be read.</param>
public sealed record ReadChange(ChangedPath File, ReadContent? Before, ReadContent? After);

/// <param name="Text">Of a dependency manifest; absent for any other file.</param>
public sealed record ReadContent(IReadOnlyList<Statement> Statements, SourceText? Text);
