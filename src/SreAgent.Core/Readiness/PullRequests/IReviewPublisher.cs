namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>
/// Keeps one comment and one commit status of a pull request in step with its review. Registered only where a code host is configured. It
/// leaves marks people read, so it is called from a guarded tool and from nowhere else.
/// </summary>
public interface IReviewPublisher
{
    /// <summary>
    /// Writes what has to be written and nothing else: a comment that says the same is left alone, and so is one that a person has deleted,
    /// until the review says something else. Only a comment of our own is ever touched.
    /// </summary>
    /// <exception cref="Tools.ToolException">Nothing was written: not allowed, not to be reached, or not to be told which comments are ours.</exception>
    Task<PublishedReview> PublishAsync(ReviewPublication publication, CancellationToken cancellationToken);
}

/// <summary>A review as it is to stand at its pull request.</summary>
public sealed record ReviewPublication
{
    public required PullRequestFacts PullRequest { get; init; }

    /// <summary>What it is found again by; another has a comment of its own. Letters, digits, <c>.</c>, <c>_</c>, <c>-</c>: a persona's id.</summary>
    public required string Key { get; init; }

    /// <summary>Stands for what the review says, whatever commit it says it of: 64 hex digits.</summary>
    public required string Digest { get; init; }

    public required ReviewComment Comment { get; init; }

    /// <summary>The status in a few words, at most 100 characters.</summary>
    public required string Standing { get; init; }

    /// <summary>The status is a success.</summary>
    public required bool Passes { get; init; }
}

/// <summary>A comment in parts, so that it can be cut where it says least.</summary>
/// <param name="Heading">One line of Markdown.</param>
/// <param name="Summary">One paragraph of Markdown.</param>
/// <param name="Sections">The most telling first.</param>
/// <param name="Collapsed">Nobody needs to open it.</param>
public sealed record ReviewComment(string Heading, string Summary, IReadOnlyList<CommentSection> Sections, bool Collapsed);

/// <param name="Title">Plain text.</param>
/// <param name="Lines">Markdown, complete line by line: it may be cut after each.</param>
/// <param name="Folded">For whoever wants to know.</param>
public sealed record CommentSection(string Title, IReadOnlyList<string> Lines, bool Folded);

/// <summary>What came of it.</summary>
/// <param name="Page">Of the comment. Absent when there is none.</param>
/// <param name="Notes">What whoever asked should know, one sentence each.</param>
public sealed record PublishedReview(CommentOutcome Comment, StatusOutcome Status, Uri? Page, IReadOnlyList<string> Notes);

public enum CommentOutcome
{
    /// <summary>The host said no; the notes say why. Whether the status was set is told apart.</summary>
    Refused = 0,
    Created,
    Updated,

    /// <summary>It says this already.</summary>
    Unchanged,

    /// <summary>A person has deleted it, and the review says what it said then.</summary>
    LeftDeleted,

    /// <summary>The pull request has moved on; nothing was written.</summary>
    Stale,
}

public enum StatusOutcome
{
    /// <summary>The host said no; the notes say why.</summary>
    Refused = 0,
    Set,

    /// <summary>It says this already.</summary>
    Unchanged,

    /// <summary>Settings do not allow it, or there was nothing to set it for.</summary>
    NotSet,
}
