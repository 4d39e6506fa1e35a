using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>CODEOWNERS of GitHub and GitLab: who is asked about what.</summary>
internal sealed class CodeownersReader : IStatementReader
{
    private const int Most = 200;

    private static readonly HashSet<string> Places = new(StringComparer.OrdinalIgnoreCase) { "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS" };

    public bool Reads(SourceEntry file) => Places.Contains(file.Path);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var stated = 0;
        for (var i = 0; i < text.Lines.Count && stated < Most; i++)
        {
            var line = text.Lines[i];
            var words = (line.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? line[..comment] : line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var owners = words.Skip(1).Where(word => word.Contains('@', StringComparison.Ordinal)).ToArray();

            // A section of GitLab names what its rules are about; its default owners stand behind it.
            if (owners.Length > 0)
            {
                stated++;
                yield return text.State(StatementKind.Owner, "code owner", i + 1, i + 1, $"{(words[0] is "*" or "**" or "/**" ? "Everything" : words[0])} is owned by {string.Join(", ", owners)}.", ("owner", string.Join(' ', owners)), ("for", words[0]));
            }
        }
    }
}
