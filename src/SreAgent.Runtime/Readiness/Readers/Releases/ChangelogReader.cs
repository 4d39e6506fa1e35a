using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Releases;

/// <summary>Release notes by version: that versions are told apart, and whether somebody who upgrades is warned of what breaks.</summary>
internal sealed partial class ChangelogReader : IStatementReader
{
    private const int FewestVersions = 2;
    private const int LongestEntry = 3;

    public bool Reads(SourceEntry file) => Name().IsMatch(file.Path);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var versions = text.Lines.Select((line, index) => (Line: line, Index: index)).Where(line => Version().IsMatch(line.Line)).Select(line => line.Index).ToArray();
        if (versions.Length < FewestVersions)
        {
            yield break;
        }

        // A heading alone is no evidence: the newest version that says something.
        foreach (var at in versions.Take(LongestEntry))
        {
            var said = Enumerable.Range(at + 1, Math.Min(8, text.Lines.Count - at - 1)).TakeWhile(line => !Version().IsMatch(text.Lines[line])).FirstOrDefault(line => Entry().IsMatch(text.Lines[line]), -1);
            if (said > 0)
            {
                yield return text.State(StatementKind.ReleaseNotes, "release notes", at + 1, said + 1, $"{text.Path} says what changed in each of {versions.Length} versions.", ("breaking", "false"));
                break;
            }
        }

        var breaking = Array.FindIndex([.. text.Lines], line => Breaks().IsMatch(line) && Entry().IsMatch(line));
        if (breaking >= versions[0])
        {
            yield return text.State(StatementKind.ReleaseNotes, "breaking change", breaking + 1, breaking + 1, $"{text.Path} tells those who upgrade what breaks.", ("breaking", "true"));
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^(docs/)?(change[-_]?log|changes|history|news|release[-_]?notes|releases)(\.(md|markdown|rst|txt|adoc))?$", Options, 10_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s{0,3}(#{1,4}\s*)?[[*_]{0,3}(version |release |[a-z][\w-]{0,30}[ @])?v?\d{1,4}\.\d{1,4}(\.\d{1,6})?[\w.+-]{0,20}\b[^\n]{0,80}$", Options, 10_000)]
    private static partial Regex Version();

    [GeneratedRegex(@"^\s*([-*+•]|\d{1,3}[.)]|\[[A-Z]+\])\s*\S.{8,}|^\s*[A-Za-z`][^\n]{30,}", Options, 10_000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"(?<!non-)\bbreaking\b(?! (out|news|down|space))|backwards?[- ]incompatib|\bincompatible\b|\[CHANGE\]|must (now )?be migrated|(before|after|when) upgrading|upgrade (notes?|steps?|guide)|migration (is )?required", Options, 10_000)]
    private static partial Regex Breaks();
}
