using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.GitHub;

// As GitHub's REST description (api.github.com, version 2022-11-28) names them, snake case; only what is used. What it may leave out, or
// send as null, is nullable here.

internal sealed record ApiError(string? Message, JsonElement? Errors);

internal sealed record ApiUser(string Login, string? Type);

internal sealed record ApiApp(string? Slug, string? Name);

internal sealed record ApiRepository(string FullName, string DefaultBranch);

internal sealed record Installation(long Id, ApiUser? Account);

internal sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt);

internal sealed record ApiRateLimits(Dictionary<string, ApiRateLimit>? Resources);

/// <param name="Reset">Seconds since 1970.</param>
internal sealed record ApiRateLimit(long Limit, long Remaining, long Reset);

/// <param name="State">open or closed.</param>
/// <param name="PullRequest">Present when this is one.</param>
internal sealed record ApiIssue(
    long Number, string Title, string State, string? StateReason, string? Body, ApiUser? User, List<ApiLabel>? Labels, List<ApiUser>? Assignees,
    bool Locked, int Comments, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ClosedAt, string? HtmlUrl, JsonElement? PullRequest)
{
    [JsonIgnore]
    public bool IsPullRequest => PullRequest is { ValueKind: JsonValueKind.Object };
}

internal sealed record ApiLabel(string? Name);

internal sealed record ApiIssueSearch(int TotalCount, bool IncompleteResults, List<ApiIssue> Items);

internal sealed record ApiRepositorySearch(int TotalCount, bool IncompleteResults, List<ApiRepository> Items);

internal sealed record ApiOpenPullRequest(long Number, DateTimeOffset UpdatedAt, ApiBranchEnd Head);

internal sealed record ApiComment(long Id, string? Body, ApiUser? User, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? HtmlUrl);

internal sealed record NewIssue(string Title, string Body, IReadOnlyList<string>? Labels);

internal sealed record NewComment(string Body);

internal sealed record NewLabels(IReadOnlyList<string> Labels);

/// <param name="State">open or closed.</param>
/// <param name="StateReason">completed, not_planned or reopened.</param>
internal sealed record IssueState(string State, string StateReason);

/// <param name="Mergeable">Absent while GitHub works it out.</param>
internal sealed record ApiPullRequest(
    long Number, string Title, string State, string? Body, ApiUser? User, bool Draft, bool Merged, bool? Mergeable, string? MergeableState, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, DateTimeOffset? MergedAt, ApiBranchEnd Head, ApiBranchEnd Base, List<ApiLabel>? Labels,
    int Commits, int Additions, int Deletions, int ChangedFiles, string? HtmlUrl);

/// <param name="Repo">Absent when a fork has been deleted.</param>
internal sealed record ApiBranchEnd(string Ref, string Sha, string? Label, ApiRepository? Repo);

internal sealed record NewPullRequest(string Title, string Head, string Base, string Body, bool Draft);

/// <param name="Patch">Absent for binary and very large files.</param>
internal sealed record ApiFile(string Filename, string? Status, int Additions, int Deletions, string? Patch, string? PreviousFilename);

/// <param name="State">APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING.</param>
internal sealed record ApiReview(long Id, ApiUser? User, string? Body, string State, DateTimeOffset? SubmittedAt, string? CommitId, string? HtmlUrl);

internal sealed record ApiReviewComment(long Id, ApiUser? User, string? Body, string? Path, int? Line, DateTimeOffset CreatedAt, string? HtmlUrl);

/// <param name="Event">COMMENT or REQUEST_CHANGES.</param>
internal sealed record NewReview(string CommitId, string Body, string Event, IReadOnlyList<NewReviewComment>? Comments);

internal sealed record NewReviewComment(string Path, int Line, string Side, string Body);

internal sealed record ApiCheckRuns(int TotalCount, List<ApiCheckRun> CheckRuns);

/// <param name="Status">queued, in_progress, completed, and some more.</param>
/// <param name="Conclusion">Present when completed.</param>
internal sealed record ApiCheckRun(
    long Id, string Name, string? HeadSha, string Status, string? Conclusion, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, ApiCheckOutput? Output, ApiCheckApp? App, string? HtmlUrl,
    string? ExternalId, string? DetailsUrl);

internal sealed record ApiCheckOutput(string? Title, string? Summary);

internal sealed record ApiCheckApp(long Id, string? Slug);

/// <param name="Status">queued, in_progress or completed.</param>
/// <param name="Conclusion">Required with completed.</param>
/// <param name="ExternalId">Ours to choose; comes back with it.</param>
internal sealed record NewCheckRun(string Name, string HeadSha, string Status, string? Conclusion, ApiCheckOutput? Output, string? DetailsUrl, string? ExternalId = null);

internal sealed record ApiCombinedStatus(string Sha, string State, int TotalCount, List<ApiStatus> Statuses);

/// <param name="State">error, failure, pending or success.</param>
/// <param name="Creator">Only the list of all statuses says it.</param>
internal sealed record ApiStatus(long Id, string Context, string State, string? Description, string? TargetUrl, DateTimeOffset UpdatedAt, ApiUser? Creator);

/// <param name="Description">At most 140 characters.</param>
internal sealed record NewStatus(string State, string Context, string? Description, string? TargetUrl);

internal sealed record ApiCommit(string Sha, ApiCommitDetail Commit, string? HtmlUrl);

internal sealed record ApiCommitDetail(string Message, ApiSignature? Author, ApiSignature? Committer);

internal sealed record ApiSignature(string? Name, DateTimeOffset? Date);

/// <param name="Files">At most 300.</param>
/// <param name="MergeBaseCommit">Where the two parted.</param>
internal sealed record ApiComparison(string Status, int AheadBy, int BehindBy, List<ApiCommit>? Commits, List<ApiFile>? Files, string? HtmlUrl, ApiBranchHead? MergeBaseCommit);

/// <param name="Truncated">There are more entries than were sent.</param>
internal sealed record ApiTree(string Sha, List<ApiTreeEntry> Tree, bool Truncated);

/// <param name="Mode">As git has it: 100644 and 100755 are files, 120000 is a link, 160000 another repository's commit.</param>
/// <param name="Type">blob, tree or commit.</param>
internal sealed record ApiTreeEntry(string Path, string Mode, string Type, string Sha, long? Size);

/// <param name="Encoding">base64 or utf-8.</param>
internal sealed record ApiBlob(string Sha, string Content, string Encoding);

internal sealed record ApiBranch(string Name, ApiBranchHead? Commit, bool Protected);

internal sealed record ApiBranchHead(string Sha);

/// <param name="Type">file, dir, symlink or submodule.</param>
/// <param name="Encoding">base64, or none when it is too large to be sent.</param>
internal sealed record ApiContent(string Type, string Path, long Size, string? Encoding, string? Content, string? HtmlUrl);

/// <param name="Payload">Whatever its creator wrote: an object, or text that may be JSON.</param>
internal sealed record ApiDeployment(
    long Id, string Sha, string? Ref, string? Task, string Environment, string? Description, ApiUser? Creator, DateTimeOffset CreatedAt, JsonElement? Payload);

/// <param name="State">error, failure, inactive, in_progress, queued, pending or success.</param>
internal sealed record ApiDeploymentStatus(long Id, string State, string? Description, DateTimeOffset CreatedAt, string? LogUrl);

internal sealed record NewDeployment(
    string Ref, string Task, string Environment, string Description, DeploymentPayload Payload, bool AutoMerge, IReadOnlyList<string> RequiredContexts, bool ProductionEnvironment);

/// <summary>What ties a deployment to the change that made it.</summary>
internal sealed record DeploymentPayload(string Change, string Service, string From, string To, bool Rollback);

internal sealed record NewDeploymentStatus(string State, string Description);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(AppClaims))]
[JsonSerializable(typeof(ApiUser))]
[JsonSerializable(typeof(ApiApp))]
[JsonSerializable(typeof(ApiRepository))]
[JsonSerializable(typeof(List<Installation>))]
[JsonSerializable(typeof(InstallationToken))]
[JsonSerializable(typeof(ApiRateLimits))]
[JsonSerializable(typeof(List<ApiIssue>))]
[JsonSerializable(typeof(ApiIssueSearch))]
[JsonSerializable(typeof(ApiRepositorySearch))]
[JsonSerializable(typeof(List<ApiOpenPullRequest>))]
[JsonSerializable(typeof(List<ApiComment>))]
[JsonSerializable(typeof(NewIssue))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(NewLabels))]
[JsonSerializable(typeof(List<ApiLabel>))]
[JsonSerializable(typeof(IssueState))]
[JsonSerializable(typeof(ApiPullRequest))]
[JsonSerializable(typeof(NewPullRequest))]
[JsonSerializable(typeof(List<ApiFile>))]
[JsonSerializable(typeof(List<ApiReview>))]
[JsonSerializable(typeof(List<ApiReviewComment>))]
[JsonSerializable(typeof(NewReview))]
[JsonSerializable(typeof(ApiCheckRuns))]
[JsonSerializable(typeof(NewCheckRun))]
[JsonSerializable(typeof(ApiCombinedStatus))]
[JsonSerializable(typeof(NewStatus))]
[JsonSerializable(typeof(List<ApiCommit>))]
[JsonSerializable(typeof(ApiComparison))]
[JsonSerializable(typeof(ApiTree))]
[JsonSerializable(typeof(ApiBlob))]
[JsonSerializable(typeof(List<ApiStatus>))]
[JsonSerializable(typeof(ApiBranch))]
[JsonSerializable(typeof(List<ApiContent>))]
[JsonSerializable(typeof(List<ApiDeployment>))]
[JsonSerializable(typeof(List<ApiDeploymentStatus>))]
[JsonSerializable(typeof(NewDeployment))]
[JsonSerializable(typeof(NewDeploymentStatus))]
internal sealed partial class GitHubJson : JsonSerializerContext;
