using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>Stages of a Jenkinsfile, by their names and the commands until the next, and what a shared library is told to do.</summary>
internal sealed partial class JenkinsfileReader : IStatementReader
{
    public bool Reads(SourceEntry file) => file.Path[(file.Path.LastIndexOf('/') + 1)..].StartsWith("Jenkinsfile", StringComparison.Ordinal);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var stages = text.Lines.Select((line, index) => (Name: Stage().Match(line) is { Success: true } match ? match.Groups["name"].Value : null, Index: index)).Where(stage => stage.Name is not null).ToArray();
        for (var i = 0; i < stages.Length; i++)
        {
            var until = i + 1 < stages.Length ? stages[i + 1].Index : text.Lines.Count;
            var commands = string.Join('\n', text.Lines.Skip(stages[i].Index + 1).Take(until - stages[i].Index - 1));
            if (JobWords.Does(stages[i].Name!, commands) is { } does)
            {
                yield return PipelineFacts.Job(text, stages[i].Name!, does, (stages[i].Index + 1, stages[i].Index + 1), "Jenkins", null);
            }
        }

        if (stages.Length == 0)
        {
            foreach (var told in Switches(text))
            {
                yield return told;
            }
        }
    }

    // Where a shared library holds the stages, its switches are all there is to see.
    private static IEnumerable<Statement> Switches(SourceText text)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Lines.Count; i++)
        {
            if (Switch().Match(text.Lines[i]) is { Success: true } match && told.Add(match.Groups["migrates"].Success ? "migrate" : "deploy"))
            {
                yield return PipelineFacts.Job(text, match.Groups["name"].Value, match.Groups["migrates"].Success ? "migrate" : "deploy", (i + 1, i + 1), "Jenkins", null);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<name>(?!disable|skip|no)(\w*Deploy(ment)?|deploy\w*|\w*(?<migrates>Migrations?)))\s*\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Switch();

    [GeneratedRegex(@"\bstage\s*\(?\s*['""](?<name>[^'""]{1,120})['""]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Stage();
}
