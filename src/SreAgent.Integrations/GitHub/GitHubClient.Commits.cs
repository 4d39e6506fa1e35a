using System.Globalization;
using System.Text.Json;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>Commits and what hangs on them: checks, files, branches, deployments.</summary>
internal sealed partial class GitHubClient
{
    public Task<ApiRepository> RepositoryAsync(RepositoryName repository, CancellationToken cancellationToken) =>
        GetAsync(repository.Path, GitHubJson.Default.ApiRepository, cancellationToken);

    public Task<Paged<ApiCheckRun>> CheckRunsAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken) =>
        PagesAsync(
            $"{repository.Path}/commits/{GitPath.Ref(commit)}/check-runs", GitHubJson.Default.ApiCheckRuns, page => page.CheckRuns, most, cancellationToken);

    public Task<Paged<ApiStatus>> StatusesAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken) =>
        PagesAsync(
            $"{repository.Path}/commits/{GitPath.Ref(commit)}/status", GitHubJson.Default.ApiCombinedStatus, page => page.Statuses, most, cancellationToken);

    public Task<Paged<ApiStatus>> StatusHistoryAsync(RepositoryName repository, string commit, int most, CancellationToken cancellationToken) =>
        ListAsync($"{repository.Path}/commits/{GitPath.Ref(commit)}/statuses", GitHubJson.Default.ListApiStatus, most, cancellationToken);

    public Task<ApiCheckRun> CreateCheckRunAsync(RepositoryName repository, NewCheckRun run, CancellationToken cancellationToken) =>
        PostAsync($"{repository.Path}/check-runs", run, GitHubJson.Default.NewCheckRun, GitHubJson.Default.ApiCheckRun, cancellationToken);

    public Task<ApiStatus> CreateStatusAsync(RepositoryName repository, string commit, NewStatus status, CancellationToken cancellationToken) =>
        PostAsync($"{repository.Path}/statuses/{GitPath.Ref(commit)}", status, GitHubJson.Default.NewStatus, GitHubJson.Default.ApiStatus, cancellationToken);

    public Task<Paged<ApiCommit>> CommitsAsync(RepositoryName repository, CommitQuery query, int most, CancellationToken cancellationToken) =>
        ListAsync(
            $"{repository.Path}/commits{Query(("sha", query.Reference), ("path", query.Path), ("since", Moment(query.Since)), ("until", Moment(query.Until)))}",
            GitHubJson.Default.ListApiCommit, most, cancellationToken);

    public Task<ApiCommit> CommitAsync(RepositoryName repository, string reference, CancellationToken cancellationToken) =>
        GetAsync($"{repository.Path}/commits/{GitPath.Ref(reference)}?per_page=1", GitHubJson.Default.ApiCommit, cancellationToken); // Of its files, which nobody here reads.

    public Task<ApiComparison> CompareAsync(RepositoryName repository, string from, string to, CancellationToken cancellationToken) =>
        GetAsync($"{repository.Path}/compare/{GitPath.Ref(from)}...{GitPath.Ref(to)}", GitHubJson.Default.ApiComparison, cancellationToken);

    public Task<IReadOnlyList<ApiContent>?> ContentsAsync(RepositoryName repository, string path, string? reference, CancellationToken cancellationToken)
    {
        // As a query it may hold anything; it is checked all the same, so that a wrong name is told apart from a missing file.
        _ = reference is null ? null : GitPath.Ref(reference);
        return FindAsync<IReadOnlyList<ApiContent>>($"{repository.Path}/contents/{GitPath.File(path)}{Query(("ref", reference))}", ReadContentAsync, cancellationToken);
    }

    public Task<ApiTree> TreeAsync(RepositoryName repository, string commit, CancellationToken cancellationToken) =>
        GetAsync($"{repository.Path}/git/trees/{GitPath.Ref(commit)}?recursive=1", GitHubJson.Default.ApiTree, cancellationToken);

    public Task<ApiBlob> BlobAsync(RepositoryName repository, string hash, CancellationToken cancellationToken) =>
        GetAsync($"{repository.Path}/git/blobs/{GitPath.Ref(hash)}", GitHubJson.Default.ApiBlob, cancellationToken);

    public Task ArchiveAsync(RepositoryName repository, string commit, Func<Stream, CancellationToken, Task> unpack, CancellationToken cancellationToken) =>
        _archives.ReadAsync($"{repository.Path}/tarball/{GitPath.Ref(commit)}", unpack, cancellationToken);

    public Task<ApiBranch> BranchAsync(RepositoryName repository, string branch, CancellationToken cancellationToken) =>
        GetAsync($"{repository.Path}/branches/{GitPath.Ref(branch)}", GitHubJson.Default.ApiBranch, cancellationToken);

    public Task<ApiDeployment> CreateDeploymentAsync(RepositoryName repository, NewDeployment deployment, CancellationToken cancellationToken) =>
        PostAsync($"{repository.Path}/deployments", deployment, GitHubJson.Default.NewDeployment, GitHubJson.Default.ApiDeployment, cancellationToken);

    public Task<Paged<ApiDeployment>> DeploymentsAsync(RepositoryName repository, string? commit, string? environment, int most, CancellationToken cancellationToken) =>
        ListAsync(
            $"{repository.Path}/deployments{Query(("sha", commit), ("environment", environment))}", GitHubJson.Default.ListApiDeployment, most, cancellationToken);

    public Task<ApiDeploymentStatus> CreateDeploymentStatusAsync(
        RepositoryName repository, long deployment, NewDeploymentStatus status, CancellationToken cancellationToken) =>
        PostAsync(Statuses(repository, deployment), status, GitHubJson.Default.NewDeploymentStatus, GitHubJson.Default.ApiDeploymentStatus, cancellationToken);

    public Task<Paged<ApiDeploymentStatus>> DeploymentStatusesAsync(RepositoryName repository, long deployment, int most, CancellationToken cancellationToken) =>
        ListAsync(Statuses(repository, deployment), GitHubJson.Default.ListApiDeploymentStatus, most, cancellationToken);

    public Task<ApiRateLimits?> RateLimitsAsync(CancellationToken cancellationToken) =>
        FindAsync("rate_limit", (body, token) => Answer.JsonAsync(body, GitHubJson.Default.ApiRateLimits, token), cancellationToken);

    public Task<ApiUser> UserAsync(CancellationToken cancellationToken) => GetAsync("user", GitHubJson.Default.ApiUser, cancellationToken);

    /// <summary>A file is an object, a folder a list of them.</summary>
    private static async Task<IReadOnlyList<ApiContent>> ReadContentAsync(Stream body, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, default, cancellationToken);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? json.RootElement.Deserialize(GitHubJson.Default.ListApiContent)!
            : [json.RootElement.Deserialize(GitHubJson.Default.ApiContent) ?? throw new JsonException("null instead of an answer")];
    }

    private static string Statuses(RepositoryName repository, long deployment) =>
        string.Create(CultureInfo.InvariantCulture, $"{repository.Path}/deployments/{deployment}/statuses");

    private static string? Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
