using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub;

/// <summary>What happened to a file between two commits.</summary>
/// <param name="Before">Null when it is new.</param>
/// <param name="After">Null when it is gone.</param>
internal sealed record FileChange(string Path, string? Before, string? After, LineDiff Diff)
{
    public string Status => (Before, After) switch
    {
        (null, _) => "added",
        (_, null) => "removed",
        _ => "modified",
    };

    public int Additions => Diff.Additions;

    public int Deletions => Diff.Deletions;

    /// <summary>Absent for binary files, as on GitHub.</summary>
    public string? Patch => IsBinary(Before) || IsBinary(After) ? null : Diff.Text;

    /// <summary>As <c>git diff</c> prints it.</summary>
    public string Unified =>
        $"diff --git a/{Path} b/{Path}\n{(Before is null ? "new file mode 100644\n" : After is null ? "deleted file mode 100644\n" : "")}"
        + (Patch is { } patch ? $"--- {(Before is null ? "/dev/null" : $"a/{Path}")}\n+++ {(After is null ? "/dev/null" : $"b/{Path}")}\n{patch}\n" : $"Binary files a/{Path} and b/{Path} differ\n");

    public static IReadOnlyList<FileChange> Between(CommitState? before, CommitState after) =>
    [
        .. from path in (before?.Files.Keys ?? []).Union(after.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
           let old = before?.Files.GetValueOrDefault(path)
           let now = after.Files.GetValueOrDefault(path)
           where old != now
           select new FileChange(path, old, now, LineDiff.Of(old ?? "", now ?? "")),
    ];

    private static bool IsBinary(string? content) => content?.Contains('\0', StringComparison.Ordinal) == true;
}
