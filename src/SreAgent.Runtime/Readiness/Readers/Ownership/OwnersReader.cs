using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>OWNERS and MAINTAINERS at the top of a tree, in whatever format: people who approve.</summary>
internal sealed class OwnersReader : IStatementReader
{
    private const int Most = 20;

    private static readonly string[] Names = ["OWNERS", "MAINTAINERS", "OWNERS.md", "MAINTAINERS.md", "MAINTAINERS.txt", "OWNERS.yaml", "OWNERS.yml", "MAINTAINERS.yml", "MAINTAINERS.yaml"];

    public bool Reads(SourceEntry file) => Names.Contains(file.Path is ['.', 'g', 'i', 't', 'h', 'u', 'b', '/', .. var inner] ? inner : file.Path.StartsWith("docs/", StringComparison.Ordinal) ? file.Path["docs/".Length..] : file.Path, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var people = text.Lines
            .Select((line, index) => (Line: index + 1, Text: line.Split('#')[0].Trim()))
            .Where(line => !line.Text.EndsWith(':') && (line.Text.StartsWith("- ", StringComparison.Ordinal) && !text.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || line.Text.Contains('@', StringComparison.Ordinal) || line.Text.Contains("](https://github.com/", StringComparison.OrdinalIgnoreCase)))
            .Take(Most)
            .ToArray();
        if (people.Length > 0)
        {
            var names = string.Join(", ", people.Select(person => person.Text.TrimStart('-', ' ', '*')).Distinct(StringComparer.Ordinal));
            yield return text.State(StatementKind.Owner, "owners", people[0].Line, people[^1].Line, $"Owned by {names}.", ("owner", names));
        }
    }
}
