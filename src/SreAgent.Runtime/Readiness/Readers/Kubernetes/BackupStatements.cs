using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>Backups as objects of a cluster: jobs whose name or command is a backup, and what backup operators are told.</summary>
internal sealed class BackupStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        Manifest.AllIn(document, text.Path).SelectMany(manifest => (manifest.Kind, manifest.Group) switch
        {
            ("CronJob", _) => Job(text, manifest),
            ("Schedule", "velero.io") => Scheduled(text, manifest, manifest.Root.Entry("spec", "schedule")),
            ("ScheduledBackup", _) => Scheduled(text, manifest, manifest.Root.Entry("spec", "schedule")),
            ("Cluster", "postgresql.cnpg.io") when manifest.Root.Entry("spec", "backup") is { Value: YamlMap } backup => [Stated(text, manifest, backup, null)],
            ("PostgresCluster", _) when manifest.Root.Entry("spec", "backups") is { Value: YamlMap } backup => [Stated(text, manifest, backup, null)],
            _ => [],
        });

    private static IEnumerable<Statement> Job(SourceText text, Manifest manifest)
    {
        var schedule = manifest.Root.Entry("spec", "schedule");
        var words = $"{manifest.Name} {string.Join(' ', manifest.Root.Items("spec", "jobTemplate", "spec", "template", "spec", "containers").SelectMany(Command))}";
        return BackupWords.Verifies(words) ? [Drill(text, manifest, schedule)]
            : BackupWords.BacksUp(words) ? Scheduled(text, manifest, schedule)
            : [];
    }

    private static IEnumerable<string> Command(YamlNode container) =>
        container.Items("command").Concat(container.Items("args")).OfType<YamlScalar>().Select(word => word.Value).Append(container.Text("image") ?? "").Append(container.Text("name") ?? "");

    private static IEnumerable<Statement> Scheduled(SourceText text, Manifest manifest, YamlEntry? schedule) =>
        schedule is null ? [] : [Stated(text, manifest, schedule, (schedule.Value as YamlScalar)?.Value)];

    private static Statement Stated(SourceText text, Manifest manifest, YamlEntry at, string? schedule) =>
        text.State(StatementKind.Backup, "backup", at.Line, at.EndLine, $"{manifest.Kind} {manifest.Name} makes a backup{(schedule is null ? "" : $" by the schedule {schedule}")}.", ("what", manifest.Name), ("schedule", schedule));

    private static Statement Drill(SourceText text, Manifest manifest, YamlEntry? schedule) =>
        text.State(StatementKind.Backup, "restore test", schedule?.Line ?? manifest.Root.Line, schedule?.EndLine ?? manifest.Root.Line, $"{manifest.Kind} {manifest.Name} tests that a backup can be restored.", ("what", manifest.Name), ("restoreTest", "true"));
}
