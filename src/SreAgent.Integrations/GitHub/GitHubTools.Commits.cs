using System.ComponentModel;
using System.Globalization;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Commits, files and deployments.</summary>
internal sealed partial class GitHubTools
{
    private const int MostCommitsShown = 50;
    private const int MostFilesShown = 100;
    private const int MostChecksShown = 60;
    private const int MostLines = 500;
    private const int FileLength = 40_000;

    [SreTool("github_get_commit_status", ToolEffect.Read)]
    [Description("All checks and statuses of a commit, and whether it is green.")]
    public async Task<ToolResult> GetCommitStatusAsync(string repository, string @ref, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var checks = await _checks.ReadAsync(name, @ref, hash => Page(name, $"commit/{hash}/checks"), cancellationToken);
        var evidence = Evidence($"{name.Path}/commits/{checks.Commit} check-runs and status", checks.Link, More(checks.Checks.Count > MostChecksShown, MostChecksShown, "checks"));
        return checks.Checks.Count > 0
            ? new ToolResult.Found(GitHubViews.Checks(checks, MostChecksShown), evidence)
            : new ToolResult.NoData(evidence.Query, ["No check has reported on this commit: none is set up, or none has begun. That is not green."], evidence);
    }

    [SreTool("github_compare_commits", ToolEffect.Read)]
    [Description("Commits and files between two refs.")]
    public async Task<ToolResult> CompareCommitsAsync(string repository, string from, string to, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var comparison = await api.CompareAsync(name, from, to, cancellationToken);
        var commits = (comparison.Commits ?? []).TakeLast(MostCommitsShown).Select(GitHubViews.Commit).ToArray();
        var files = (comparison.Files ?? []).Take(MostFilesShown).Select(file => GitHubViews.File(file, patchLength: 0)).ToArray();
        return new ToolResult.Found(
            new { status = comparison.Status, ahead = comparison.AheadBy, behind = comparison.BehindBy, commits, files },
            Evidence(
                $"{name.Path}/compare/{from}...{to}", GitHubAddress.Page(comparison.HtmlUrl),
                [
                    .. comparison.AheadBy > commits.Length ? [$"{commits.Length} of {comparison.AheadBy} commits are shown."] : Array.Empty<string>(),
                    .. comparison.Files is { Count: > MostFilesShown } all ? [$"{MostFilesShown} of {all.Count}{(all.Count >= GitHubCodeHost.MostFiles ? " or more" : "")} files shown."] : Array.Empty<string>(),
                    .. comparison.BehindBy > 0 ? [$"{to} lacks {comparison.BehindBy} commits of {from}."] : Array.Empty<string>(),
                ]));
    }

    [SreTool("github_list_commits", ToolEffect.Read)]
    [Description("Newest commits of a ref, path or time.")]
    public async Task<ToolResult> ListCommitsAsync(
        string repository, string? @ref = null, string? path = null, [Description("now-1d or RFC 3339")] string? since = null, string? until = null, int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var (from, to) = (Moment(since, "since"), Moment(until, "until"));
        var most = Most(limit, 20, 200);
        _ = @ref is null ? null : GitPath.Ref(@ref);
        var found = await api.CommitsAsync(name, new CommitQuery(@ref?.Trim(), path?.Trim().TrimStart('/'), from, to), most, cancellationToken);
        var evidence = Evidence(
            $"{name.Path}/commits{(path is null ? "" : $" of {path}")}", Page(name, $"commits/{(@ref is null ? "" : GitPath.RefInPage(@ref))}"),
            [.. @ref is null ? ["Of the default branch."] : Array.Empty<string>(), .. More(found.MoreExist, found.Items.Count, "commits")])
            with
        {
            Range = from is null ? null : new TimeRange(from.Value, to ?? clock.GetUtcNow()),
        };
        return found.Items.Count > 0
            ? new ToolResult.Found(found.Items.Select(GitHubViews.Commit).ToArray(), evidence)
            : new ToolResult.NoData(evidence.Query, ["No commit fits: the time or the path is too narrow, or the path has another name there."], evidence);
    }

    [SreTool("github_get_file", ToolEffect.Read)]
    [Description("A text file, up to 500 lines from startLine, or a folder's entries.")]
    public async Task<ToolResult> GetFileAsync(string repository, string path, string? @ref = null, int startLine = 1, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var found = await _files.FindAsync(name, path, @ref, cancellationToken);
        var asked = path.Trim().Trim('/');
        var where = $"{name.Path}/contents/{asked}{(@ref is null ? "" : $"?ref={@ref}")}";
        string[] defaults = @ref is null ? ["At the default branch."] : [];
        if (found is not [var file] || file.Path != asked)
        {
            var entries = (found ?? []).Take(MostFilesShown * 3).Select(entry => new { path = entry.Path, type = entry.Type, size = entry.Size }).ToArray();
            return found is null
                ? new ToolResult.NoData(where, ["There is no such file at that commit; look into its folder, or compare the spelling: names are case-sensitive."], Evidence(where, null, defaults))
                : new ToolResult.Found(entries, Evidence(where, null, [.. defaults, .. found.Count > entries.Length ? [$"{entries.Length} of {found.Count} entries shown."] : Array.Empty<string>()]));
        }

        var lines = RepositoryFiles.Text(name, file).ReplaceLineEndings("\n").Split('\n');
        var first = Math.Clamp(startLine, 1, lines.Length);
        var shown = lines.Skip(first - 1).Take(MostLines).ToArray();
        var text = Excerpt.Text(string.Join('\n', shown), FileLength);
        return new ToolResult.Found(
            new { path = file.Path, lines = lines.Length, startLine = first, text },
            Evidence(
                where, GitHubAddress.Page(file.HtmlUrl),
                [.. defaults, .. first + shown.Length - 1 < lines.Length ? [$"Lines {first} to {first + shown.Length - 1} of {lines.Length}."] : Array.Empty<string>()]));
    }

    [SreTool("github_list_deployments", ToolEffect.Read)]
    [Description("Newest deployments and how each ended.")]
    public async Task<ToolResult> ListDeploymentsAsync(string repository, string? environment = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var name = Repository(repository);
        var found = await api.DeploymentsAsync(name, commit: null, environment, Most(limit, 10, 30), cancellationToken);
        var endings = await Task.WhenAll(found.Items.Select(deployment => api.DeploymentStatusesAsync(name, deployment.Id, 1, cancellationToken)));
        var evidence = Evidence(
            string.Create(CultureInfo.InvariantCulture, $"{name.Path}/deployments{(environment is null ? "" : $"?environment={environment}")}"), Page(name, "deployments"),
            More(found.MoreExist, found.Items.Count, "deployments"));
        return found.Items.Count > 0
            ? new ToolResult.Found(found.Items.Zip(endings, (deployment, ending) => GitHubViews.Deployment(deployment, ending.Items is [var newest, ..] ? newest : null)).ToArray(), evidence)
            : new ToolResult.NoData(evidence.Query, ["Nobody records deployments of this repository here, or the environment has another name."], evidence);
    }
}
