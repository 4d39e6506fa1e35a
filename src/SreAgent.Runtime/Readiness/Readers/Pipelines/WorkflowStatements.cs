using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>
/// GitHub Actions: jobs that test, deliver, publish, go back, or prove a restore; workflows that somebody starts by hand, workflows of others that a job
/// calls, and actions of the repository's own are included.
/// </summary>
internal sealed partial class WorkflowStatements : IYamlStatements
{
    private const string System = "GitHub Actions";

    private static readonly HashSet<string> VersionInputs = new(StringComparer.OrdinalIgnoreCase) { "image", "image_tag", "imageTag", "docker_tag", "docker_image", "tag", "version", "app_version", "digest", "sha", "git_sha", "commit", "commit_sha", "build_number" };

    private static readonly HashSet<string> EnvironmentInputs = new(StringComparer.OrdinalIgnoreCase) { "environment", "env", "env_tag", "env_name", "environment_name", "target_environment" };

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        IsWorkflow(text.Path) ? Workflow(text, document)
        : text.Path.Contains(".github/actions/", StringComparison.Ordinal) ? Action(text, document)
        : [];

    private static bool IsWorkflow(string path) =>
        path.Contains(".github/workflows/", StringComparison.Ordinal) || path.Contains(".gitea/workflows/", StringComparison.Ordinal) || path.Contains(".forgejo/workflows/", StringComparison.Ordinal);

    private static IEnumerable<Statement> Workflow(SourceText text, YamlNode document)
    {
        var workflow = document.Text("name") ?? text.Path[(text.Path.LastIndexOf('/') + 1)..];
        var jobs = new List<DeliveryJob>();
        foreach (var job in document.Entries("jobs"))
        {
            var steps = job.Value.Items("steps");
            var own = job.Value.Text("name") ?? job.Name;
            var name = $"{workflow} / {own}";
            var environment = EnvironmentOf(job.Value);
            // Of a workflow that delivers documents, "deploy" is that.
            var does = JobWords.IsForReaders(workflow) || JobWords.IsForReaders(text.Path[(text.Path.LastIndexOf('/') + 1)..]) ? null : ByWords(own, steps)
                ?? (ActionWords.OfWorkflow(job.Value.Text("uses")) ?? steps.Select(ActionWords.Of).OfType<string>().OrderBy(what => what == "deploy" ? 0 : 1).FirstOrDefault())
                ?? (BackupWords.Restores(workflow) ? "restore" : null)
                ?? (job.Value.At("environment") is not null && JobWords.Does(workflow, "") == "deploy" ? "deploy" : null);
            var at = does is null ? (job.Line, job.Line) : Where(job, steps, does);
            jobs.Add(new DeliveryJob(job.Name, name, does, Environments.Of(Concrete(job, environment), own, job.Name, workflow), Needs(job.Value.At("needs")), at.Item1, at.Item2));
            if (does == "deploy" && ChosenVersion(text, document) is { } chosen)
            {
                yield return PipelineFacts.ChosenVersion(text, name, chosen.Name, (chosen.Line, chosen.Value.EndLine), System);
            }

            if (does == "deploy" && (Chosen(environment) ?? Offered(document, environment)) is { } both)
            {
                yield return text.State(StatementKind.DeployStrategy, "staged delivery", at.Item1, at.Item2, $"{System} job '{name}' delivers to {both.Before} or to {both.Live}, as what started it says.", ("strategy", "staged"), ("service", name));
            }

            if (does is not null)
            {
                yield return PipelineFacts.Job(text, name, does, at, System, environment is not null && environment.Contains("${{", StringComparison.Ordinal) ? null : environment);
            }
        }

        foreach (var staged in StagedDelivery.Of(text, System, jobs, inOrder: false))
        {
            yield return staged;
        }

        // A failed test concerns whoever wrote the change. A deploy or a scheduled run that fails concerns whoever runs the service.
        if (((document.At("on", "schedule") is not null && !FailureNotices.IsForAuthors(workflow)) || jobs.Any(job => job.Does == "deploy")) && document.Entries("jobs").SelectMany(job => job.Value.Items("steps")).FirstOrDefault(FailureNotices.Tells) is { } notice)
        {
            yield return text.State(StatementKind.OnCallRouting, "failure notice", notice.Line, Math.Min(notice.EndLine, notice.Line + PipelineFacts.LongestStep), $"Workflow '{workflow}' tells somebody when it fails.", ("system", System), ("pages", "false"));
        }
    }

    private static string? EnvironmentOf(YamlNode job) =>
        job.Text("environment", "name") ?? job.Text("environment") ?? job.Entries("with").Where(input => EnvironmentInputs.Contains(input.Name.Replace('-', '_'))).Select(input => input.Value).OfType<YamlScalar>().FirstOrDefault()?.Value;

    // A job may test and publish on its way to a delivery.
    private static string? ByWords(string name, IReadOnlyList<YamlNode> steps) =>
        JobWords.Does(name, Commands(steps)) is var does && does is "test" or "publish" or "migrate" && JobWords.Does(name, "") is not "test" && steps.Any(step => ActionWords.Of(step) == "deploy") ? "deploy" : does;

    private static IEnumerable<Statement> Action(SourceText text, YamlNode document)
    {
        var steps = document.Items("runs", "steps");
        var name = document.Text("name") ?? text.Path;
        if (steps.Count > 0 && (JobWords.Does("", Commands(steps)) ?? steps.Select(ActionWords.Of).OfType<string>().FirstOrDefault()) is { } does and not "test")
        {
            yield return PipelineFacts.Job(text, name, does, Where(new YamlEntry("runs", document.Entry("runs")!.Line, document.At("runs")!), steps, does), System, null);
        }
    }

    // Whoever starts it says what is put in place. A branch to build from is none: what was in place before is not built again.
    private static YamlEntry? ChosenVersion(SourceText text, YamlNode workflow) =>
        workflow.Entries("on", "workflow_dispatch", "inputs").FirstOrDefault(input => VersionInputs.Contains(input.Name.Replace('-', '_')) && text.Text.Contains($"inputs.{input.Name}", StringComparison.Ordinal));

    private static string Commands(IReadOnlyList<YamlNode> steps) => string.Join('\n', steps.Select(step => step.Text("run")).OfType<string>());

    // What a matrix puts in stands in the matrix.
    private static string? Concrete(YamlEntry job, string? environment) =>
        environment is not null && environment.Contains("matrix.", StringComparison.Ordinal)
            ? string.Join(' ', job.Value.Entries("strategy", "matrix").SelectMany(axis => axis.Value is YamlList list ? list.Elements : []).OfType<YamlScalar>().Select(value => value.Value))
            : environment;

    // An expression holds the environments it chooses between: a tag goes to one, a branch to the other.
    private static (string Before, string Live)? Chosen(string? environment) =>
        Both(environment is not null && environment.Contains("${{", StringComparison.Ordinal) ? [.. environment.Split('\'').Where((_, part) => part % 2 == 1)] : []);

    // Whoever starts it chooses from a list of environments, or each has a branch of its name.
    private static (string Before, string Live)? Offered(YamlNode workflow, string? environment)
    {
        var offered = environment is not null && OfBranch().IsMatch(environment)
            ? workflow.Items("on", "push", "branches")
            : workflow.Entries("on", "workflow_dispatch", "inputs").FirstOrDefault(input => environment is not null && OfInput().Match(environment) is { Success: true } match && match.Groups["name"].Value == input.Name)?.Value.Items("options");
        return Both([.. (offered ?? []).OfType<YamlScalar>().Select(option => option.Value)]);
    }

    private static (string Before, string Live)? Both(string[] names) =>
        Array.Find(names, name => Environments.Of(name) == Nearness.Before) is { } before && Array.Find(names, name => Environments.Of(name) == Nearness.Production) is { } live ? (before, live) : null;

    private static IReadOnlyList<string> Needs(YamlNode? needs) => needs switch
    {
        YamlScalar one => [one.Value],
        YamlList list => [.. list.Elements.OfType<YamlScalar>().Select(need => need.Value)],
        _ => [],
    };

    // The step that does it where one shows, the job's name where it does not: a job of a hundred lines is no citation.
    private static (int Line, int EndLine) Where(YamlEntry job, IReadOnlyList<YamlNode> steps, string does) =>
        (steps.FirstOrDefault(step => step.Text("run") is { } run && JobWords.Does("", run) == does) ?? steps.FirstOrDefault(step => ActionWords.Of(step) == does)) is { } step
            ? (step.Line, Math.Min(step.EndLine, step.Line + PipelineFacts.LongestStep))
            : job.Value.Entry("uses") is { } uses ? (job.Line, Math.Min(uses.EndLine, job.Line + PipelineFacts.LongestStep))
            : (job.Line, job.Line);

    [GeneratedRegex(@"^\s*\$\{\{\s*github\.ref_name\s*\}\}\s*$", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex OfBranch();

    [GeneratedRegex(@"^\s*\$\{\{\s*(github\.event\.)?inputs\.(?<name>[\w-]+)\s*\}\}\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OfInput();
}
