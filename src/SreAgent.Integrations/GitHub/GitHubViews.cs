using System.Text.Json.Serialization;
using SreAgent.Core.Code;

namespace SreAgent.Integrations.GitHub;

/// <summary>An issue as a reader needs it.</summary>
/// <param name="State">open, or closed with GitHub's reason.</param>
/// <param name="Labels">Their names.</param>
internal sealed record IssueView(
    long Number, string Title, string State, string? Author, IReadOnlyList<string> Labels, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? Url)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CommentView>? Comments { get; init; }
}

internal sealed record CommentView(string? Author, DateTimeOffset At, string Body)
{
    /// <summary>The file a review comment is on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }
}

/// <param name="State">open, draft, merged or closed.</param>
/// <param name="Mergeable">GitHub's word: clean, dirty, blocked, behind, unstable, unknown.</param>
internal sealed record PullRequestView(
    long Number, string Title, string State, string? Mergeable, string? Author, string Head, string Base, string HeadSha, int Commits, int Files, int Additions, int Deletions,
    IReadOnlyList<string> Labels, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Body);

internal sealed record FileView(string Path, string Status, int Additions, int Deletions)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousPath { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Patch { get; init; }
}

internal sealed record ReviewView(string? Author, string State, DateTimeOffset? At, string Body);

internal sealed record CommitView(string Sha, string Title, string Author, DateTimeOffset At);

internal sealed record ChecksView(string Commit, bool Green, int Passed, int Failed, int Pending, IReadOnlyList<CheckView> Checks);

internal sealed record CheckView(string Name, string State, string Detail, Uri? Url);

/// <param name="Change">The change of this host that made it.</param>
internal sealed record DeploymentView(
    long Id, string Environment, string Sha, string? Task, string State, string? Description, string? Creator, DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Change);

/// <summary>From GitHub's words to ours, outside text cut.</summary>
internal static class GitHubViews
{
    private const int TitleLength = 300;

    public static IssueView Line(ApiIssue issue) => new(
        issue.Number, Excerpt.Line(issue.Title, TitleLength), issue.StateReason is null or "reopened" ? issue.State : $"{issue.State} as {issue.StateReason}", issue.User?.Login,
        Names(issue.Labels), issue.CreatedAt, issue.UpdatedAt, issue.HtmlUrl);

    public static IssueView Issue(ApiIssue issue, int bodyLength) => Line(issue) with { Body = Excerpt.Text(issue.Body, bodyLength) };

    public static CommentView Comment(ApiComment comment, int length) => new(comment.User?.Login, comment.CreatedAt, Excerpt.Text(comment.Body, length));

    public static CommentView Comment(ApiReviewComment comment, int length) =>
        new(comment.User?.Login, comment.CreatedAt, Excerpt.Text(comment.Body, length)) { Path = comment.Path, Line = comment.Line };

    public static PullRequestView PullRequest(ApiPullRequest pull, int bodyLength) => new(
        pull.Number, Excerpt.Line(pull.Title, TitleLength), pull.Merged ? "merged" : pull is { State: "open", Draft: true } ? "draft" : pull.State, pull.MergeableState, pull.User?.Login,
        pull.Head.Label ?? pull.Head.Ref, pull.Base.Ref, pull.Head.Sha, pull.Commits, pull.ChangedFiles, pull.Additions, pull.Deletions,
        Names(pull.Labels), pull.CreatedAt, pull.UpdatedAt, Excerpt.Text(pull.Body, bodyLength));

    /// <param name="patchLength">0 leaves patches out.</param>
    public static FileView File(ApiFile file, int patchLength) => new(file.Filename, file.Status ?? "changed", file.Additions, file.Deletions)
    {
        PreviousPath = file.PreviousFilename,
        Patch = patchLength == 0 || file.Patch is null ? null : Excerpt.Text(file.Patch, patchLength),
    };

    public static ReviewView Review(ApiReview review) => new(review.User?.Login, review.State, review.SubmittedAt, Excerpt.Text(review.Body, 2_000));

    public static CommitView Commit(ApiCommit commit)
    {
        var plain = GitHubCodeHost.Commit(commit);
        return new CommitView(plain.Id, plain.Title, plain.Author, plain.At);
    }

    /// <summary>What is not green first.</summary>
    public static ChecksView Checks(CommitChecks checks, int most)
    {
        return new ChecksView(
            checks.Commit, checks.IsGreen, Count(CheckState.Passed), Count(CheckState.Failed), Count(CheckState.Pending),
            [
                .. checks.Checks.OrderByDescending(check => check.State == CheckState.Failed).ThenByDescending(check => check.State == CheckState.Pending).Take(most)
                    .Select(check => new CheckView(check.Name, check.State.ToString().ToLowerInvariant(), check.Detail, check.Link)),
            ]);

        int Count(CheckState state) => checks.Checks.Count(check => check.State == state);
    }

    public static DeploymentView Deployment(ApiDeployment deployment, ApiDeploymentStatus? newest) => new(
        deployment.Id, deployment.Environment, deployment.Sha, deployment.Task, newest?.State ?? "no status yet", Excerpt.Line(newest?.Description ?? deployment.Description, TitleLength),
        deployment.Creator?.Login, deployment.CreatedAt, GitHubDeploymentRecorder.ChangeOf(deployment));

    private static string[] Names(List<ApiLabel>? labels) => [.. (labels ?? []).Select(label => label.Name ?? "").Where(name => name.Length > 0)];
}
