namespace SreAgent.Core.Readiness;

/// <summary>A pull request at one moment.</summary>
/// <param name="Repository"><c>owner/name</c> it wants to be merged into. Both commits can be opened there, also when the head comes from a fork.</param>
/// <param name="Head">Full hash of its newest commit.</param>
/// <param name="Base">Full hash of the commit it was made on: what is new on the target branch since then is not its doing.</param>
public sealed record PullRequestFacts(string Repository, int Number, string Head, string Base)
{
    /// <summary>Outside text.</summary>
    public string Title { get; init; } = "";

    /// <summary>The branch it is to be merged into.</summary>
    public string Target { get; init; } = "";

    /// <summary>The head lies in another repository; whoever wrote it may have no rights in this one.</summary>
    public bool IsFork { get; init; }

    public bool IsOpen { get; init; } = true;

    /// <summary>In ordinal order of their paths.</summary>
    public IReadOnlyList<ChangedPath> Files { get; init; } = [];

    /// <summary>More files changed than the host names.</summary>
    public bool FilesCut { get; init; }

    /// <summary>The page that shows it.</summary>
    public Uri? Page { get; init; }
}

/// <param name="Path">From the root, with <c>/</c>; for a removed file where it was.</param>
public sealed record ChangedPath(string Path, PathChange Change)
{
    /// <summary>Where a renamed file was. Present only then.</summary>
    public string? PreviousPath { get; init; }

    public int Additions { get; init; }

    public int Deletions { get; init; }
}

public enum PathChange
{
    Modified = 0,
    Added,
    Removed,

    /// <summary>Moved; its content may have changed too.</summary>
    Renamed,
}
