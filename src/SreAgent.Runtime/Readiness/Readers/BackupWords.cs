using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Whether the name or command of a job is a backup, or the proof that one can be restored.</summary>
internal static partial class BackupWords
{
    public static bool BacksUp(string words) => Backup().IsMatch(words);

    /// <summary>It brings back what was backed up: by its name, or by its command.</summary>
    public static bool Restores(string words) => Restore().IsMatch(words);

    public static bool Verifies(string words) => RestoreTest().IsMatch(words);

    [GeneratedRegex(@"(^|[^a-z])(back[-_ ]?ups?|pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mongodump|wal-g|walg|wal-e|barman|restic|xtrabackup|mydumper|etcdctl snapshot save|redis-cli .{0,40}--rdb)($|[^a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Backup();

    [GeneratedRegex(@"(restore|recovery|backup)[-_ ]?(test|drill|verif|check|rehears)|(test|verif(y|ies)|drill|rehears(e|al))[-_ ]?(of[-_ ])?(a[-_ ])?(the[-_ ])?(db[-_ ]?|database[-_ ]?)?(restore|recovery|backup)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RestoreTest();

    // Packages and caches are restored too, and that recovers nothing.
    [GeneratedRegex(@"\b(pg_restore|mongorestore|etcdctl snapshot restore|velero (create )?restore|restic restore|wal-g backup-fetch|barman recover|restore-db-(instance|cluster)[-a-z]*|restore-table-(from|to)[-a-z]*|gcloud sql backups restore|heroku pg:backups:restore|neo4j-admin (database )?(load|restore))\b|_snapshot/\S{1,120}/_restore|\bRESTORE DATABASE\b|(^|[^a-z])(restore|recover)[-_ ]{1,3}([a-z]{1,12}[-_ ]{1,3}){0,2}(db|databases?|backups?|snapshots?|postgres(ql)?|mysql|rds|indices|index)($|[^a-z])|(^|[^a-z])(db|databases?|backups?|snapshots?|postgres(ql)?|mysql)[-_ ]{1,3}(restore|recovery|point[-_ ]in[-_ ]time|pitr|ptr)($|[^a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Restore();
}
