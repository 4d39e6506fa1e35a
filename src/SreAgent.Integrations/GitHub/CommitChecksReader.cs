using SreAgent.Core.Code;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Check runs and commit statuses are two interfaces for one question: is this commit green?</summary>
internal sealed class CommitChecksReader(IGitHubApi api)
{
    /// <summary>More than this and "all green" could not be said; such a commit is refused rather than read in part.</summary>
    private const int Most = 1000;
    private const int DetailLength = 200;

    /// <param name="page">Where a person sees them, given the full hash.</param>
    public async Task<CommitChecks> ReadAsync(RepositoryName repository, string commit, Func<string, Uri?> page, CancellationToken cancellationToken)
    {
        // One hash for both questions: a branch may move between them.
        var hash = GitPath.IsFullHash(commit) ? commit : (await api.CommitAsync(repository, commit, cancellationToken)).Sha;
        var runs = api.CheckRunsAsync(repository, hash, Most, cancellationToken);
        var statuses = api.StatusesAsync(repository, hash, Most, cancellationToken);
        await Task.WhenAll(runs, statuses);
        if ((await runs).MoreExist || (await statuses).MoreExist)
        {
            throw new ToolException($"{repository} at {hash} has more than {Most} checks; whether all of them are green was not looked at.");
        }

        return new CommitChecks(
            hash,
            [
                .. Newest((await runs).Items).Select(Check).Concat((await statuses).Items.GroupBy(status => status.Context, StringComparer.Ordinal).Select(same => Check(same.MaxBy(status => status.UpdatedAt)!)))
                    .OrderBy(check => check.Name, StringComparer.Ordinal),
            ],
            page(hash));
    }

    /// <summary>
    /// A check run for a push and again for a pull request is one check, and its newest run counts. Two Apps with a check of the same name
    /// are two: the younger must not hide the failure of the other.
    /// </summary>
    private static IEnumerable<ApiCheckRun> Newest(IReadOnlyList<ApiCheckRun> runs) =>
        runs.GroupBy(run => (run.App?.Id, run.Name)).Select(same => same.OrderBy(run => run.StartedAt ?? run.CompletedAt ?? DateTimeOffset.MaxValue).ThenBy(run => run.Id).Last());

    private static CommitCheck Check(ApiCheckRun run)
    {
        var state = run switch
        {
            { Status: not "completed" } => CheckState.Pending,
            { Conclusion: "success" or "neutral" or "skipped" } => CheckState.Passed,
            { Conclusion: "failure" or "cancelled" or "timed_out" or "action_required" or "startup_failure" or "stale" } => CheckState.Failed,
            _ => CheckState.Pending,
        };
        var said = Excerpt.Line(run.Output?.Title, DetailLength);
        var how = run.Status == "completed" ? run.Conclusion ?? "completed without a conclusion" : run.Status;
        return new CommitCheck(Excerpt.Line(run.Name, DetailLength), state, said.Length == 0 ? how : $"{how}: {said}", GitHubAddress.Page(run.HtmlUrl));
    }

    private static CommitCheck Check(ApiStatus status)
    {
        var state = status.State switch
        {
            "success" => CheckState.Passed,
            "failure" or "error" => CheckState.Failed,
            _ => CheckState.Pending,
        };
        var said = Excerpt.Line(status.Description, DetailLength);
        return new CommitCheck(
            Excerpt.Line(status.Context, DetailLength), state, said.Length == 0 ? status.State : $"{status.State}: {said}", GitHubAddress.Page(status.TargetUrl));
    }
}
