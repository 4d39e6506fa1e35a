using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Reading issues.</summary>
internal sealed partial class GitHubTools
{
    /// <summary>The newest comments are wanted and GitHub lists the oldest first: so many are read on the way there.</summary>
    private const int MostComments = 1000;

    [SreTool("github_search_issues", ToolEffect.Read)]
    [Description("Finds open issues by words and GitHub search qualifiers (is:pr, is:closed, label:x).")]
    public async Task<ToolResult> SearchIssuesAsync(
        [Description("owner/name or service")] string repository, string query = "", int? limit = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var most = Most(limit, 20, 100);
        string[] defaults = [.. Has(query, "is:issue", "is:pr", "is:pull-request", "type:") ? Array.Empty<string>() : ["is:issue"], .. Has(query, "is:open", "is:closed", "is:merged", "state:") ? Array.Empty<string>() : ["is:open"]];
        var asked = string.Join(' ', [$"repo:{name}", .. defaults, query.Trim()]).TrimEnd();
        var (found, moreExist) = await api.SearchIssuesAsync(asked, most, cancellationToken);
        var evidence = Evidence(
            $"search/issues q={asked}", new Uri(_site, "search?type=issues&q=" + Uri.EscapeDataString(asked)),
            [
                .. defaults.Length > 0 ? [$"Added by default: {string.Join(' ', defaults)}."] : Array.Empty<string>(),
                .. moreExist ? [$"{found.Items.Count} of {found.TotalCount} shown. Narrow the question or raise limit."] : Array.Empty<string>(),
                .. found.IncompleteResults ? ["GitHub's search ran out of time; more may match."] : Array.Empty<string>(),
            ]);
        return found.Items.Count > 0
            ? new ToolResult.Found(new { total = found.TotalCount, issues = found.Items.Select(GitHubViews.Line).ToArray() }, evidence)
            : new ToolResult.NoData(asked, ["Nothing open matches; add is:closed to look among those that are done.", "What was written in the last minute may not be searchable yet."], evidence);
    }

    [SreTool("github_get_issue", ToolEffect.Read)]
    [Description("An issue with its newest comments. For pull requests use github_get_pull_request.")]
    public async Task<ToolResult> GetIssueAsync(
        string repository, long number, [Description("Comments, default 20")] int? limit = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var most = Most(limit, 20, 100);
        var issue = await api.IssueAsync(name, number, cancellationToken);
        var comments = issue.Comments == 0 ? new Paged<ApiComment>([], MoreExist: false) : await api.IssueCommentsAsync(name, number, MostComments, cancellationToken);
        var shown = comments.Items.TakeLast(most).Select(comment => GitHubViews.Comment(comment, CommentLength)).ToArray();
        return new ToolResult.Found(
            GitHubViews.Issue(issue, BodyLength) with { Comments = shown },
            Evidence(
                $"{name.Path}/issues/{number}", GitHubAddress.Page(issue.HtmlUrl),
                [
                    .. comments.Items.Count > shown.Length ? [$"The newest {shown.Length} of {issue.Comments} comments are shown, oldest of them first."] : Array.Empty<string>(),
                    .. comments.MoreExist ? [$"Only the first {MostComments} comments were read; newer ones exist. Open the link for them."] : Array.Empty<string>(),
                    .. issue.IsPullRequest ? ["This number is a pull request."] : Array.Empty<string>(),
                ]));
    }

    private static bool Has(string query, params string[] qualifiers) => qualifiers.Any(qualifier => query.Contains(qualifier, StringComparison.OrdinalIgnoreCase));
}
