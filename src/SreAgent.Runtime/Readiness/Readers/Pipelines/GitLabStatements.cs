using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>GitLab pipelines and others that list commands under named jobs: CircleCI.</summary>
internal sealed class GitLabStatements : IYamlStatements
{
    private static readonly string[] NoJobs = ["stages", "variables", "default", "include", "workflow", "image", "services", "before_script", "after_script", "cache", "pages"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        text.Path.EndsWith(".gitlab-ci.yml", StringComparison.Ordinal) || text.Path.Contains(".gitlab/ci/", StringComparison.Ordinal) ? Jobs(text, document, "GitLab", job => job.Items("script"))
        : text.Path.EndsWith(".circleci/config.yml", StringComparison.Ordinal) ? Jobs(text, document.At("jobs") ?? new YamlMap(1), "CircleCI", job => Steps(document, job)).Concat(Workflows(text, document))
        : [];

    private static IEnumerable<Statement> Jobs(SourceText text, YamlNode root, string system, Func<YamlNode, IReadOnlyList<YamlNode>> steps)
    {
        var delivery = new List<DeliveryJob>();
        foreach (var job in root.Entries())
        {
            // A dot marks a template that other jobs extend.
            if (NoJobs.Contains(job.Name, StringComparer.Ordinal) || job.Name.StartsWith('.') || job.Value is not YamlMap)
            {
                continue;
            }

            var commands = steps(job.Value).Select(step => (Node: step, Run: Command(step))).Where(step => step.Run.Length > 0).ToArray();
            if (JobWords.Does(job.Name, string.Join('\n', commands.Select(step => step.Run))) is { } does && (commands.Length > 0 || job.Value.Items("steps").Count > 0 || job.Value.At("extends") is not null || job.Value.At("trigger") is not null))
            {
                var step = commands.FirstOrDefault(command => JobWords.Does("", command.Run) == does).Node;
                var at = step is null ? (job.Line, EndLine: job.Line) : (step.Line, EndLine: Math.Min(step.EndLine, step.Line + PipelineFacts.LongestStep));
                var environment = job.Value.Text("environment", "name") ?? job.Value.Text("environment");
                delivery.Add(new DeliveryJob(job.Name, job.Name, does, Environments.Of(environment, job.Name), [], at.Line, at.EndLine));
                yield return PipelineFacts.Job(text, job.Name, does, at, system, environment);
            }
        }

        foreach (var staged in system == "GitLab" ? StagedDelivery.Of(text, system, delivery, inOrder: true) : [])
        {
            yield return staged;
        }
    }

    // In CircleCI a workflow says what waits for what, and may take its jobs from elsewhere (orbs): then only their names tell.
    private static IEnumerable<Statement> Workflows(SourceText text, YamlNode document)
    {
        var workflows = new List<IReadOnlyList<DeliveryJob>>();
        foreach (var workflow in document.Entries("workflows"))
        {
            var delivery = new List<DeliveryJob>();
            foreach (var job in workflow.Value.Items("jobs").SelectMany(item => item is YamlScalar plain ? [new YamlEntry(plain.Value, plain.Line, new YamlMap(plain.Line))] : item.Entries()))
            {
                var own = document.At("jobs", job.Name);
                var commands = own is null ? "" : string.Join('\n', Steps(document, own).Select(Command));
                var name = job.Value.Text("name") ?? job.Name;
                var does = JobWords.Does(name, commands) ?? JobWords.Does(job.Name, "");
                var environment = job.Value.Text("env") ?? job.Value.Text("environment");
                delivery.Add(new DeliveryJob(name, name, does, Environments.Of(environment, name), [.. job.Value.Items("requires").OfType<YamlScalar>().Select(need => need.Value)], job.Line, Math.Min(job.EndLine, job.Line + PipelineFacts.LongestStep)) { Approved = job.Value.Text("type") == "approval" });
                if (own is null && does is not null and not "test")
                {
                    yield return PipelineFacts.Job(text, name, does, (job.Line, Math.Min(job.EndLine, job.Line + PipelineFacts.LongestStep)), "CircleCI", environment);
                }
            }

            foreach (var staged in StagedDelivery.Of(text, "CircleCI", delivery, inOrder: false))
            {
                yield return staged;
            }

            workflows.Add(delivery);
        }

        foreach (var staged in StagedDelivery.Apart(text, "CircleCI", workflows))
        {
            yield return staged;
        }
    }

    // A command of one's own stands for its steps.
    private static IReadOnlyList<YamlNode> Steps(YamlNode document, YamlNode job) =>
        [.. job.Items("steps").SelectMany(step => document.At("commands", Named(step)) is { } own ? own.Items("steps") : [step])];

    private static string Named(YamlNode step) => step is YamlScalar plain ? plain.Value : step.Entries() is [var only, ..] ? only.Name : "";

    private static string Command(YamlNode step) => (step as YamlScalar)?.Value ?? step.Text("run") ?? step.Text("run", "command") ?? "";
}
