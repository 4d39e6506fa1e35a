using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Code;
using SreAgent.Core.Personas;
using SreAgent.Core.Schedules;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Schedules;

/// <summary>
/// Carries out one run of a schedule: unattended, within its limits, through the same guarded tools as everybody. One bad repository never
/// stops the others. Pull requests of a repository are looked at from where the last run that had no trouble with it began.
/// </summary>
internal sealed class ReviewRun(IToolInvoker invoker, IRepositoryDirectory directory, IScheduleLedger ledger, TimeProvider clock)
{
    private readonly List<ReviewedSubject> _subjects = [];
    private readonly List<string> _omitted = [];

    public async Task<ReviewRunReport> RunAsync(ReviewSchedule schedule, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var context = new CallContext(new Actor($"schedule:{schedule.Name}", Surface.Schedule, IsHuman: false), persona);
        using var deadline = new CancellationTokenSource(schedule.Longest, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var repositories = await RepositoriesAsync(schedule, stop.Token);
        var pullRequestsLeft = schedule.MaxPullRequests;
        for (var at = 0; at < repositories.Count; at++)
        {
            try
            {
                await ReviewAsync(GuardedReviews.Run, repositories[at], context, progress, stop.Token);
                if (schedule.PullRequests)
                {
                    pullRequestsLeft -= await PullRequestsAsync(schedule, repositories[at], pullRequestsLeft, context, progress, stop.Token);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
            {
                _omitted.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its {schedule.Longest.TotalMinutes:0} minutes were over at {repositories[at]}; {repositories.Count - at} of {repositories.Count} repositories were not finished."));
                break;
            }
        }

        return new ReviewRunReport { Schedule = schedule.Name, Subjects = _subjects, Omitted = _omitted };
    }

    private async Task<IReadOnlyList<string>> RepositoriesAsync(ReviewSchedule schedule, CancellationToken cancellationToken)
    {
        var found = new List<string>(schedule.Repositories);
        if (schedule.Search is { } query)
        {
            try
            {
                var searched = await directory.SearchAsync(query, schedule.MaxRepositories, cancellationToken);
                found.AddRange(searched.Items);
                if (searched.MoreExist)
                {
                    _omitted.Add(string.Create(CultureInfo.InvariantCulture, $"The search '{query}' finds more than {schedule.MaxRepositories} repositories; the rest was left out (MaxRepositories)."));
                }
            }
            catch (ToolException exception)
            {
                _subjects.Add(new ReviewedSubject($"search '{query}'", Ready: null, exception.Message));
            }
        }

        var distinct = found.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (distinct.Length > schedule.MaxRepositories)
        {
            _omitted.Add(string.Create(CultureInfo.InvariantCulture, $"{distinct.Length - schedule.MaxRepositories} of {distinct.Length} repositories were left out (MaxRepositories)."));
        }

        return [.. distinct.Take(schedule.MaxRepositories)];
    }

    /// <returns>How many were looked at.</returns>
    private async Task<int> PullRequestsAsync(
        ReviewSchedule schedule, string repository, int most, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (most <= 0)
        {
            _omitted.Add($"The pull requests of {repository} were left out (MaxPullRequests).");
            return 0;
        }

        var began = clock.GetUtcNow();
        var troubles = _subjects.Count(subject => subject.Trouble is not null);
        var seen = await ledger.SeenUntilAsync(schedule.Name, repository, cancellationToken);
        Listed<OpenPullRequest> open;
        try
        {
            open = await directory.OpenPullRequestsAsync(repository, seen, most, cancellationToken);
        }
        catch (ToolException exception)
        {
            _subjects.Add(new ReviewedSubject($"pull requests of {repository}", Ready: null, exception.Message));
            return 0;
        }

        foreach (var pullRequest in open.Items)
        {
            var subject = string.Create(CultureInfo.InvariantCulture, $"{repository}#{pullRequest.Number}");
            await ReviewAsync(schedule.Post ? GuardedReviews.Publish : GuardedReviews.Run, subject, context, progress, cancellationToken);
        }

        if (open.MoreExist)
        {
            _omitted.Add($"{repository} has more changed pull requests than this run may take; the rest comes next time (MaxPullRequests).");
        }
        else if (_subjects.Count(subject => subject.Trouble is not null) == troubles)
        {
            await ledger.SeeUntilAsync(schedule.Name, repository, began, cancellationToken);
        }

        return open.Items.Count;
    }

    private async Task ReviewAsync(string tool, string subject, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress.Report($"Reviewing {subject}.");
        var arguments = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["subject"] = subject, ["persona"] = context.Persona.Id });
        var outcome = await invoker.InvokeAsync(new ToolCall($"call-{Guid.NewGuid():n}", tool, arguments), context, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        _subjects.Add(outcome.Result switch
        {
            ToolResult.Found { Data: JsonElement data } => new ReviewedSubject(subject, ReadyOf(data), Trouble: null),
            ToolResult.Found => new ReviewedSubject(subject, Ready: null, Trouble: null),
            ToolResult.NoData nothing => new ReviewedSubject(subject, Ready: null, $"There was nothing to review: {nothing.Searched}"),
            ToolResult.Failed failed => new ReviewedSubject(subject, Ready: null, failed.Explanation),
            ToolResult.Denied denied => new ReviewedSubject(subject, Ready: null, $"{denied.Rule} says no: {denied.Reason}"),
            ToolResult.AwaitingApproval waiting => new ReviewedSubject(subject, Ready: null, $"Policy asks for an approval of {waiting.Id}; a schedule does not wait for one."),
            _ => new ReviewedSubject(subject, Ready: null, "The tool answered with something unknown."),
        });
    }

    private static bool? ReadyOf(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("ready", out var ready) && ready.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? ready.GetBoolean()
            : null;
}
