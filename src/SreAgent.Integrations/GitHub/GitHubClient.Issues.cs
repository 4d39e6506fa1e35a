using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>Issues and pull requests.</summary>
internal sealed partial class GitHubClient
{
    public async Task<(ApiIssueSearch Found, bool MoreExist)> SearchIssuesAsync(string query, int most, CancellationToken cancellationToken)
    {
        ApiIssueSearch? first = null;
        var found = await PagesAsync(
            "search/issues" + Query(("q", query)), GitHubJson.Default.ApiIssueSearch, page => (first ??= page).Items, most, cancellationToken);
        return (first! with { Items = [.. found.Items] }, found.MoreExist); // PagesAsync has read at least one page.
    }

    public Task<Paged<ApiIssue>> IssuesAsync(RepositoryName repository, string state, int most, CancellationToken cancellationToken) =>
        ListAsync($"{repository.Path}/issues{Query(("state", state))}", GitHubJson.Default.ListApiIssue, most, cancellationToken);

    public Task<ApiIssue> IssueAsync(RepositoryName repository, long number, CancellationToken cancellationToken) =>
        GetAsync(Issue(repository, number), GitHubJson.Default.ApiIssue, cancellationToken);

    public Task<Paged<ApiComment>> IssueCommentsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken) =>
        ListAsync(Issue(repository, number, "/comments"), GitHubJson.Default.ListApiComment, most, cancellationToken);

    public Task<ApiIssue> CreateIssueAsync(RepositoryName repository, NewIssue issue, CancellationToken cancellationToken) =>
        PostAsync($"{repository.Path}/issues", issue, GitHubJson.Default.NewIssue, GitHubJson.Default.ApiIssue, cancellationToken);

    public Task<ApiComment> CreateIssueCommentAsync(RepositoryName repository, long number, NewComment comment, CancellationToken cancellationToken) =>
        PostAsync(Issue(repository, number, "/comments"), comment, GitHubJson.Default.NewComment, GitHubJson.Default.ApiComment, cancellationToken);

    public Task<ApiComment> UpdateIssueCommentAsync(RepositoryName repository, long comment, NewComment body, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Patch, Comment(repository, comment), body, GitHubJson.Default.NewComment, GitHubJson.Default.ApiComment, cancellationToken);

    public Task DeleteIssueCommentAsync(RepositoryName repository, long comment, CancellationToken cancellationToken) =>
        _pace.InTurnAsync(
            () => _http.ChangeAsync(Request(HttpMethod.Delete, Comment(repository, comment)), Answer.Ignored with { Also = HttpStatusCode.NotFound }, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<ApiLabel>> AddLabelsAsync(RepositoryName repository, long number, NewLabels labels, CancellationToken cancellationToken) =>
        await PostAsync(Issue(repository, number, "/labels"), labels, GitHubJson.Default.NewLabels, GitHubJson.Default.ListApiLabel, cancellationToken);

    public Task RemoveLabelAsync(RepositoryName repository, long number, string label, CancellationToken cancellationToken) =>
        _pace.InTurnAsync(
            () => _http.ChangeAsync(
                Request(HttpMethod.Delete, Issue(repository, number, $"/labels/{GitPath.Label(label)}")), Answer.Ignored, cancellationToken),
            cancellationToken);

    public Task<ApiIssue> SetIssueStateAsync(RepositoryName repository, long number, IssueState state, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Patch, Issue(repository, number), state, GitHubJson.Default.IssueState, GitHubJson.Default.ApiIssue, cancellationToken);

    public Task<Paged<ApiRepository>> SearchRepositoriesAsync(string query, int most, CancellationToken cancellationToken) =>
        PagesAsync("search/repositories" + Query(("q", query)), GitHubJson.Default.ApiRepositorySearch, static page => page.Items, most, cancellationToken);

    public Task<Paged<ApiOpenPullRequest>> OpenPullRequestsAsync(RepositoryName repository, int most, CancellationToken cancellationToken) =>
        ListAsync(
            $"{repository.Path}/pulls{Query(("state", "open"), ("sort", "updated"), ("direction", "desc"))}", GitHubJson.Default.ListApiOpenPullRequest, most, cancellationToken);

    public Task<ApiPullRequest> PullRequestAsync(RepositoryName repository, long number, CancellationToken cancellationToken) =>
        GetAsync(Pull(repository, number), GitHubJson.Default.ApiPullRequest, cancellationToken);

    public Task<string> PullRequestDiffAsync(RepositoryName repository, long number, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get, Pull(repository, number));
        request.Headers.Accept.ParseAdd("application/vnd.github.diff");
        return _http.ReadAsync(
            request,
            Answer.Of(static async (body, token) =>
            {
                using var reader = new StreamReader(body);
                return await reader.ReadToEndAsync(token);
            }),
            cancellationToken);
    }

    public Task<Paged<ApiFile>> PullRequestFilesAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken) =>
        ListAsync(Pull(repository, number, "/files"), GitHubJson.Default.ListApiFile, most, cancellationToken);

    public Task<Paged<ApiCommit>> PullRequestCommitsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken) =>
        ListAsync(Pull(repository, number, "/commits"), GitHubJson.Default.ListApiCommit, most, cancellationToken);

    public Task<Paged<ApiReview>> ReviewsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken) =>
        ListAsync(Pull(repository, number, "/reviews"), GitHubJson.Default.ListApiReview, most, cancellationToken);

    public Task<Paged<ApiReviewComment>> ReviewCommentsAsync(RepositoryName repository, long number, int most, CancellationToken cancellationToken) =>
        ListAsync(Pull(repository, number, "/comments"), GitHubJson.Default.ListApiReviewComment, most, cancellationToken);

    public Task<ApiPullRequest> CreatePullRequestAsync(RepositoryName repository, NewPullRequest pullRequest, CancellationToken cancellationToken) =>
        PostAsync($"{repository.Path}/pulls", pullRequest, GitHubJson.Default.NewPullRequest, GitHubJson.Default.ApiPullRequest, cancellationToken);

    public Task<ApiReview> CreateReviewAsync(RepositoryName repository, long number, NewReview review, CancellationToken cancellationToken) =>
        PostAsync(Pull(repository, number, "/reviews"), review, GitHubJson.Default.NewReview, GitHubJson.Default.ApiReview, cancellationToken);

    private Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, path, body, bodyType, answerType, cancellationToken);

    private static string Issue(RepositoryName repository, long number, string rest = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{repository.Path}/issues/{number}{rest}");

    private static string Comment(RepositoryName repository, long comment) =>
        string.Create(CultureInfo.InvariantCulture, $"{repository.Path}/issues/comments/{comment}");

    private static string Pull(RepositoryName repository, long number, string rest = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{repository.Path}/pulls/{number}{rest}");
}
