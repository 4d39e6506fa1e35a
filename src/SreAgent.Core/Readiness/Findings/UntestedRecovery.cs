using System.Buffers;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.Findings;

/// <summary>Backups that nobody has restored from, and databases that keep none.</summary>
internal static partial class UntestedRecovery
{
    public static IEnumerable<Finding> Find(Observed observed)
    {
        var backups = observed.Of(StatementKind.Backup).Where(backup => !backup.IsForTrying()).ToArray();
        foreach (var none in observed.Of(StatementKind.Redundancy).Where(statement => statement.Fact("backup") == "none" && !statement.IsForTrying()))
        {
            yield return none.Finding("no-backup", FindingSeverity.Critical, $"Database {none.Fact("service")} keeps no backups (retention 0); set a retention of at least 7 days, or say where else its data can be restored from.");
        }

        var kept = backups.Where(backup => backup.Fact("restoreTest") is null).ToArray();
        if (kept.Length == 0 || backups.Any(backup => backup.Fact("restoreTest") is not null) || observed.Of(StatementKind.Prose).Any(IsRestoreTest))
        {
            yield break;
        }

        var others = kept.Length - 1;
        yield return kept[0].Finding("untested-recovery", FindingSeverity.High,
            $"{Name(kept[0])} is backed up{(others == 0 ? "" : $" (and {others} more)")}, and nothing says that a restore was ever tried; restore into an empty environment on a schedule, and write down how, how long it takes and when it last worked.");
    }

    private static string Name(Statement backup) => backup.Fact("what") ?? backup.Fact("name") ?? "It";

    // Looked for before the pattern runs: a large tree has tens of thousands of sentences.
    private static readonly SearchValues<string> Words = SearchValues.Create(["restor", "recover", "backup"], StringComparison.OrdinalIgnoreCase);

    private static bool IsRestoreTest(Statement prose) => prose.Text.AsSpan().ContainsAny(Words) && RestoreTest().IsMatch(prose.Text);

    [GeneratedRegex(@"\b(restore|restoring|restoration|recovery)\b.{0,80}\b(test|tested|drill|rehears|exercise|verif|practi[cs]ed|game ?day)|\b(test|tested|drill|rehears\w*|verif\w*|practi[cs]ed?|game ?day)\b.{0,80}\b(restor\w*|disaster recovery|backups?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RestoreTest();
}
