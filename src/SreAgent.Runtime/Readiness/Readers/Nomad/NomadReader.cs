using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Nomad;

/// <summary>Job files of Nomad: checks, counts, what is started again, and updates that go back by themselves.</summary>
internal sealed class NomadReader : IStatementReader
{
    private static readonly LiteralScreen Jobs = new("job \"", "job  ");

    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".nomad", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".nomad.hcl", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".nomad.tpl", StringComparison.OrdinalIgnoreCase);

    public bool MayState(string path, ReadOnlySpan<byte> content) => Jobs.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text) =>
        HclReader.Read(text.Text, block => block.Type == "job").Blocks.SelectMany(job => Job(text, job, Called(job, "the job")));

    private static string Called(HclBlock block, string otherwise) => block.Labels is [var label, ..] ? label : otherwise;

    private static IEnumerable<Statement> Job(SourceText text, HclBlock job, string name)
    {
        var groups = job.All("group").ToArray();
        return Backup(text, job, groups, name)
            .Concat(Around(text, job, name))
            .Concat(groups.SelectMany(group => Around(text, group, Called(group, name)).Concat(Group(text, group, Called(group, name)))));
    }

    // A backup that runs as a job says so by its name.
    private static IEnumerable<Statement> Backup(SourceText text, HclBlock job, HclBlock[] groups, string name)
    {
        var tasks = groups.SelectMany(group => group.All("task")).SelectMany(task => task.Labels.Concat(task.All("config").Select(config => $"{config.Text("image")} {config.Text("command")} {config.Text("args")}")));
        if (BackupWords.BacksUp($"{name} {string.Join(' ', tasks)}") || name.StartsWith("backup", StringComparison.OrdinalIgnoreCase))
        {
            var schedule = job.All("periodic").Select(periodic => periodic.Attribute("cron") ?? periodic.Attribute("crons")).FirstOrDefault(cron => cron is not null);
            yield return text.State(StatementKind.Backup, "backup", schedule?.Line ?? job.Line, schedule?.EndLine ?? job.Line, $"Job {name} makes a backup{(schedule is null ? "" : $" by the schedule {schedule.Value}")}.", ("what", name), ("schedule", schedule?.Value));
        }
    }

    private static IEnumerable<Statement> Around(SourceText text, HclBlock block, string name)
    {
        foreach (var update in block.All("update"))
        {
            if (update.Attribute("auto_revert") is { Value: "true" } revert)
            {
                yield return text.State(StatementKind.Rollback, "automatic rollback", revert.Line, revert.EndLine, $"{name} goes back by itself when an update fails.", ("how", "automatic"), ("service", name));
            }

            var canary = update.Text("canary") is { } count && count != "0";
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", update.Line, update.EndLine, $"{name} is replaced by the {(canary ? "canary" : "rolling")} strategy.", ("strategy", canary ? "canary" : "rolling"), ("service", name));
        }

        foreach (var reschedule in block.All("reschedule").Where(reschedule => reschedule.Text("attempts") != "0" || reschedule.Text("unlimited") == "true"))
        {
            yield return text.State(StatementKind.Redundancy, "rescheduling", reschedule.Line, reschedule.EndLine, $"{name} is started on another node when it fails.", ("reschedule", "true"), ("service", name));
        }
    }

    private static IEnumerable<Statement> Group(SourceText text, HclBlock group, string name)
    {
        if (group.Attribute("count") is { IsLiteral: true } count)
        {
            yield return text.State(StatementKind.Redundancy, "replicas", count.Line, count.EndLine, $"{name} runs {count.Value} instance{(count.Value == "1" ? "" : "s")}.", ("replicas", count.Value), ("service", name));
        }

        foreach (var check in group.All("service").Concat(group.All("task").SelectMany(task => task.All("service"))).SelectMany(service => service.All("check")))
        {
            var path = check.Text("path");
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, check.EndLine, $"{name} is checked by {(path is null ? check.Text("type") ?? "a check" : $"GET {path}")}.", ("probe", "check"), ("path", path), ("service", name));
        }
    }
}
