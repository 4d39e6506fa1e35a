using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Backups as resources and as settings of databases and buckets.</summary>
internal sealed class BackupResources : IResourceStatements
{
    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name)
    {
        if (type is "aws_db_instance" or "aws_rds_cluster" or "aws_docdb_cluster" && resource.Attribute("backup_retention_period") is { } retention)
        {
            yield return State(text, retention, name, $"Backups of database {name} are kept {Days(retention)}.", ("retention", retention.Value));
        }

        if (type is "aws_elasticache_replication_group" && resource.Attribute("snapshot_retention_limit") is { Value: not "0" } snapshots)
        {
            yield return State(text, snapshots, name, $"Snapshots of {name} are kept {Days(snapshots)}.", ("retention", snapshots.Value));
        }

        foreach (var recovery in resource.All("point_in_time_recovery").Where(block => type == "aws_dynamodb_table" && block.Text("enabled") is "true"))
        {
            yield return State(text, recovery.Attribute("enabled")!, name, $"Table {name} can be restored to a point in time.", ("retention", "35 days"));
        }

        foreach (var backup in resource.All("settings").SelectMany(settings => settings.All("backup_configuration")).Where(block => type == "google_sql_database_instance" && block.Text("enabled") is "true"))
        {
            yield return State(text, backup.Attribute("enabled")!, name, $"Database {name} is backed up.", ("retention", backup.Text("retained_backups")));
        }

        if (type is "azurerm_postgresql_flexible_server" or "azurerm_mysql_flexible_server" && resource.Attribute("backup_retention_days") is { } days)
        {
            yield return State(text, days, name, $"Backups of {name} are kept {Days(days)}.", ("retention", days.Value));
        }

        if (type is "aws_backup_plan" or "google_gke_backup_backup_plan" or "azurerm_backup_policy_vm" or "aws_dlm_lifecycle_policy")
        {
            var schedule = resource.All("rule").Select(rule => rule.Attribute("schedule")).FirstOrDefault(attribute => attribute is not null);
            yield return text.State(StatementKind.Backup, "backup", schedule?.Line ?? resource.Line, schedule?.EndLine ?? resource.Line, $"Backup plan {name}{(schedule is null ? "" : $" runs by {schedule.Value}")}.", ("what", name), ("schedule", schedule?.Value));
        }

        if (type is "aws_backup_restore_testing_plan" or "aws_backup_restore_testing_selection")
        {
            yield return text.State(StatementKind.Backup, "restore test", resource.Line, resource.Line, $"Restore testing plan {name} proves that backups can be restored.", ("what", name), ("restoreTest", "true"));
        }
    }

    private static string Days(HclAttribute period) => period.IsLiteral ? $"for {period.Value} days" : $"as long as {period.Value} says";

    private static Statement State(SourceText text, HclAttribute at, string name, string sentence, (string, string?) fact) =>
        text.State(StatementKind.Backup, "backup", at.Line, at.EndLine, sentence, ("what", name), fact);
}
