using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>GitHub Actions: jobs that test, deliver, go back, or prove a restore; workflows that somebody starts by hand are included.</summary>
internal sealed class WorkflowStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        if (!text.Path.Contains(".github/workflows/", StringComparison.Ordinal) && !text.Path.Contains(".gitea/workflows/", StringComparison.Ordinal) && !text.Path.Contains(".forgejo/workflows/", StringComparison.Ordinal))
        {
            yield break;
        }

        var workflow = document.Text("name") ?? text.Path[(text.Path.LastIndexOf('/') + 1)..];
        foreach (var job in document.Entries("jobs"))
        {
            var steps = job.Value.Items("steps");
            var commands = string.Join('\n', steps.Select(step => step.Text("run")).OfType<string>());
            var own = job.Value.Text("name") ?? job.Name;
            var name = $"{workflow} / {own}";
            var does = JobWords.Does(own, commands) ?? (BackupWords.Restores(workflow) ? "restore" : null) ?? (steps.Any(Delivers) || (job.Value.At("environment") is not null && JobWords.Does(workflow, "") == "deploy") ? "deploy" : null);
            if (does is not null)
            {
                yield return PipelineFacts.Job(text, name, does, Where(job, steps, does), "GitHub Actions", job.Value.Text("environment", "name") ?? job.Value.Text("environment"));
            }
        }
    }

    private static bool Delivers(YamlNode step) =>
        step.Text("uses") is { } action
        && (action.StartsWith("azure/webapps-deploy", StringComparison.OrdinalIgnoreCase) || action.StartsWith("azure/k8s-deploy", StringComparison.OrdinalIgnoreCase) || action.StartsWith("aws-actions/amazon-ecs-deploy", StringComparison.OrdinalIgnoreCase)
            || action.StartsWith("google-github-actions/deploy", StringComparison.OrdinalIgnoreCase) || action.StartsWith("superfly/flyctl-actions", StringComparison.OrdinalIgnoreCase) && (step.Text("with", "args") ?? "deploy").Contains("deploy", StringComparison.Ordinal)
            || action.StartsWith("akhileshns/heroku-deploy", StringComparison.OrdinalIgnoreCase));

    // The step that does it where one shows, the job's name where it does not: a job of a hundred lines is no citation.
    private static (int Line, int EndLine) Where(YamlEntry job, IReadOnlyList<YamlNode> steps, string does) =>
        steps.FirstOrDefault(step => step.Text("run") is { } run ? JobWords.Does("", run) == does : does == "deploy" && Delivers(step)) is { } step
            ? (step.Line, Math.Min(step.EndLine, step.Line + PipelineFacts.LongestStep))
            : (job.Line, job.Line);
}
