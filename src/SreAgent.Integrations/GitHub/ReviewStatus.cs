using System.Globalization;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// The review as a status of the commit, or as a check where we are an App. It links to the comment and carries what the review said, so that
/// a comment somebody deleted is not taken for one that never was.
/// </summary>
internal sealed class ReviewStatus(IGitHubApi api, RepositoryName repository, bool asApp, string login, ReviewPublication publication)
{
    /// <summary>Of the pull request's newest commits; a status further back tells of another time.</summary>
    private const int MostCommits = 10;
    private const int MostStatuses = 100;
    private const int MostDescription = 140;
    private const int DigestLength = 12;

    private readonly string _context = $"sre-agent/readiness/{publication.Key}";
    private readonly string _page = string.Create(CultureInfo.InvariantCulture, $"/pull/{publication.PullRequest.Number}#");
    private readonly string _digest = publication.Digest[..DigestLength];

    /// <summary>What was published last at this pull request, on the newest commit that has it. Null when nothing was.</summary>
    public async Task<EarlierReview?> LastAsync(CancellationToken cancellationToken)
    {
        var commits = await api.PullRequestCommitsAsync(repository, publication.PullRequest.Number, 250, cancellationToken);
        foreach (var commit in commits.Items.Reverse().Take(MostCommits))
        {
            // A commit may be the head of several pull requests.
            if (await OnAsync(commit.Sha, cancellationToken) is { } found && found.Page?.Contains(_page, StringComparison.Ordinal) == true)
            {
                return found;
            }
        }

        return null;
    }

    /// <param name="page">Of the comment; absent when there is none.</param>
    /// <exception cref="ToolException">It is refused.</exception>
    public async Task<StatusOutcome> SetAsync(string? page, CancellationToken cancellationToken)
    {
        var head = publication.PullRequest.Head;
        var wanted = new EarlierReview(page, _digest, publication.Passes, Description());
        if (await OnAsync(head, cancellationToken) == wanted)
        {
            return StatusOutcome.Unchanged;
        }

        if (asApp)
        {
            await api.CreateCheckRunAsync(
                repository,
                new NewCheckRun(_context, head, "completed", publication.Passes ? "success" : "failure", new ApiCheckOutput(publication.Standing, publication.Comment.Summary), page, _digest),
                cancellationToken);
        }
        else
        {
            await api.CreateStatusAsync(repository, head, new NewStatus(publication.Passes ? "success" : "failure", _context, Description(), page), cancellationToken);
        }

        return StatusOutcome.Set;
    }

    private async Task<EarlierReview?> OnAsync(string commit, CancellationToken cancellationToken)
    {
        if (asApp)
        {
            var runs = await api.CheckRunsAsync(repository, commit, MostStatuses, cancellationToken);
            return runs.Items.Where(run => run.Name == _context && run.ExternalId is { Length: DigestLength }).MaxBy(run => run.Id) is not { } run ? null
                : new EarlierReview(GitHubAddress.Page(run.DetailsUrl)?.AbsoluteUri, run.ExternalId!, run.Conclusion == "success", Description()); // The line before has looked.
        }

        var statuses = await api.StatusHistoryAsync(repository, commit, MostStatuses, cancellationToken);
        return statuses.Items.FirstOrDefault(status => status.Context == _context && string.Equals(status.Creator?.Login, login, StringComparison.OrdinalIgnoreCase)) is { } status
            && status.Description?.LastIndexOf('[') is >= 0 and var at && status.Description.EndsWith(']')
            ? new EarlierReview(GitHubAddress.Page(status.TargetUrl)?.AbsoluteUri, status.Description[(at + 1)..^1], status.State == "success", status.Description)
            : null;
    }

    private string Description()
    {
        var digest = $" [{_digest}]";
        return Excerpt.Short(publication.Standing, MostDescription - digest.Length) + digest;
    }
}

/// <summary>What a status says of the review it was set for.</summary>
/// <param name="Page">Of the comment there was.</param>
/// <param name="Digest">The beginning of the review's.</param>
internal sealed record EarlierReview(string? Page, string Digest, bool Passes, string Description)
{
    public bool Says(string digest) => Digest.Length > 0 && digest.StartsWith(Digest, StringComparison.Ordinal);
}
