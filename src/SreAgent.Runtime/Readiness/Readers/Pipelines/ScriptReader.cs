using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>Scripts and targets somebody runs by hand to go back to an earlier release, or to restore what was backed up.</summary>
internal sealed partial class ScriptReader : IStatementReader
{
    private static readonly LiteralScreen Words = new("rollback", "roll-back", "roll_back", "ollout undo", "restore", "RESTORE", "backup-fetch");

    public bool Reads(SourceEntry file) => file.Path[(file.Path.LastIndexOf('/') + 1)..] is var name
        && (name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bash", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            || name is "Makefile" or "justfile" or "Justfile" || name.EndsWith(".mk", StringComparison.OrdinalIgnoreCase));

    public bool MayState(string path, ReadOnlySpan<byte> content) => Words.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var (goesBack, restores) = (false, false);
        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        for (var i = 0; i < text.Lines.Count && !(goesBack && restores); i++)
        {
            var line = text.Lines[i];
            if (line.Length > LongestLine || IsTold(line.AsSpan().TrimStart()))
            {
                continue;
            }

            if (!goesBack && (JobWords.GoesBack(line) || RollbackTarget().IsMatch(line)))
            {
                goesBack = true;
                yield return text.State(StatementKind.Rollback, "rollback script", i + 1, i + 1, $"{name} goes back to an earlier release.", ("name", name), ("how", "script"));
            }
            else if (!restores && (BackupWords.Restores(line) || RestoreTarget().IsMatch(line)))
            {
                restores = true;
                yield return text.State(StatementKind.Backup, "restore script", i + 1, i + 1, $"{name} restores what was backed up.", ("name", name), ("restores", "true"));
            }
        }
    }

    private const int LongestLine = 400;

    // A comment, or what is said to whoever runs it.
    private static bool IsTold(ReadOnlySpan<char> line) =>
        line.StartsWith("#") || line.StartsWith("echo") || line.StartsWith("@echo") || line.StartsWith("printf") || line.StartsWith("log") || line.StartsWith("Write-");

    [GeneratedRegex(@"^(release|deploy|prod(uction)?|app)?[-_]?roll[-_]?back[-_a-z]{0,30}\s*:(?!=)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RollbackTarget();

    [GeneratedRegex(@"^([-_a-z]{0,30}[-_])?restore[-_](db|database|backup|data|snapshot|prod|production|postgres|mysql)[-_a-z]{0,30}\s*:(?!=)|^(db|database|backup)[-_]restore\s*:(?!=)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RestoreTarget();
}
