using SreAgent.Core.Code;

namespace SreAgent.Integrations.GitHub;

/// <summary>Which repositories and open pull requests there are.</summary>
internal sealed class GitHubDirectory(IGitHubApi api) : IRepositoryDirectory
{
    public async Task<Listed<string>> SearchAsync(string query, int most, CancellationToken cancellationToken)
    {
        var found = await api.SearchRepositoriesAsync(query, most, cancellationToken);
        return new Listed<string>([.. found.Items.Select(repository => repository.FullName)], found.MoreExist);
    }

    public async Task<Listed<OpenPullRequest>> OpenPullRequestsAsync(string repository, DateTimeOffset? since, int most, CancellationToken cancellationToken)
    {
        var open = await api.OpenPullRequestsAsync(RepositoryName.Parse(repository), most, cancellationToken);
        var changed = open.Items.Where(pull => since is null || pull.UpdatedAt >= since).ToArray();
        // The last updated come first: where one was old enough, so are all that follow.
        return new Listed<OpenPullRequest>(
            [.. changed.Select(pull => new OpenPullRequest(pull.Number, pull.Head.Sha, pull.UpdatedAt))], open.MoreExist && changed.Length == open.Items.Count);
    }
}
