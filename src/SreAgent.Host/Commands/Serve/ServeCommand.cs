using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Runtime.Schedules;

namespace SreAgent.Host.Commands.Serve;

/// <summary><c>serve</c>: the daemon. Runs scheduled reviews and goes on with changes whose process died.</summary>
internal sealed class ServeCommand : IHostCommand
{
    public Command Build(CommandHost host)
    {
        var once = new Option<string>("--run") { Description = "Run one schedule now, once, and end", HelpName = "SCHEDULE" };
        var command = new Command("serve", "Run in the background of your team: scheduled reviews") { once };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var schedules = services.GetRequiredService<ReviewSchedules>();
            if (schedules.All.Count == 0)
            {
                throw new UsageException(
                    $"There is nothing to serve: no schedule is set. Add one under {ReviewScheduleOptions.Section}, such as "
                    + "\"weekly\": { \"Cron\": \"0 7 * * MON\", \"Repositories\": [ \"owner/name\" ] }.");
            }

            var progress = new ErrorLines(host.Console, services.GetRequiredService<TimeProvider>());
            return parse.GetValue(once) is { } name
                ? await RunOnceAsync(services, Find(schedules, name), progress, cancellationToken)
                : await ServeAsync(services, schedules, progress, cancellationToken);
        });
        return command;
    }

    private static ReviewSchedule Find(ReviewSchedules schedules, string name) =>
        schedules.All.FirstOrDefault(schedule => string.Equals(schedule.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"There is no schedule '{SafeText.Line(name, 60)}'.{Closest.Hint(name, schedules.All.Select(schedule => schedule.Name))}");

    private static async Task<int> RunOnceAsync(IServiceProvider services, ReviewSchedule schedule, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var report = await services.GetRequiredService<IReviewRunner>().RunAsync(schedule, now, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return report switch
        {
            null => ExitStatus.Usage,
            { Failed: true } => ExitStatus.Unreachable,
            _ => report.Subjects.Any(subject => subject.Ready == false) ? ExitStatus.No : ExitStatus.Fine,
        };
    }

    private static async Task<int> ServeAsync(IServiceProvider services, ReviewSchedules schedules, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var schedule in schedules.All)
        {
            progress.Report($"Schedule {schedule.Name} runs next at {Moment(schedule.NextAfter(now))} ({schedule.TimeZone}).");
        }

        progress.Report("Serving. Ctrl+C ends it.");
        await using var recovery = BackgroundRecovery.Start(services, progress);
        await services.GetRequiredService<ReviewScheduler>().ServeAsync(progress, stop.Token);
        progress.Report("Stopped serving.");
        return ExitStatus.Fine;
    }

    private static string Moment(DateTimeOffset? moment) => moment?.ToString("ddd yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture) ?? "no time at all";

    /// <summary>One line an event, dated, from any thread.</summary>
    private sealed class ErrorLines(IConsoleIo console, TimeProvider clock) : IProgress<string>
    {
        private readonly Lock _gate = new();

        public void Report(string value)
        {
            lock (_gate)
            {
                console.Error.WriteLine($"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ} {SafeText.Lines(value)}");
            }
        }
    }
}
