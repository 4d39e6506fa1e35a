using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Nomad;

/// <summary>Jobs of Nomad: how many there are, how they are checked, replaced and started again, what they connect to, and those that back up.</summary>
internal sealed class NomadReader : IStatementReader
{
    private const int Deepest = 10;

    private static readonly LiteralScreen Jobs = new("job \"", "job  ");

    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".nomad", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".nomad.tpl", StringComparison.OrdinalIgnoreCase)
        || file.Path.EndsWith(".hcl", StringComparison.OrdinalIgnoreCase) && file.Path.Contains("nomad", StringComparison.OrdinalIgnoreCase);

    public bool MayState(string path, ReadOnlySpan<byte> content) => Jobs.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text) =>
        HclReader.Read(text.Text, block => block.Type == "job").Blocks.Where(block => block is { Type: "job", Labels: [_] }).SelectMany(job => Backup(text, job, job.Labels[0]).Concat(Of(text, job, job.Labels[0], 0)));

    // A backup that runs as a job says so by its name, or by what it runs.
    private static IEnumerable<Statement> Backup(SourceText text, HclBlock job, string name)
    {
        var tasks = job.All("group").SelectMany(group => group.All("task")).SelectMany(task => task.Labels.Concat(task.All("config").Select(config => $"{config.Text("image")} {config.Text("command")} {config.Text("args")}")));
        if (BackupWords.BacksUp($"{name} {string.Join(' ', tasks)}") || name.StartsWith("backup", StringComparison.OrdinalIgnoreCase))
        {
            var schedule = job.All("periodic").Select(periodic => periodic.Attribute("cron") ?? periodic.Attribute("crons")).FirstOrDefault(cron => cron is not null);
            yield return text.State(StatementKind.Backup, "backup", schedule?.Line ?? job.Line, schedule?.EndLine ?? job.Line, $"Job {name} makes a backup{(schedule is null ? "" : $" by the schedule {schedule.Value}")}.", ("what", name), ("schedule", schedule?.Value));
        }
    }

    private static IEnumerable<Statement> Of(SourceText text, HclBlock block, string service, int depth)
    {
        if (depth > Deepest)
        {
            yield break;
        }

        foreach (var inner in block.Blocks)
        {
            var name = inner is { Type: "group", Labels: [var group] } ? group : service;
            foreach (var statement in One(text, inner, name).Concat(Of(text, inner, name, depth + 1)))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<Statement> One(SourceText text, HclBlock block, string service)
    {
        switch (block.Type)
        {
            case "update":
                var strategy = block.Text("canary") is null or "0" ? "rolling" : "canary";
                yield return text.State(StatementKind.DeployStrategy, "deploy strategy", block.Line, block.EndLine, $"{service} is replaced by the {strategy} strategy.", ("strategy", strategy), ("service", service));
                if (block.Attribute("auto_revert") is { Value: "true" } revert)
                {
                    yield return text.State(StatementKind.Rollback, "automatic rollback", revert.Line, revert.EndLine, $"{service} goes back by itself when an update fails.", ("how", "automatic"), ("service", service));
                }

                break;
            case "reschedule" when block.Text("attempts") != "0" || block.Text("unlimited") == "true":
                yield return text.State(StatementKind.Redundancy, "rescheduling", block.Line, block.EndLine, $"{service} is started on another node when it fails.", ("reschedule", "true"), ("service", service));
                break;
            case "upstreams" when block.Attribute("destination_name") is { } upstream:
                yield return text.State(StatementKind.Dependency, "upstream", upstream.Line, upstream.EndLine, $"{service} needs {upstream.Value}.", ("name", upstream.Value), ("service", service));
                break;
            case "check":
                yield return text.State(StatementKind.HealthCheck, "health check", block.Line, block.EndLine, $"Nomad checks {service}.", ("probe", "healthcheck"), ("service", service), ("platform", "nomad"));
                break;
            case "group" when block.Attribute("count") is { IsLiteral: true } count:
                yield return text.State(StatementKind.Redundancy, "replicas", count.Line, count.EndLine, $"{service} runs {count.Value} replica{(count.Value == "1" ? "" : "s")}.", ("replicas", count.Value), ("service", service), ("platform", "nomad"));
                break;
            default:
                break;
        }
    }
}
