namespace SreAgent.Core.Readiness;

/// <summary>A place in the reviewed tree that shows something, with what stands there. Re-read before a review is published.</summary>
/// <param name="Path">From the root of the reviewed tree, with <c>/</c>.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="EndLine">Last line, at least <paramref name="Line"/>.</param>
/// <param name="Quote">What stands on these lines, each without the space around it; long text is cut at its end with <c>…</c>.</param>
public sealed record Citation(string Path, int Line, int EndLine, string Quote)
{
    /// <summary>What sort of text this is, in words: <c>alert rule</c>, <c>objective</c>, <c>prose</c>.</summary>
    public string? Kind { get; init; }
}
