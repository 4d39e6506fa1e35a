namespace SreAgent.Integrations.GitHub;

/// <summary>
/// GitHub's REST interface, one method an endpoint, in its own shapes. Every method throws <see cref="Core.Tools.ToolException"/>. Lists
/// are followed over as many pages as <c>most</c> needs. Refs and paths are given as people write them.
/// </summary>
internal interface IGitHubApi
{
    // GET /repos/{owner}/{repo}
    Task<ApiRepository> RepositoryAsync(RepositoryName repository, CancellationToken cancellationToken);

    // GET /search/issues; budget of its own, 30 a minute
    Task<(ApiIssueSearch Found, bool MoreExist)> SearchIssuesAsync(string query, int most, CancellationToken cancellationToken);

    // GET /search/repositories; of the same budget
    Task<Paged<ApiRepository>> SearchRepositoriesAsync(string query, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/issues, newest first; pull requests among them
    Task<Paged<ApiIssue>> IssuesAsync(RepositoryName repository, string state, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/issues/{issue_number}
    Task<ApiIssue> IssueAsync(RepositoryName repository, long number, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/issues/{issue_number}/comments, oldest first
    Task<Paged<ApiComment>> IssueCommentsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/issues
    Task<ApiIssue> CreateIssueAsync(RepositoryName repository, NewIssue issue, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/issues/{issue_number}/comments
    Task<ApiComment> CreateIssueCommentAsync(RepositoryName repository, long number, NewComment comment, CancellationToken cancellationToken);

    // PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}; GitHub lets whoever may write rewrite anybody's
    Task<ApiComment> UpdateIssueCommentAsync(RepositoryName repository, long comment, NewComment body, CancellationToken cancellationToken);

    // DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}; one that has gone already is no fault
    Task DeleteIssueCommentAsync(RepositoryName repository, long comment, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/issues/{issue_number}/labels; answers with all labels
    Task<IReadOnlyList<ApiLabel>> AddLabelsAsync(RepositoryName repository, long number, NewLabels labels, CancellationToken cancellationToken);

    // DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}
    Task RemoveLabelAsync(RepositoryName repository, long number, string label, CancellationToken cancellationToken);

    // PATCH /repos/{owner}/{repo}/issues/{issue_number}
    Task<ApiIssue> SetIssueStateAsync(RepositoryName repository, long number, IssueState state, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls, open ones, the last updated first
    Task<Paged<ApiOpenPullRequest>> OpenPullRequestsAsync(RepositoryName repository, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls/{pull_number}
    Task<ApiPullRequest> PullRequestAsync(RepositoryName repository, long number, CancellationToken cancellationToken);

    // The same as a diff
    Task<string> PullRequestDiffAsync(RepositoryName repository, long number, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls/{pull_number}/files; at most 3,000
    Task<Paged<ApiFile>> PullRequestFilesAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls/{pull_number}/commits, oldest first; at most 250
    Task<Paged<ApiCommit>> PullRequestCommitsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews, oldest first
    Task<Paged<ApiReview>> ReviewsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/pulls/{pull_number}/comments, oldest first
    Task<Paged<ApiReviewComment>> ReviewCommentsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/pulls
    Task<ApiPullRequest> CreatePullRequestAsync(RepositoryName repository, NewPullRequest pullRequest, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews
    Task<ApiReview> CreateReviewAsync(RepositoryName repository, long number, NewReview review, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/commits/{ref}/check-runs; the newest of each suite
    Task<Paged<ApiCheckRun>> CheckRunsAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/commits/{ref}/status; the newest of each context
    Task<Paged<ApiStatus>> StatusesAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/commits/{ref}/statuses, newest first, each with who set it
    Task<Paged<ApiStatus>> StatusHistoryAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/check-runs; Apps only
    Task<ApiCheckRun> CreateCheckRunAsync(RepositoryName repository, NewCheckRun run, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/statuses/{sha}
    Task<ApiStatus> CreateStatusAsync(RepositoryName repository, string commit, NewStatus status, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/commits, newest first
    Task<Paged<ApiCommit>> CommitsAsync(RepositoryName repository, CommitQuery query, int most, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/commits/{ref}
    Task<ApiCommit> CommitAsync(RepositoryName repository, string reference, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/compare/{base}...{head}; at most 250 commits, oldest first, and 300 files
    Task<ApiComparison> CompareAsync(RepositoryName repository, string from, string to, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/contents/{path}; several for a folder, null when the answer is 404, which may also mean no permission
    Task<IReadOnlyList<ApiContent>?> ContentsAsync(RepositoryName repository, string path, string? reference, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/git/trees/{tree_sha}?recursive=1; at most 100,000 entries or 7 MB, and says when there are more
    Task<ApiTree> TreeAsync(RepositoryName repository, string commit, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/git/blobs/{file_sha}; up to 100 MB
    Task<ApiBlob> BlobAsync(RepositoryName repository, string hash, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/tarball/{ref}, and after it to the host it names: without credentials, and only to one that is GitHub's
    Task ArchiveAsync(RepositoryName repository, string commit, Func<Stream, CancellationToken, Task> unpack, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/branches/{branch}
    Task<ApiBranch> BranchAsync(RepositoryName repository, string branch, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/deployments
    Task<ApiDeployment> CreateDeploymentAsync(RepositoryName repository, NewDeployment deployment, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/deployments, newest first
    Task<Paged<ApiDeployment>> DeploymentsAsync(RepositoryName repository, string? commit, string? environment, int most, CancellationToken cancellationToken);

    // POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses
    Task<ApiDeploymentStatus> CreateDeploymentStatusAsync(RepositoryName repository, long deployment, NewDeploymentStatus status, CancellationToken cancellationToken);

    // GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses, newest first
    Task<Paged<ApiDeploymentStatus>> DeploymentStatusesAsync(RepositoryName repository, long deployment, int most, CancellationToken cancellationToken);

    // GET /rate_limit; costs nothing. Null where limits are switched off (GitHub Enterprise Server)
    Task<ApiRateLimits?> RateLimitsAsync(CancellationToken cancellationToken);

    // GET /user
    Task<ApiUser> UserAsync(CancellationToken cancellationToken);
}

/// <summary>The first of a list, and whether there is more.</summary>
internal sealed record Paged<T>(IReadOnlyList<T> Items, bool MoreExist);

/// <param name="Reference">Branch, tag or commit to begin at; the default branch when absent.</param>
internal sealed record CommitQuery(string? Reference, string? Path, DateTimeOffset? Since, DateTimeOffset? Until);
