namespace SreAgent.Core.Readiness.Gate;

/// <summary>What a file states as the engine sees it: somebody else's citations must lie in the same.</summary>
internal sealed class StatementsHeldTo(IStatementReader[] readers, QuestionJudge judge)
{
    public IReadOnlyList<Statement> Of(SourceEntry entry, SourceText text) =>
        FileOrigins.Of(entry.Path) is not FileOrigin.Own ? []
        : [.. readers.Where(reader => reader.Reads(entry)).SelectMany(reader => judge.WithoutPromises([.. reader.Read(text)]))];
}
