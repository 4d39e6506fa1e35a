using SreAgent.Lab.Fleet;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Scenarios;

/// <summary>A stage without a platform: images go straight onto the machines, one machine after the other.</summary>
internal sealed class FleetStage(FleetHost fleet, LoadGenerator load, LabJournal journal, TimeProvider clock) : IScenarioStage
{
    /// <summary>What the journal calls changes the practice world makes to itself.</summary>
    public const string System = "lab";

    public async Task DeployAsync(string app, string tag, string by, CancellationToken cancellationToken)
    {
        journal.Add(new LabJournalEntry(clock.GetUtcNow(), System, "DEPLOY", $"/apps/{app}", $"{by} deploys {app} {tag}", ChangeId: null));
        foreach (var machine in fleet.Machines.Where(machine => machine.Machine.App == app))
        {
            await fleet.RunAsync(machine.Machine with { Image = tag }, cancellationToken);
        }
    }

    public void SetLoad(string app, double requestsPerSecond) => load.SetRate(app, requestsPerSecond);
}
