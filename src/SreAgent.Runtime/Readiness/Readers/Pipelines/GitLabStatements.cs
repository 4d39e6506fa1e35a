using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>GitLab pipelines and others that list commands under named jobs: CircleCI.</summary>
internal sealed class GitLabStatements : IYamlStatements
{
    private static readonly string[] NoJobs = ["stages", "variables", "default", "include", "workflow", "image", "services", "before_script", "after_script", "cache", "pages"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        text.Path.EndsWith(".gitlab-ci.yml", StringComparison.Ordinal) || text.Path.Contains(".gitlab/ci/", StringComparison.Ordinal) ? Jobs(text, document, "GitLab", job => job.Items("script"))
        : text.Path.EndsWith(".circleci/config.yml", StringComparison.Ordinal) && document.At("jobs") is { } jobs ? Jobs(text, jobs, "CircleCI", job => job.Items("steps"))
        : [];

    private static IEnumerable<Statement> Jobs(SourceText text, YamlNode root, string system, Func<YamlNode, IReadOnlyList<YamlNode>> steps)
    {
        foreach (var job in root.Entries())
        {
            // A dot marks a template that other jobs extend.
            if (NoJobs.Contains(job.Name, StringComparer.Ordinal) || job.Name.StartsWith('.') || job.Value is not YamlMap)
            {
                continue;
            }

            var commands = steps(job.Value).Select(step => (Node: step, Run: Command(step))).Where(step => step.Run.Length > 0).ToArray();
            if (JobWords.Does(job.Name, string.Join('\n', commands.Select(step => step.Run))) is { } does && (commands.Length > 0 || job.Value.At("extends") is not null || job.Value.At("trigger") is not null))
            {
                var step = commands.FirstOrDefault(command => JobWords.Does("", command.Run) == does).Node;
                yield return PipelineFacts.Job(text, job.Name, does, step is null ? (job.Line, job.Line) : (step.Line, Math.Min(step.EndLine, step.Line + PipelineFacts.LongestStep)), system,
                    job.Value.Text("environment", "name") ?? job.Value.Text("environment"));
            }
        }
    }

    private static string Command(YamlNode step) => (step as YamlScalar)?.Value ?? step.Text("run") ?? step.Text("run", "command") ?? "";
}
