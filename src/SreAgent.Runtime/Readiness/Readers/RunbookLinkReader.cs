using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Links of Markdown documents to runbooks of the same repository. Links elsewhere may be to anybody's, and are left out.</summary>
internal sealed partial class RunbookLinkReader : IStatementReader
{
    private static readonly LiteralScreen Words = new("unbook", "UNBOOK", "un book", "laybook", "un-book", "lay-book");

    public bool Reads(SourceEntry file) => file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !file.Path.EndsWith("CHANGELOG.md", StringComparison.OrdinalIgnoreCase);

    public bool MayState(string path, ReadOnlySpan<byte> content) => Words.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var (fenced, hidden) = (false, false);
        for (var i = 0; i < text.Lines.Count; i++)
        {
            var line = text.Lines[i];
            if (line.AsSpan().TrimStart() is var start && (start.StartsWith("```") || start.StartsWith("~~~")))
            {
                fenced = !fenced;
            }

            hidden |= line.Contains("<!--", StringComparison.Ordinal);
            if (!fenced && !hidden && !line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith('\t'))
            {
                foreach (var link in Link().Matches(line).Where(IsRunbook))
                {
                    var target = link.Groups["target"].Value;
                    yield return text.State(StatementKind.RunbookLink, "runbook link", i + 1, i + 1, $"{link.Groups["text"].Value} leads to {target}.", ("link", target), ("relative", "true"));
                }
            }

            hidden &= !line.Contains("-->", StringComparison.Ordinal);
        }
    }

    // A playbook in YAML is for a tool to run, not for somebody to read.
    private static bool IsRunbook(Match link) =>
        RunbookWord().IsMatch(link.Value) && !link.Groups["target"].Value.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) && !link.Groups["target"].Value.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<!!)\[(?<text>[^\]\n]{1,200})\]\((?![a-z][a-z0-9+.-]*:|//|#)(?<target>[^)\s]{1,300})(\s[^)]{0,100})?\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(run|play)[- _]?books?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RunbookWord();
}
