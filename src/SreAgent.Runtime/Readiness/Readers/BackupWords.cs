using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>Whether the name or command of a job is a backup, or the proof that one can be restored.</summary>
internal static partial class BackupWords
{
    public static bool BacksUp(string words) => Backup().IsMatch(words);

    public static bool Verifies(string words) => RestoreTest().IsMatch(words);

    [GeneratedRegex(@"(^|[^a-z])(back[-_ ]?ups?|pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mongodump|wal-g|walg|wal-e|barman|restic|xtrabackup|mydumper|etcdctl snapshot save|redis-cli .{0,40}--rdb)($|[^a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Backup();

    [GeneratedRegex(@"(restore|recovery|backup)[-_ ]?(test|drill|verif|check|rehears)|(test|verif(y|ies)|drill|rehears(e|al))[-_ ]?(of[-_ ])?(a[-_ ])?(the[-_ ])?(db[-_ ]?|database[-_ ]?)?(restore|recovery|backup)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RestoreTest();
}
