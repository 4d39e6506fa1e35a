using System.Globalization;
using SreAgent.Core.Code;
using SreAgent.Core.Personas;
using SreAgent.Core.Schedules;
using SreAgent.Runtime.Schedules;

namespace SreAgent.Host.Commands.Doctor;

/// <summary>When scheduled reviews run next, how the last one ended, and what would keep the next one from running.</summary>
internal sealed class ScheduleCheck(
    ReviewSchedule schedule, IScheduleLedger ledger, IPersonaCatalogue personas, IRepositoryDirectory? directory, TimeProvider clock) : IDoctorCheck
{
    public string Name => $"Schedule {schedule.Name}";

    public async Task<DoctorFinding> CheckAsync(CancellationToken cancellationToken)
    {
        if (directory is null)
        {
            return new DoctorFinding(DoctorStatus.Misconfigured, "It has no code host to read from.", "Set Integrations:GitHub.");
        }

        if (schedule.Persona is { } persona && personas.Find(persona) is null)
        {
            return new DoctorFinding(DoctorStatus.Misconfigured, $"There is no persona '{persona}'.", "'sre-agent personas list' says which there are.");
        }

        var next = schedule.NextAfter(clock.GetUtcNow()) is { } moment ? $"Next at {moment.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)} ({schedule.TimeZone})." : "It is never due again.";
        var runs = await ledger.ListAsync(schedule.Name, limit: 1, cancellationToken);
        return new DoctorFinding(DoctorStatus.Ok, $"{next} {(runs is [var last] ? Last(last) : "It has not run yet.")}");
    }

    private static string Last(ScheduleRun run) => run switch
    {
        { FinishedAt: null } => $"The run of {run.Due:u} has not ended: it goes on in {run.Holder}, or was interrupted.",
        _ => $"Last at {run.Due:u}: {run.Outcome}",
    };
}
