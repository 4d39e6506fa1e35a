using System.Collections.Concurrent;
using SreAgent.Lab.Fleet;

namespace SreAgent.Testing.Fly;

/// <summary>A fleet in which nothing runs: it remembers what it was told, and is as well as the test says.</summary>
public sealed class StandInFleet : IFleetHost
{
    private readonly ConcurrentDictionary<string, LabMachine> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LabMachine> _runs = new();
    private readonly ConcurrentQueue<LabLogLine> _lines = new();

    /// <summary>What runs now, by machine.</summary>
    public IReadOnlyDictionary<string, LabMachine> Running => _running;

    /// <summary>Every start, oldest first.</summary>
    public IReadOnlyList<LabMachine> Runs => [.. _runs];

    /// <summary>Images whose checks fail.</summary>
    public ConcurrentDictionary<string, bool> SickImages { get; } = new(StringComparer.Ordinal);

    /// <summary>Awaited before a service has started. Done by default.</summary>
    public Task Starting { get; set; } = Task.CompletedTask;

    /// <summary>Images the fleet cannot run at all.</summary>
    public ConcurrentDictionary<string, bool> BrokenImages { get; } = new(StringComparer.Ordinal);

    public void Log(LabLogLine line) => _lines.Enqueue(line);

    public async Task RunAsync(LabMachine machine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(machine);
        await Starting.WaitAsync(cancellationToken);
        if (BrokenImages.ContainsKey(machine.Image))
        {
            throw new InvalidOperationException($"There is no {machine.Image}.");
        }

        _runs.Enqueue(machine);
        _running[machine.Id] = machine;
    }

    public Task StopAsync(string machineId, CancellationToken cancellationToken)
    {
        _running.TryRemove(machineId, out _);
        return Task.CompletedTask;
    }

    public Task<LabHealth> CheckAsync(string machineId, CancellationToken cancellationToken) => Task.FromResult(
        _running.TryGetValue(machineId, out var machine)
            ? SickImages.ContainsKey(machine.Image) ? new LabHealth(IsPassing: false, "500 payments said no") : new LabHealth(IsPassing: true, "200 ok")
            : new LabHealth(IsPassing: false, "connect: connection refused"));

    public IReadOnlyList<LabLogLine> Logs(string app) =>
        [.. _lines.Where(line => _runs.Any(machine => string.Equals(machine.App, app, StringComparison.Ordinal) && string.Equals(machine.Id, line.MachineId, StringComparison.Ordinal)))];
}
