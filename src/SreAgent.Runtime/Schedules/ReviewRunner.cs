using System.Globalization;
using SreAgent.Core.Code;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Schedules;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Schedules;

/// <summary>Takes due moments of schedules and runs them, each once over all processes on one store.</summary>
public interface IReviewRunner
{
    /// <summary>Runs a due moment, unless another process has it. Never throws for what a run can cause; cancellation is recorded, too.</summary>
    /// <returns>Null when another process has it, or when it could not begin; the reason has been told.</returns>
    Task<ReviewRunReport?> RunAsync(ReviewSchedule schedule, DateTimeOffset due, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Runs what was due last while nobody served, once. A schedule that has never run waits for its time.</summary>
    Task CatchUpAsync(ReviewSchedule schedule, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <param name="directory">Absent without a code host.</param>
internal sealed class ReviewRunner(
    IToolInvoker invoker, IPersonaCatalogue personas, IScheduleLedger ledger, TimeProvider clock, IRepositoryDirectory? directory = null) : IReviewRunner
{
    private readonly string _holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    public async Task<ReviewRunReport?> RunAsync(ReviewSchedule schedule, DateTimeOffset due, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(progress);
        var wanted = schedule.Persona ?? ReadinessReview.DefaultPersona;
        if (directory is null || personas.Find(wanted) is not { } persona)
        {
            progress.Report(directory is null
                ? $"{schedule.Name} was due and did not run: no code host is configured. Set Integrations:GitHub."
                : $"{schedule.Name} was due and did not run: there is no persona '{wanted}'. 'sre-agent personas list' says which there are.");
            return null;
        }

        try
        {
            if (!await ledger.ClaimAsync(schedule.Name, due, _holder, clock.GetUtcNow(), cancellationToken))
            {
                progress.Report($"{schedule.Name}: another process runs what was due at {due:u}.");
                return null;
            }

            return await FinishAsync(schedule, persona, directory, due, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its row stays without an end, which says as much, also where the store is gone.
            progress.Report($"{schedule.Name}: stopped before it was finished.");
            return null;
        }
        catch (Exception exception)
        {
            // A scheduler has nobody to throw to; the next due moment must come all the same.
            progress.Report($"{schedule.Name}: the run broke off: {exception.Message}");
            return new ReviewRunReport { Schedule = schedule.Name, Subjects = [new ReviewedSubject(schedule.Name, Ready: null, exception.Message)] };
        }
    }

    public async Task CatchUpAsync(ReviewSchedule schedule, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(progress);
        if (await ledger.ListAsync(schedule.Name, limit: 1, cancellationToken) is [var last] && schedule.LastBefore(clock.GetUtcNow()) is { } missed && missed > last.Due)
        {
            progress.Report($"{schedule.Name} was due at {missed:u}, while nobody served; it runs now.");
            await RunAsync(schedule, missed, progress, cancellationToken);
        }
    }

    private async Task<ReviewRunReport> FinishAsync(
        ReviewSchedule schedule, Persona persona, IRepositoryDirectory from, DateTimeOffset due, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"{schedule.Name} begins.");
        var report = await new ReviewRun(invoker, from, ledger, clock).RunAsync(schedule, persona, progress, cancellationToken);
        foreach (var subject in report.Subjects.Where(subject => subject.Trouble is not null))
        {
            progress.Report($"{schedule.Name}: {subject.Subject} was not reviewed. {subject.Trouble}");
        }

        await ledger.FinishAsync(schedule.Name, due, report.Summary(), clock.GetUtcNow(), cancellationToken);
        progress.Report($"{schedule.Name} is done: {report.Summary()}");
        return report;
    }
}
