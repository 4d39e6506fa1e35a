using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>OWNERS and MAINTAINERS at the top of a tree: people who approve.</summary>
internal sealed class OwnersReader : IStatementReader
{
    private const int Most = 20;

    public bool Reads(SourceEntry file) => file.Path is "OWNERS" or "MAINTAINERS" or ".github/OWNERS";

    public IEnumerable<Statement> Read(SourceText text)
    {
        var people = text.Lines
            .Select((line, index) => (Line: index + 1, Text: line.Split('#')[0].Trim()))
            .Where(line => !line.Text.EndsWith(':') && (line.Text.StartsWith("- ", StringComparison.Ordinal) || line.Text.Contains('@', StringComparison.Ordinal)))
            .Take(Most)
            .ToArray();
        if (people.Length > 0)
        {
            var names = string.Join(", ", people.Select(person => person.Text.TrimStart('-', ' ', '*')).Distinct(StringComparer.Ordinal));
            yield return text.State(StatementKind.Owner, "owners", people[0].Line, people[^1].Line, $"Owned by {names}.", ("owner", names));
        }
    }
}
