namespace SreAgent.Lab.Fleet;

/// <summary>
/// What really runs behind the Fly simulator: it says which image a machine is to run, and the host makes a real HTTP service behave as
/// that image does.
/// </summary>
public interface IFleetHost
{
    /// <summary>Starts the machine's service, or replaces it by one of another image. Returns when it listens, or has failed to start.</summary>
    Task RunAsync(LabMachine machine, CancellationToken cancellationToken);

    /// <summary>Stops the machine's service. Nothing happens when it does not run.</summary>
    Task StopAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>What a health check of the machine sees at this moment.</summary>
    Task<LabHealth> CheckAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>What an application's machines have logged, oldest first; only so much is kept.</summary>
    IReadOnlyList<LabLogLine> Logs(string app);
}

/// <param name="Id">Fly's machine id; stays the same when the image changes.</param>
/// <param name="Image">The image's tag: <c>v43</c>.</param>
public sealed record LabMachine(string Id, string App, string Region, string Image, IReadOnlyDictionary<string, string> Environment);

/// <param name="Output">What the check saw: status and the beginning of the body.</param>
public sealed record LabHealth(bool IsPassing, string Output);

/// <param name="Level">info, warn or error.</param>
public sealed record LabLogLine(DateTimeOffset At, string Level, string MachineId, string Region, string Text);
