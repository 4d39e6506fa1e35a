using System.Globalization;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;
using SreAgent.Integrations.GitHub.Reviews;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// The one comment of a pull request that is kept up to date. GitHub has no way to write only when nobody else has, so two that run at once may
/// both create one; each then looks again, and the older stays.
/// </summary>
/// <param name="login">Who we are: another's comment is never touched, whatever it begins with.</param>
internal sealed class StickyComment(IGitHubApi api, RepositoryName repository, int number, string login)
{
    /// <summary>More talk than this and it could not be said that none of it is ours.</summary>
    private const int MostComments = 5_000;

    /// <exception cref="ToolException">They cannot be read, or there are too many.</exception>
    public async Task<StickyComments> FindAsync(string key, CancellationToken cancellationToken)
    {
        var all = await api.IssueCommentsAsync(repository, number, MostComments, cancellationToken);
        if (all.MoreExist)
        {
            throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"{repository}#{number} has more than {MostComments:N0} comments; whether ours is among them was not looked at, and nothing was written."));
        }

        ApiComment[] ours = [.. all.Items.Where(comment => string.Equals(comment.User?.Login, login, StringComparison.OrdinalIgnoreCase))];
        ApiComment[] marked = [.. ours.Where(comment => CommentMarker.Read(comment.Body)?.Key == key).OrderBy(comment => comment.Id)];
        return new StickyComments(key, marked.FirstOrDefault(), [.. marked.Skip(1)], ours);
    }

    /// <summary>Makes it say the text, in one place.</summary>
    /// <param name="head">The commit the text speaks of; if that is the head no more, nothing is written.</param>
    public async Task<(CommentOutcome Outcome, Uri? Page)> KeepAsync(StickyComments found, string head, string text, List<string> notes, CancellationToken cancellationToken)
    {
        await RemoveAsync(found.Surplus, notes, cancellationToken);
        if (found.Kept is { } kept && Says(kept, text))
        {
            return (CommentOutcome.Unchanged, GitHubAddress.Page(kept.HtmlUrl));
        }

        if (!await IsHeadAsync(head, cancellationToken))
        {
            return (CommentOutcome.Stale, found.Kept is { } older ? GitHubAddress.Page(older.HtmlUrl) : null);
        }

        if (found.Kept is { } present)
        {
            var updated = await api.UpdateIssueCommentAsync(repository, present.Id, new NewComment(text), cancellationToken);
            return (CommentOutcome.Updated, GitHubAddress.Page(updated.HtmlUrl));
        }

        var created = await api.CreateIssueCommentAsync(repository, number, new NewComment(text), cancellationToken);
        if (!string.Equals(created.User?.Login, login, StringComparison.OrdinalIgnoreCase))
        {
            notes.Add($"GitHub shows the comment under {created.User?.Login}, not {login}, so it will not be found again. Correct {GitHubOptions.Section}:{nameof(GitHubOptions.Login)}.");
            return (CommentOutcome.Created, GitHubAddress.Page(created.HtmlUrl));
        }

        return await SettleAsync(found.Key, created, head, text, notes, cancellationToken);
    }

    /// <summary>Looks whether somebody else has created one at the same moment. The oldest stays, and says what is newest.</summary>
    private async Task<(CommentOutcome Outcome, Uri? Page)> SettleAsync(
        string key, ApiComment created, string head, string text, List<string> notes, CancellationToken cancellationToken)
    {
        var found = await FindAsync(key, cancellationToken);
        await RemoveAsync(found.Surplus, notes, cancellationToken);
        var kept = found.Kept ?? created;
        if (kept.Id == created.Id)
        {
            return (CommentOutcome.Created, GitHubAddress.Page(created.HtmlUrl));
        }

        if (Says(kept, text))
        {
            return (CommentOutcome.Unchanged, GitHubAddress.Page(kept.HtmlUrl));
        }

        if (!await IsHeadAsync(head, cancellationToken))
        {
            return (CommentOutcome.Stale, GitHubAddress.Page(kept.HtmlUrl));
        }

        await api.UpdateIssueCommentAsync(repository, kept.Id, new NewComment(text), cancellationToken);
        return (CommentOutcome.Updated, GitHubAddress.Page(kept.HtmlUrl));
    }

    private async Task RemoveAsync(IReadOnlyList<ApiComment> surplus, List<string> notes, CancellationToken cancellationToken)
    {
        foreach (var comment in surplus)
        {
            await api.DeleteIssueCommentAsync(repository, comment.Id, cancellationToken);
        }

        if (surplus.Count > 0)
        {
            notes.Add("Another run had written the same comment; the oldest was kept and the rest of ours removed.");
        }
    }

    private async Task<bool> IsHeadAsync(string head, CancellationToken cancellationToken) =>
        (await api.PullRequestAsync(repository, number, cancellationToken)).Head.Sha == head;

    private static bool Says(ApiComment comment, string text) => CommentMarker.Read(comment.Body) is { } marker && marker == CommentMarker.Read(text);
}

/// <summary>What of ours stands at a pull request.</summary>
/// <param name="Kept">The oldest with our marker. Absent when there is none.</param>
/// <param name="Surplus">The others with it.</param>
/// <param name="Ours">Everything we wrote there, marked or not.</param>
internal sealed record StickyComments(string Key, ApiComment? Kept, IReadOnlyList<ApiComment> Surplus, IReadOnlyList<ApiComment> Ours)
{
    /// <summary>The comment of ours that a link leads to.</summary>
    public ApiComment? Named(string? page) =>
        Ours.FirstOrDefault(comment => page?.EndsWith(string.Create(CultureInfo.InvariantCulture, $"#issuecomment-{comment.Id}"), StringComparison.Ordinal) == true);
}
