using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>Stages of a Jenkinsfile, by their names and the commands until the next.</summary>
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
    }

    [GeneratedRegex(@"\bstage\s*\(?\s*['""](?<name>[^'""]{1,120})['""]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Stage();
}
