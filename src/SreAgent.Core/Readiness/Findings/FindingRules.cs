namespace SreAgent.Core.Readiness.Findings;

/// <summary>What a reader should know beyond the questions.</summary>
public static class FindingRules
{
    /// <returns>Most severe first.</returns>
    public static IReadOnlyList<Finding> Find(IReadOnlyList<Statement> statements, SourceListing listing) => [];
}
