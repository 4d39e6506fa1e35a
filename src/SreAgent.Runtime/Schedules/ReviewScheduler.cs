using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace SreAgent.Runtime.Schedules;

/// <summary>Runs the schedules when they are due, on Quartz, for as long as the process serves.</summary>
public sealed class ReviewScheduler(ReviewSchedules schedules, IReviewRunner runner, TimeProvider clock, ILoggerFactory loggers)
{
    private const string Group = "reviews";

    /// <summary>Serves until told to stop; a run under way is told to stop too, and its end is waited for.</summary>
    public async Task ServeAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var services = new ServiceCollection();
        services.AddSingleton(loggers).AddSingleton(clock).AddSingleton(runner).AddSingleton(progress);
        services.AddSingleton(new ServingToken(cancellationToken));
        services.AddSingleton(schedules);
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            foreach (var schedule in schedules.All)
            {
                var key = new JobKey(schedule.Name, Group);
                quartz.AddJob<ReviewJob>(job => job.WithIdentity(key));
                quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(schedule.Name, Group).WithSchedule(CronScheduleBuilder.Create(schedule.Due)));
            }
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        await scheduler.Start(cancellationToken);
        try
        {
            await Task.WhenAll(schedules.All.Select(schedule => runner.CatchUpAsync(schedule, progress, cancellationToken)));
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Being told to stop is an ordinary end.
        }
        finally
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
    }

    private sealed record ServingToken(CancellationToken Token);

    /// <summary>Quartz's side of a run: one schedule never overlaps itself.</summary>
    [DisallowConcurrentExecution]
    private sealed class ReviewJob(ReviewSchedules schedules, IReviewRunner runner, IProgress<string> progress, ServingToken serving) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var schedule = schedules.All.First(candidate => candidate.Name == context.JobDetail.Key.Name);
            var due = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(serving.Token, cancellationToken);
            await runner.RunAsync(schedule, due, progress, stop.Token);
        }
    }
}
