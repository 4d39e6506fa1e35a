using System.ComponentModel;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Writing issues and comments: marks people read, never a rewrite of what stands there.</summary>
internal sealed partial class GitHubTools
{
    /// <summary>Marks an incident's log: it grows by comments and keeps this label.</summary>
    public const string IncidentLog = "incident-log";

    private const int RecentIssues = 100;
    private const int MostLabels = 20;

    [SreTool("github_create_issue", ToolEffect.Write)]
    [Description("Opens an issue, refused if one of that title is open. A title 'Incident: ...' makes it an incident log. Search first.")]
    public async Task<ToolResult> CreateIssueAsync(
        string repository, string title, string body, string[]? labels = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        policy.Require(name, RepositoryWrite.Issues);
        var heading = outgoing.Title(title);
        var (text, silenced) = outgoing.Body(body);
        var wanted = Labels(labels ?? []);
        if (heading.StartsWith("Incident:", StringComparison.OrdinalIgnoreCase) && !wanted.Contains(IncidentLog, StringComparer.OrdinalIgnoreCase))
        {
            wanted = [.. wanted, IncidentLog];
        }

        if (await OpenWithTitleAsync(name, heading, cancellationToken) is { } existing)
        {
            return new ToolResult.Failed(
                $"{name} already has an open issue of this title, #{existing.Number} {existing.HtmlUrl}; nothing was created. Go on there with github_create_issue_comment.", Retryable: false);
        }

        var created = await api.CreateIssueAsync(name, new NewIssue(heading, text, wanted.Count == 0 ? null : wanted), cancellationToken);
        return Written(created.Number, created.HtmlUrl, $"{name.Path}/issues", silenced, Missing(wanted, created.Labels));
    }

    [SreTool("github_create_issue_comment", ToolEffect.Write)]
    [Description("Adds a comment to an issue or pull request; how an incident log grows.")]
    public async Task<ToolResult> CreateIssueCommentAsync(string repository, long number, string body, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        policy.Require(name, RepositoryWrite.Comments);
        var (text, silenced) = outgoing.Body(body, "comment");
        var created = await api.CreateIssueCommentAsync(name, number, new NewComment(text), cancellationToken);
        return Written(number, created.HtmlUrl, $"{name.Path}/issues/{number}/comments", silenced, []);
    }

    [SreTool("github_update_issue", ToolEffect.Write)]
    [Description("Labels an issue, closes it (completed, not_planned) or reopens it (open). Never changes its text.")]
    public async Task<ToolResult> UpdateIssueAsync(
        string repository, long number, string[]? addLabels = null, string[]? removeLabels = null, IssueOutcome? state = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        policy.Require(name, RepositoryWrite.Issues);
        var (added, removed) = (Labels(addLabels ?? []), Labels(removeLabels ?? []));
        if (added.Count == 0 && removed.Count == 0 && state is null)
        {
            throw new ToolException("Nothing to do: give addLabels, removeLabels or state. To say something use github_create_issue_comment.");
        }

        if (removed.Contains(IncidentLog, StringComparer.OrdinalIgnoreCase))
        {
            throw new ToolException($"The label {IncidentLog} stays: it keeps the log from being taken for anything else. Nothing was changed.");
        }

        var issue = await api.IssueAsync(name, number, cancellationToken);
        if (issue.IsPullRequest)
        {
            throw new ToolException($"{name}#{number} is a pull request, not an issue; nothing was changed.");
        }

        var done = await UpdateAsync(name, issue, added, removed, state, cancellationToken);
        return new ToolResult.Found(
            new { number, done = done.Count == 0 ? ["nothing: it was so already"] : done },
            Evidence($"{name.Path}/issues/{number}", GitHubAddress.Page(issue.HtmlUrl)));
    }

    private async Task<IReadOnlyList<string>> UpdateAsync(
        RepositoryName name, ApiIssue issue, IReadOnlyList<string> added, IReadOnlyList<string> removed, IssueOutcome? state, CancellationToken cancellationToken)
    {
        var done = new List<string>();
        try
        {
            string[] fresh = [.. Missing(added, issue.Labels)];
            if (fresh.Length > 0)
            {
                var now = await api.AddLabelsAsync(name, issue.Number, new NewLabels(fresh), cancellationToken);
                var dropped = Missing(fresh, now).ToArray();
                done.AddRange(fresh.Except(dropped, StringComparer.OrdinalIgnoreCase).Select(label => $"label {label} added"));
                done.AddRange(dropped.Select(label => $"label {label} NOT added: GitHub drops labels of those who may not set them"));
            }

            foreach (var label in removed.Except(Missing(removed, issue.Labels), StringComparer.OrdinalIgnoreCase))
            {
                await api.RemoveLabelAsync(name, issue.Number, label, cancellationToken);
                done.Add($"label {label} removed");
            }

            if (state is { } outcome && (outcome == IssueOutcome.Open ? issue.State != "open" : issue.State == "open"))
            {
                await api.SetIssueStateAsync(name, issue.Number, StateOf(outcome), cancellationToken);
                done.Add(outcome == IssueOutcome.Open ? "reopened" : $"closed as {(outcome == IssueOutcome.NotPlanned ? "not planned" : "completed")}");
            }

            return done;
        }
        catch (ToolException e) when (done.Count > 0)
        {
            throw new ToolException($"Done before this failed: {string.Join(", ", done)}. {e.Message}", e);
        }
    }

    private static IssueState StateOf(IssueOutcome outcome) => outcome switch
    {
        IssueOutcome.Open => new IssueState("open", "reopened"),
        IssueOutcome.NotPlanned => new IssueState("closed", "not_planned"),
        _ => new IssueState("closed", "completed"),
    };

    /// <summary>
    /// The listing is up to date where the search lags by a minute, so a create that is repeated is caught; the search finds what is too
    /// old for the first page of the listing.
    /// </summary>
    private async Task<ApiIssue?> OpenWithTitleAsync(RepositoryName name, string title, CancellationToken cancellationToken)
    {
        var recent = await api.IssuesAsync(name, "open", RecentIssues, cancellationToken);
        if (recent.Items.FirstOrDefault(Same) is { } found || !recent.MoreExist)
        {
            return recent.Items.FirstOrDefault(Same);
        }

        var quoted = title.Replace('"', ' ');
        var (older, _) = await api.SearchIssuesAsync($"repo:{name} is:issue is:open in:title \"{quoted}\"", RecentIssues, cancellationToken);
        return older.Items.FirstOrDefault(Same);

        bool Same(ApiIssue issue) => !issue.IsPullRequest && string.Equals(Excerpt.Line(issue.Title, int.MaxValue), title, StringComparison.OrdinalIgnoreCase);
    }

    private List<string> Labels(string[] labels) =>
        labels.Length > MostLabels
            ? throw new ToolException($"At most {MostLabels} labels at once.")
            : [.. labels.Select(label => outgoing.Short(label, "label", 50)).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<string> Missing(IEnumerable<string> wanted, IEnumerable<ApiLabel>? present) =>
        wanted.Except((present ?? []).Select(label => label.Name ?? ""), StringComparer.OrdinalIgnoreCase);

    private static ToolResult.Found Written(long number, string? page, string asked, int silenced, IEnumerable<string> missingLabels) => new(
        new { number, url = page },
        Evidence(
            asked, GitHubAddress.Page(page),
            [
                .. silenced > 0 ? [$"{silenced} mentions were written so that they notify nobody."] : Array.Empty<string>(),
                .. missingLabels.Select(label => $"GitHub did not set the label {label}: our credentials may not."),
            ]));
}

/// <summary>What becomes of an issue.</summary>
internal enum IssueOutcome
{
    Open = 0,
    Completed,
    NotPlanned,
}
