namespace SreAgent.Lab.GitHub.State;

internal sealed class IssueState(long id, int number, string author, DateTimeOffset createdAt)
{
    public long Id => id;

    public int Number => number;

    public string Author => author;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public required string Title { get; set; }

    public required string? Body { get; set; }

    public bool IsClosed { get; set; }

    public bool IsLocked { get; set; }

    /// <summary>completed, not_planned, reopened, duplicate.</summary>
    public string? StateReason { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public List<LabelState> Labels { get; set; } = [];

    public List<string> Assignees { get; set; } = [];

    public List<CommentState> Comments { get; } = [];

    /// <summary>Absent: it is an issue.</summary>
    public PullState? Pull { get; init; }
}

internal sealed class CommentState(long id, string author, DateTimeOffset createdAt)
{
    public long Id => id;

    public string Author => author;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public required string Body { get; set; }
}

/// <summary>What a pull request has beyond an issue.</summary>
internal sealed class PullState(string head, string @base, bool isDraft)
{
    /// <summary>Branch name.</summary>
    public string Head => head;

    /// <summary>Branch name.</summary>
    public string Base => @base;

    public bool IsDraft => isDraft;

    public List<ReviewState> Reviews { get; } = [];

    public List<ReviewCommentState> ReviewComments { get; } = [];
}

/// <param name="State">APPROVED, CHANGES_REQUESTED, COMMENTED, PENDING.</param>
internal sealed record ReviewState(long Id, string Author, string Body, string State, string Commit, DateTimeOffset At);

/// <param name="Review">The review it came with; a comment on its own belongs to one GitHub makes for it.</param>
internal sealed record ReviewCommentState(
    long Id, long Review, string Author, string Body, string Path, string Commit, int? Line, string? Side, int? StartLine, string? StartSide, long? InReplyTo, DateTimeOffset At);
