using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Pull requests: one look in five facets, opening one, and reviews that never approve.</summary>
internal sealed partial class GitHubTools
{
    private const int DiffLength = 40_000;
    private const int PatchLength = 2_000;
    private const int MostReviewComments = 30;

    [SreTool("github_get_pull_request", ToolEffect.Read)]
    [Description("One facet of a pull request. files includes patches; diff is the raw whole.")]
    public async Task<ToolResult> GetPullRequestAsync(
        string repository, long number, PullRequestFacet facet = PullRequestFacet.Summary, int? limit = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var asked = $"{name.Path}/pulls/{number}";
        var page = Page(name, string.Create(CultureInfo.InvariantCulture, $"pull/{number}"));
        var most = Most(limit, 30, 300);
        switch (facet)
        {
            case PullRequestFacet.Files:
                var files = await api.PullRequestFilesAsync(name, number, most, cancellationToken);
                return Listed(files.Items.Select(file => GitHubViews.File(file, PatchLength)).ToArray(), files.MoreExist, "files", $"{asked}/files", page);
            case PullRequestFacet.Diff:
                var diff = await api.PullRequestDiffAsync(name, number, cancellationToken);
                return new ToolResult.Found(
                    new { diff = Excerpt.Text(diff, DiffLength) },
                    Evidence($"{asked} as diff", page, diff.Length > DiffLength ? [$"The first {DiffLength:N0} of {diff.Length:N0} characters; facet files shows every file."] : []));
            case PullRequestFacet.Reviews:
                var reviews = await api.ReviewsAsync(name, number, MostComments, cancellationToken);
                return Newest(reviews, most, GitHubViews.Review, "reviews", $"{asked}/reviews", page);
            case PullRequestFacet.Comments:
                var talk = api.IssueCommentsAsync(name, number, MostComments, cancellationToken);
                var onLines = api.ReviewCommentsAsync(name, number, MostComments, cancellationToken);
                await Task.WhenAll(talk, onLines);
                CommentView[] all =
                [
                    .. (await talk).Items.Select(comment => GitHubViews.Comment(comment, CommentLength))
                        .Concat((await onLines).Items.Select(comment => GitHubViews.Comment(comment, CommentLength))).OrderBy(comment => comment.At),
                ];
                return Newest(new Paged<CommentView>(all, (await talk).MoreExist || (await onLines).MoreExist), most, comment => comment, "comments", $"{asked}/comments", page);
            default:
                return new ToolResult.Found(GitHubViews.PullRequest(await api.PullRequestAsync(name, number, cancellationToken), BodyLength), Evidence(asked, page));
        }
    }

    [SreTool("github_create_pull_request", ToolEffect.Write)]
    [Description("Opens a pull request from a pushed branch. A human merges it.")]
    public async Task<ToolResult> CreatePullRequestAsync(
        string repository, string head, string title, string body,
        [Description("Default branch if left out")] string? @base = null, bool draft = false, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        policy.Require(name, RepositoryWrite.PullRequests);
        var heading = outgoing.Title(title);
        var (text, silenced) = outgoing.Body(body);
        var target = @base ?? (await api.RepositoryAsync(name, cancellationToken)).DefaultBranch;
        _ = GitPath.Ref(target);
        _ = GitPath.Ref(head[(head.IndexOf(':', StringComparison.Ordinal) + 1)..]); // Of a fork: owner:branch.
        var created = await api.CreatePullRequestAsync(name, new NewPullRequest(heading, head.Trim(), target, text, draft), cancellationToken);
        return Written(created.Number, created.HtmlUrl, $"{name.Path}/pulls", silenced, []);
    }

    [SreTool("github_create_review", ToolEffect.Write)]
    [Description("Reviews a pull request: comments, or asks for changes. Approving is left to people.")]
    public async Task<ToolResult> CreateReviewAsync(
        string repository, long number, string body, bool requestChanges = false,
        [Description("On changed lines, each 'path:line: text'")] string[]? comments = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        policy.Require(name, RepositoryWrite.Reviews);
        var (text, silenced) = outgoing.Body(body);
        var onLines = (comments ?? []).Length <= MostReviewComments ? (comments ?? []).Select(OnLine).ToArray()
            : throw new ToolException($"At most {MostReviewComments} comments in one review; nothing was sent.");

        // Bound to the commit that is there now: a push in between makes these comments outdated instead of wrong.
        var pullRequest = await api.PullRequestAsync(name, number, cancellationToken);
        var review = await api.CreateReviewAsync(
            name, number,
            new NewReview(pullRequest.Head.Sha, text, requestChanges ? "REQUEST_CHANGES" : "COMMENT", onLines.Length == 0 ? null : [.. onLines.Select(comment => comment.Comment)]),
            cancellationToken);
        return Written(number, review.HtmlUrl, $"{name.Path}/pulls/{number}/reviews", silenced + onLines.Sum(comment => comment.Silenced), []);
    }

    private (NewReviewComment Comment, int Silenced) OnLine(string text)
    {
        var match = CommentOnLine().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            throw new ToolException($"'{Excerpt.Line(text, 80)}' is not a comment on a line; write path:line: text, such as src/app.cs:12: this leaks. Nothing was sent.");
        }

        var path = match.Groups["path"].Value;
        _ = GitPath.File(path);
        var (body, silenced) = outgoing.Body(match.Groups["text"].Value, "comment");
        return (new NewReviewComment(path, line, "RIGHT", body), silenced);
    }

    /// <summary>The last of a list that begins with the oldest.</summary>
    private static ToolResult Newest<T, TView>(Paged<T> all, int most, Func<T, TView> view, string what, string asked, Uri page) =>
        Listed(all.Items.TakeLast(most).Select(view).ToArray(), all.MoreExist || all.Items.Count > most, what, asked, page);

    private static ToolResult Listed<T>(T[] items, bool moreExist, string what, string asked, Uri page) =>
        items.Length > 0
            ? new ToolResult.Found(items, Evidence(asked, page, More(moreExist, items.Length, what)))
            : new ToolResult.NoData(asked, [$"There are no {what}."], Evidence(asked, page));

    [GeneratedRegex(@"^(?<path>[^:\r\n]{1,500}):(?<line>[0-9]{1,7}):\s*(?<text>\S[\s\S]*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 250)]
    private static partial Regex CommentOnLine();
}

internal enum PullRequestFacet
{
    Summary = 0,
    Files,
    Diff,
    Reviews,
    Comments,
}
