using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub.Reviews;

namespace SreAgent.Integrations.GitHub;

/// <summary>Keeps the comment first, then the status that links to it. The status also remembers: it outlives a comment that is deleted.</summary>
internal sealed class GitHubReviewPublisher(IGitHubApi api, WritePolicy policy, OutgoingText outgoing, GitHubViewer viewer) : IReviewPublisher
{
    public async Task<PublishedReview> PublishAsync(ReviewPublication publication, CancellationToken cancellationToken)
    {
        var pull = publication.PullRequest;
        var repository = RepositoryName.Parse(pull.Repository);
        policy.Require(repository, RepositoryWrite.Comments);
        var text = Text(publication);
        _ = outgoing.Short(publication.Standing, "status", 140);

        var login = await viewer.LoginAsync(cancellationToken);
        var comment = new StickyComment(api, repository, pull.Number, login);
        var status = new ReviewStatus(api, repository, viewer.IsApp, login, publication);
        var notes = new List<string>();
        var found = await comment.FindAsync(publication.Key, cancellationToken);
        var earlier = found.Kept is null ? await EarlierAsync(status, notes, cancellationToken) : null;
        var (outcome, page) = await CommentAsync(comment, found, earlier, publication, text, notes, cancellationToken);
        return outcome == CommentOutcome.Stale
            ? new PublishedReview(outcome, StatusOutcome.NotSet, page, notes)
            : new PublishedReview(outcome, await StatusAsync(status, repository, page?.AbsoluteUri ?? earlier?.Page, notes, cancellationToken), page, notes);
    }

    /// <summary>The body with its marker, which is no part of what is compared.</summary>
    private string Text(ReviewPublication publication)
    {
        var pull = publication.PullRequest;
        var body = CommentBody.Compose(
            publication.Comment, $"All of it: `sre-agent review {pull.Repository}#{pull.Number} --markdown`.", static part => Mentions.SilenceAll(part));
        var marker = CommentMarker.Of(publication.Key, pull.Head, publication.Digest, body);
        return outgoing.Body($"{marker}\n{body}", "comment").Text;
    }

    private static async Task<EarlierReview?> EarlierAsync(ReviewStatus status, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            return await status.LastAsync(cancellationToken);
        }
        catch (ToolException e)
        {
            notes.Add($"Whether there was a comment that somebody deleted could not be looked at: {e.Message}");
            return null;
        }
    }

    private static async Task<(CommentOutcome Outcome, Uri? Page)> CommentAsync(
        StickyComment comment, StickyComments found, EarlierReview? earlier, ReviewPublication publication, string text, List<string> notes, CancellationToken cancellationToken)
    {
        try
        {
            if (found.Kept is null && earlier is not null && found.Named(earlier.Page) is { } unmarked)
            {
                notes.Add("The comment had lost its marker; it was known again by the link in the commit status.");
                found = found with { Kept = unmarked };
            }

            if (found.Kept is null && earlier?.Page is not null && earlier.Says(publication.Digest))
            {
                notes.Add("The comment was deleted by a person, and the review says what it said then; it is not written again until that changes.");
                return (CommentOutcome.LeftDeleted, null);
            }

            return await comment.KeepAsync(found, publication.PullRequest.Head, text, notes, cancellationToken);
        }
        catch (ToolException e)
        {
            notes.Add($"The comment was not written: {e.Message}{(publication.PullRequest.IsFork ? " The pull request comes from a fork, and a workflow that runs for one has a token that only reads; that is as it should be. Post from a schedule or a workflow of the repository itself." : "")}");
            return (CommentOutcome.Refused, found.Kept is { } there ? GitHubAddress.Page(there.HtmlUrl) : null);
        }
    }

    private async Task<StatusOutcome> StatusAsync(ReviewStatus status, RepositoryName repository, string? page, List<string> notes, CancellationToken cancellationToken)
    {
        if (!policy.Allows(repository, RepositoryWrite.Checks))
        {
            notes.Add($"No status was set: {GitHubOptions.Section}:{nameof(GitHubOptions.Repositories)} does not allow {nameof(RepositoryWrite.Checks)} in {repository}.");
            return StatusOutcome.NotSet;
        }

        try
        {
            return await status.SetAsync(page, cancellationToken);
        }
        catch (ToolException e)
        {
            notes.Add($"The status was not set: {e.Message}");
            return StatusOutcome.Refused;
        }
    }
}
