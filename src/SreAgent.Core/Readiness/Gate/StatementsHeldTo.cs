namespace SreAgent.Core.Readiness.Gate;

/// <summary>What a file states as the engine sees it: somebody else's citations must lie in the same.</summary>
internal sealed class StatementsHeldTo(IStatementReader[] readers, QuestionJudge judge)
{
    /// <returns>What stands today, and apart from it what only promises or tells an author what to write.</returns>
    public (IReadOnlyList<Statement> Standing, IReadOnlyList<Statement> Promised) Of(SourceEntry entry, SourceText text)
    {
        var (standing, promised) = (new List<Statement>(), new List<Statement>());
        if (FileOrigins.Of(entry.Path) is not FileOrigin.Own)
        {
            return (standing, promised);
        }

        foreach (var reader in readers.Where(reader => reader.Reads(entry)))
        {
            // Of what states something and can show nothing of it, nothing is cited.
            var stated = reader.Read(text).Where(statement => statement.At.Quote.Length > 0).ToArray();
            var only = judge.Promises(stated);
            promised.AddRange(only);
            standing.AddRange(stated.Except(only, ReferenceEqualityComparer.Instance).Cast<Statement>());
        }

        return (standing, promised);
    }
}
