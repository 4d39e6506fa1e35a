using SreAgent.Core.Readiness;

namespace SreAgent.Core.Tests.Readiness;

/// <summary>Takes every line of Markdown for a statement that is no heading, no comment and not empty, and every line of Python that connects for a time limit.</summary>
internal sealed class LineReader : IStatementReader
{
    public bool Reads(SourceEntry file) => file.Path.EndsWith(".md", StringComparison.Ordinal) || IsCode(file.Path);

    public IEnumerable<Statement> Read(SourceText text)
    {
        for (var i = 0; i < text.Lines.Count; i++)
        {
            if (text.Lines[i].Trim() is { Length: > 0 } line && line[0] is not ('#' or '<') && (!IsCode(text.Path) || line.Contains("connect(", StringComparison.Ordinal)))
            {
                yield return IsCode(text.Path)
                    ? new Statement { Kind = StatementKind.DependencyBehaviour, At = text.CiteCode(i + 1, "connect("), Text = "Calls are given up.", Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["in"] = "code" } }
                    : new Statement { Kind = StatementKind.Prose, At = text.Cite(i + 1, i + 1), Text = line };
            }
        }
    }

    private static bool IsCode(string path) => path.EndsWith(".py", StringComparison.Ordinal);
}
