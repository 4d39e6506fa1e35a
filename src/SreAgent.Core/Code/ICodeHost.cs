namespace SreAgent.Core.Code;

/// <summary>
/// Where repositories and their checks live. Registered only where one is configured. Every method throws
/// <see cref="Tools.ToolException"/> when it is refused; a thing that does not exist where it may be absent is null or empty.
/// </summary>
public interface ICodeHost
{
    /// <summary>As evidence names it: <c>github</c>.</summary>
    string Name { get; }

    /// <summary>What lies between two commits.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="from">Commit, branch or tag.</param>
    /// <param name="to">Commit, branch or tag.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CommitRange> CompareAsync(string repository, string from, string to, CancellationToken cancellationToken);

    /// <summary>Every check and status of a commit, newest of each name.</summary>
    Task<CommitChecks> ChecksAsync(string repository, string commit, CancellationToken cancellationToken);

    /// <summary>A text file at a commit. Null when there is none.</summary>
    Task<string?> FileAsync(string repository, string path, string commit, CancellationToken cancellationToken);
}

/// <param name="Ahead">Commits in <c>to</c> that <c>from</c> lacks.</param>
/// <param name="Behind">Commits in <c>from</c> that <c>to</c> lacks: more than 0 means going back or sideways.</param>
/// <param name="Commits">Those ahead, oldest first; the list may be shorter than <paramref name="Ahead"/>.</param>
/// <param name="Files">Changed files; may be cut, see <paramref name="FilesCut"/>.</param>
/// <param name="Link">The page that shows it.</param>
public sealed record CommitRange(int Ahead, int Behind, IReadOnlyList<Commit> Commits, IReadOnlyList<ChangedFile> Files, bool FilesCut, Uri? Link);

/// <param name="Id">Full hash.</param>
/// <param name="Title">First line of its message. Outside text.</param>
public sealed record Commit(string Id, string Title, string Author, DateTimeOffset At);

/// <param name="Status">added, removed, modified, renamed, copied, changed or unchanged.</param>
public sealed record ChangedFile(string Path, string Status, int Additions, int Deletions);

/// <param name="Commit">Full hash the checks are of.</param>
public sealed record CommitChecks(string Commit, IReadOnlyList<CommitCheck> Checks, Uri? Link)
{
    /// <summary>Green takes at least one check, all of them passed. None at all is not green.</summary>
    public bool IsGreen => Checks.Count > 0 && Checks.All(check => check.State == CheckState.Passed);
}

/// <param name="Name">As the check calls itself: <c>build</c>, <c>lint</c>.</param>
public sealed record CommitCheck(string Name, CheckState State, string Detail, Uri? Link);

public enum CheckState
{
    /// <summary>Not finished, or a state this host does not know. Never counted as passed.</summary>
    Pending = 0,

    /// <summary>Success, neutral or skipped.</summary>
    Passed,
    Failed,
}
